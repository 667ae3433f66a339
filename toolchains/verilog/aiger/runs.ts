/**
 * Whether runs that satisfy all assumptions exist: to a depth, and for ever. A bound of k steps is empty where
 * no run has k steps, a proof is empty where no run goes on for ever; both are asked before anything is green.
 */
import type { Attempt } from '../../contract.ts';
import type { Verdict } from '../../verdict.ts';
import type { AigBuilder } from './builder.ts';
import { coneOf } from './cone.ts';
import { AigEvaluation } from './evaluate.ts';
import { type Aig, FALSE, type Literal, negate, TRUE } from './model.ts';
import { decideReach, type ModelChecker } from './reach.ts';
import type { Witness } from './witness.ts';

export type Runs =
  /** A run of `steps` steps exists; `forever` where one goes on without end. */
  | { readonly kind: 'exist'; readonly steps: number; readonly forever: boolean; readonly attempts: readonly Attempt[] }
  /** No run has `steps` steps. */
  | { readonly kind: 'contradict'; readonly steps: number; readonly attempts: readonly Attempt[] }
  | { readonly kind: 'open'; readonly verdict: Verdict; readonly attempts: readonly Attempt[] };

export interface RunsRequest {
  readonly steps: number;
  readonly forever: boolean;
  readonly seconds: number;
}

export async function findRuns(aig: Aig, checker: ModelChecker, request: RunsRequest): Promise<Runs> {
  if (aig.constraints.every((constraint) => constraint === TRUE)) return { kind: 'exist', steps: request.steps, forever: true, attempts: [] };
  if (aig.constraints.includes(FALSE)) return { kind: 'contradict', steps: 1, attempts: [] };
  const { steps } = request;
  const reach = await decideReach(checker, { aig, roots: [], target: (builder) => atStep(builder, steps - 1), steps }, { kind: 'bmc', frames: steps, seconds: request.seconds }, 'assumptions');
  const attempts: Attempt[] = reach.attempt ? [reach.attempt] : [];
  if (reach.kind === 'open') return { kind: 'open', verdict: reach.verdict, attempts };
  if (reach.kind !== 'reached') return { kind: 'contradict', steps, attempts };
  if (!request.forever || returns(aig, reach.witness, steps)) return { kind: 'exist', steps, forever: request.forever, attempts };
  for (const search of [findLoop, goesOnUnchanged]) {
    const found = await search(aig, checker, reach.witness, steps, request.seconds);
    if (found.attempt) attempts.push(found.attempt);
    if (found.forever) return { kind: 'exist', steps, forever: true, attempts };
  }
  return { kind: 'exist', steps, forever: false, attempts };
}

/** True in exactly the step `step`; a counter that stops at its end, so that it cannot come round. */
export function atStep(builder: AigBuilder, step: number): Literal {
  const width = Math.ceil(Math.log2(step + 2));
  const count = Array.from({ length: width }, () => builder.latch(0));
  const full = builder.all(count);
  let carry = negate(full);
  for (const bit of count) {
    builder.setNext(bit, builder.exclusiveOr(bit, carry));
    carry = builder.and(carry, bit);
  }
  return builder.all(count.map((bit, index) => ((step >> index) & 1 ? bit : negate(bit))));
}

/** The state that the constraints depend on was there before: the run can go round for ever. */
function returns(aig: Aig, witness: Witness, steps: number): boolean {
  const { latches } = coneOf(aig, aig.constraints);
  const seen = new Set<string>();
  const run = new AigEvaluation(aig, witness.state);
  for (const inputs of witness.inputs.slice(0, steps)) {
    const state = latches.map((index) => run.value(2 * aig.latches[index]!.variable)).join('');
    if (seen.has(state)) return true;
    seen.add(state);
    run.settle(inputs);
    run.advance();
  }
  return seen.has(latches.map((index) => run.value(2 * aig.latches[index]!.variable)).join(''));
}

interface Search { readonly forever: boolean; readonly attempt?: Attempt }

/** Loops of at least this length are found by search; longer ones (a wide counter) are left to the proof below. */
const LOOP_FRAMES = 40;

/**
 * A run that comes back to a state it was in: at some step the state is put aside, and later it is there
 * again. Only the state that the constraints depend on counts; the rest cannot end a run.
 */
async function findLoop(aig: Aig, checker: ModelChecker, _witness: Witness, steps: number, seconds: number): Promise<Search> {
  const { latches } = coneOf(aig, aig.constraints);
  const states = latches.map((index) => 2 * aig.latches[index]!.variable);
  const reach = await decideReach(checker, {
    aig, roots: states, steps: 1,
    target: (builder, copy) => {
      const put = builder.input();
      const aside = builder.latch(0);
      builder.setNext(aside, builder.or(aside, put));
      const kept = states.map((state) => {
        const copyOf = builder.latch(0);
        builder.setNext(copyOf, builder.choose(builder.and(put, negate(aside)), copy(state), copyOf));
        return negate(builder.exclusiveOr(copyOf, copy(state)));
      });
      return builder.and(aside, builder.all(kept));
    },
  }, { kind: 'bmc', frames: Math.max(LOOP_FRAMES, 2 * steps), seconds }, 'assumptions in a loop');
  return { forever: reach.kind === 'reached' && returns(aig, reach.witness, reach.step + 1), ...(reach.attempt && { attempt: reach.attempt }) };
}

/**
 * From the end of the witness on, the inputs of its last step are held for ever: a proof that the constraints
 * then never break. Counters that run for longer than a search can follow need this.
 */
async function goesOnUnchanged(aig: Aig, checker: ModelChecker, witness: Witness, steps: number, seconds: number): Promise<Search> {
  const run = new AigEvaluation(aig, witness.state);
  const last = witness.inputs[steps - 1]!;
  for (const inputs of witness.inputs.slice(0, steps)) { run.settle(inputs); run.advance(); }
  const held: Aig = {
    ...aig,
    latches: aig.latches.map((latch) => ({ ...latch, reset: run.value(2 * latch.variable) })),
    constraints: coneOf(aig, aig.constraints).inputs.map((index) => 2 * aig.inputs[index]! + (last[index] ? 0 : 1)),
  };
  const reach = await decideReach(checker, {
    aig: held, roots: aig.constraints, steps: 1,
    target: (builder, copy) => negate(builder.all(aig.constraints.map(copy))),
  }, { kind: 'pdr', seconds }, 'assumptions for ever');
  return { forever: reach.kind === 'never', ...(reach.attempt && { attempt: reach.attempt }) };
}
