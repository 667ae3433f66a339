/** `--extract-counterexample` appends states to a message, and says itself that they may be wrong: suggested values. */
import type { Counterexample, NamedValue } from '../verdict.ts';

const HEAD = 'Related counterexample:';
const STATE = /^(?<file>.+)\((?<line>\d+),\d+\):(?: initial state:)?$/;

export function counterexampleOf(message: string): Counterexample | undefined {
  const start = message.indexOf(HEAD);
  if (start < 0) return undefined;
  const values: NamedValue[] = [];
  let step = -1;
  let line: number | undefined;
  for (const text of message.slice(start + HEAD.length).split('\n')) {
    const state = STATE.exec(text.trim());
    if (state?.groups) { step++; line = Number(state.groups.line); continue; }
    const facts = /^assume (.*);$/.exec(text.trim())?.[1];
    if (facts === undefined || step < 0) continue;
    for (const fact of facts.split(' && ')) {
      const sides = fact.split(' == ');
      if (sides.length !== 2) continue;
      // It writes "2996 == i" for values of integers, and "a.Length == 3" elsewhere.
      const [value, name] = /^[\p{L}_]/u.test(sides[1]!) && !/^(?:true|false|null)$/.test(sides[1]!) ? sides : [sides[1]!, sides[0]!];
      values.push({ name: name!, value: value!, step, ...(line === undefined ? {} : { line }) });
    }
  }
  return values.length > 0 ? { status: 'suggested', values } : undefined;
}
