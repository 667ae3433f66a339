/**
 * The verdict of each output: a bounded search first where there is no state (it is complete there), else a
 * proof by property-directed reachability and, where that stays open, a bounded search. A difference is always
 * replayed on both designs; then it is asked once more with everything undefined settled, to say whether the
 * difference comes from there.
 */
import type { Attempt } from '../../contract.ts';
import type { Verdict } from '../../verdict.ts';
import { decideReach, type ModelChecker, type Reach } from '../aiger/reach.ts';
import type { System } from '../aiger/system.ts';
import { replayTernary } from '../aiger/ternary.ts';
import type { Witness } from '../aiger/witness.ts';
import { counterexampleOf, type TraceEvidence } from './evidence.ts';
import { type Miter, miterOf, type MiterOutput } from './miter.ts';

export interface OutputResult {
  readonly name: string;
  readonly verdict: Verdict;
  readonly attempts: readonly Attempt[];
  readonly evidence?: TraceEvidence;
}

export interface DecideRequest {
  readonly gold: System;
  readonly gate: System;
  readonly miter: Miter;
  readonly depth: number;
  readonly seconds: number;
}

export async function decideOutput(checker: ModelChecker, request: DecideRequest, output: MiterOutput): Promise<OutputResult> {
  const { miter, depth, seconds } = request;
  const reach = await search(checker, miter, output, depth, seconds);
  const attempts = [...(reach.last.attempt ? [reach.last.attempt] : []), ...(reach.before?.attempt ? [reach.before.attempt] : [])];
  const { last } = reach;
  switch (last.kind) {
    case 'never': return { name: output.name, verdict: { kind: 'proved' }, attempts };
    case 'open': return { name: output.name, verdict: last.verdict, attempts };
    case 'free-up-to': {
      const why = reach.before?.kind === 'open' ? reach.before.verdict : undefined;
      const reason = `no difference in ${last.frames} steps, and no proof${why ? ` (${why.kind})` : ''}`;
      return { name: output.name, verdict: { kind: 'bounded', depth: last.frames, reason }, attempts };
    }
    case 'reached': {
      const settled = await onlyUndefined(checker, request, output.name);
      if (settled.attempt) attempts.push(settled.attempt);
      const evidence = counterexampleOf(miter, last.witness, last.step);
      const reason = settled.reason ?? undefinedAt(miter, output, last.witness, last.step);
      const verdict: Verdict = { kind: 'refuted', ...(reason !== undefined && { reason }), counterexample: evidence.counterexample, depth: last.step + 1 };
      return { name: output.name, verdict, attempts, evidence };
    }
  }
}

async function search(checker: ModelChecker, miter: Miter, output: MiterOutput, depth: number, seconds: number): Promise<{ last: Reach; before?: Reach }> {
  const ask = { aig: miter.aig, roots: [output.differs], confirm: output.differs, target: (_: unknown, copy: (literal: number) => number) => copy(output.differs) };
  if (miter.aig.latches.length === 0) {
    const reach = await decideReach(checker, ask, { kind: 'bmc', frames: 1, seconds }, `equivalence of ${output.name}`);
    // Without state, what cannot happen in one step cannot happen.
    return { last: reach.kind === 'free-up-to' ? { kind: 'never', ...(reach.attempt && { attempt: reach.attempt }) } : reach };
  }
  const proof = await decideReach(checker, ask, { kind: 'pdr', seconds }, `equivalence of ${output.name}`);
  if (proof.kind !== 'open' || proof.verdict.kind === 'cancelled') return { last: proof };
  return { last: await decideReach(checker, ask, { kind: 'bmc', frames: depth, seconds }, `difference in ${output.name}`), before: proof };
}

/** Whether the difference needs something undefined; in words, where it does. */
async function onlyUndefined(checker: ModelChecker, request: DecideRequest, name: string): Promise<{ reason?: string; attempt?: Attempt }> {
  const { miter, gold, gate, depth, seconds } = request;
  const sources = undefinedSources(miter);
  if (sources.length === 0) return {};
  const settled = miterOf(gold, gate, { initial: 'settled' });
  const { last } = await search(checker, settled, settled.outputs.find((output) => output.name === name)!, depth, seconds);
  const attempt = last.attempt && { attempt: last.attempt };
  if (last.kind === 'never') return { reason: `only through ${sources.join(' and ')}: with those settled the designs are equivalent`, ...attempt };
  if (last.kind === 'free-up-to') return { reason: `through ${sources.join(' and ')}: with those settled there is no difference in ${last.frames} steps`, ...attempt };
  return { ...attempt };
}

function undefinedSources(miter: Miter): readonly string[] {
  return [
    ...(miter.free.gold.length + miter.free.gate.length > 0 ? [`registers without an initial value (${named(miter)})`] : []),
    ...(miter.undefinedValues.gold + miter.undefinedValues.gate > 0 ? ['undefined values (x)'] : []),
  ];
}

/** Where a simulator with x would show x in every bit that differs, that is said: gold may mean "do not care". */
function undefinedAt(miter: Miter, output: MiterOutput, witness: Witness, step: number): string | undefined {
  const given = new Set(miter.inputs.flatMap(({ bits }) => bits.map((bit) => bit >>> 1)));
  const unknown = new Set(miter.aig.inputs.flatMap((variable, index) => (given.has(variable) ? [] : [index])));
  const value = replayTernary(miter.aig, witness, step, { inputs: unknown, state: true });
  const sides = (['gold', 'gate'] as const).filter((side) => output[side].some((bit, index) => value(bit) === undefined && value(output[side === 'gold' ? 'gate' : 'gold'][index]!) !== value(bit)));
  const defined = output.gold.some((bit, index) => { const [one, other] = [value(bit), value(output.gate[index]!)]; return one !== undefined && other !== undefined && one !== other; });
  if (defined) return undefined;
  const where = sides.length > 0 ? sides.join(' and ') : 'both designs';
  return `in this trace the values that differ are undefined (x) in ${where}: from ${undefinedSources(miter).join(' and ')}`;
}

const SHOWN_NAMES = 6;

function named(miter: Miter): string {
  return (['gold', 'gate'] as const).flatMap((side) => {
    const names = [...new Set(miter.free[side].map((name) => name.replace(/\[\d+\]$/, '')))];
    return names.length === 0 ? [] : [`${side}: ${names.slice(0, SHOWN_NAMES).join(', ')}${names.length > SHOWN_NAMES ? ', …' : ''}`];
  }).join('; ');
}
