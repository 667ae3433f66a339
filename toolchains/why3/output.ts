/** `why3 prove --json` of one module: one object a goal. What is not read to the last byte, or disagrees with the exit code, says nothing. */
import type { Verdict } from '../verdict.ts';

export interface GoalAnswer { readonly name: string; readonly verdict: Verdict }
export type Reading = { readonly answers: readonly GoalAnswer[] } | { readonly problem: Verdict };

export function readGoals(stdout: string, stderr: string, code: number | null, wallSeconds: number): Reading {
  const error = /^(?:File "[^"]*", line \d+, characters [\d-]+:\n)?(.*)/m.exec(stderr.trim())?.[1];
  /* check: exit */ if (code !== 0 && code !== 2) return { problem: { kind: code === 1 && stderr.trim() !== '' ? 'malformed' : 'crashed', reason: place(stderr) + (error ?? `why3 ended with ${code}`) } };
  const answers: GoalAnswer[] = [];
  for (const text of objectsOf(stdout)) {
    let one: { 'prover-result'?: { answer?: unknown; time?: unknown }; term?: { goal_name?: unknown } };
    try { one = JSON.parse(text) as typeof one; } catch { return { problem: { kind: 'crashed', reason: 'the output of why3 is not whole' } }; }
    const [answer, name] = [one['prover-result']?.answer, one.term?.goal_name];
    if (typeof answer !== 'string' || typeof name !== 'string') return { problem: { kind: 'crashed', reason: 'the output of why3 is not what Assay knows' } };
    answers.push({ name: name.replace(/'vc$/, ''), verdict: verdictOf(answer, Number(one['prover-result']?.time ?? 0) >= 0.9 * wallSeconds) });
  }
  /* check: agreement */ if ((code === 0) !== answers.every((one) => one.verdict.kind === 'proved')) return { problem: { kind: 'crashed', reason: `why3 ended with ${code}, which its answers contradict` } };
  return { answers };
}

/** Objects begin in the first column, and nothing else does. */
function objectsOf(stdout: string): string[] { return stdout.trim() === '' ? [] : stdout.trimEnd().split(/\n(?=\S)/); }

function place(stderr: string): string { const found = /File "([^"]*)", line (\d+)/.exec(stderr); return found ? `${found[1]}:${found[2]}: ` : ''; }

/** @param late a prover that is ended at the limit says anything */
function verdictOf(answer: string, late: boolean): Verdict {
  const [word = '', ...more] = answer.split('\n');
  if (answer === 'Valid') return { kind: 'proved' };
  if (word.startsWith('Timeout') || late) return { kind: 'timeout' };
  if (word.startsWith('Out of memory')) return { kind: 'out-of-memory' };
  if (word.startsWith('Step limit')) return { kind: 'out-of-resource' };
  if (answer === 'Unknown\n(sat)') return { kind: 'failed', reason: 'the prover finds a model of what it contradicts' };
  if (word === 'Invalid') return { kind: 'failed', reason: 'the prover says that it is not valid' };
  return { kind: 'unknown', reason: `the prover says ${[word, ...more].join(' ').toLowerCase()}` };
}
