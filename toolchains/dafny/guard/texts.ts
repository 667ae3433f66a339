/** What the words of a candidate alone show: those that weaken, and attributes, each counted against the base. */
import type { GuardReason, GuardRule } from '../../guard.ts';
import { commentReasons } from '../../guard/comments.ts';
import { Places } from '../../places.ts';
import { attributeAt } from '../source/attributes.ts';
import type { Token } from '../source/tokens.ts';

const ATTRIBUTES: ReadonlyMap<string, GuardRule> = new Map([
  ['verify', 'narrowed'], ['Verify', 'narrowed'], ['only', 'narrowed'], ['VerifyOnly', 'narrowed'], ['selective_checking', 'narrowed'], ['start_checking_here', 'narrowed'], ['axiom', 'assumption'], ['Axiom', 'assumption'],
  ['extern', 'assumption'], ['Extern', 'assumption'], ['termination', 'assumption'], ['AssumeCrossModuleTermination', 'assumption'], ['assume_concurrent', 'assumption'], ['AssumeConcurrent', 'assumption'],
  ['rlimit', 'limit'], ['resource_limit', 'limit'], ['ResourceLimit', 'limit'], ['timeLimit', 'limit'], ['timeLimitMultiplier', 'limit'], ['TimeLimit', 'limit'], ['vcs_max_splits', 'limit'], ['vcs_max_cost', 'limit'],
]);
const HARMLESS = new Set(['trigger', 'induction', 'fuel', 'split_here', 'nowarn']);
const WORDS: ReadonlyMap<string, GuardRule> = new Map([['assume', 'assumption'], ['expect', 'executable'], ['include', 'import']]);

export interface Lexed { readonly text: string; readonly tokens: readonly Token[] }

export function reasonsFromText(file: string, before: Lexed, after: Lexed): GuardReason[] {
  const places = new Places(after.text);
  const reasons: GuardReason[] = commentReasons(file, before, after);
  const add = (start: number, end: number, rule: GuardRule, why: string): void => { reasons.push({ file, range: places.range(start, end), rule, why }); };

  const spare = count(attributeNames(before).map(({ name }) => name));
  for (const { name, start, end } of attributeNames(after)) {
    const left = spare.get(name) ?? 0;
    if (left > 0) spare.set(name, left - 1);
    else if (!HARMLESS.has(name)) add(start, end, ATTRIBUTES.get(name) ?? 'attribute', `adds the attribute ${name}`);
  }
  const words = count(before.tokens.filter((token) => token.kind === 'word').map((token) => token.text));
  for (const token of after.tokens) {
    const rule = token.kind === 'word' ? WORDS.get(token.text) : undefined;
    if (!rule) continue;
    const left = words.get(token.text) ?? 0;
    if (left > 0) words.set(token.text, left - 1); else add(token.start, token.end, rule, `adds "${token.text}"`);
  }
  return reasons;
}

function attributeNames({ text, tokens }: Lexed): { readonly name: string; readonly start: number; readonly end: number }[] {
  return tokens.flatMap((_, at) => {
    const attribute = attributeAt(text, tokens, at);
    return attribute ? [{ name: attribute.name, start: attribute.start, end: attribute.end }] : [];
  });
}

function count(names: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}
