/**
 * Decides whether a literal of a system can become true, with a model checker that is given by the caller
 * (ABC inside WebAssembly, ABC as a program). Nothing it says is taken as it is: a trace is replayed on the
 * system itself, a clean transcript of the right size is asked of everything else.
 */
import type { Attempt } from '../../contract.ts';
import type { Verdict } from '../../verdict.ts';
import type { AbcAnswer } from './abc-output.ts';
import type { Aig, Literal } from './model.ts';
import { replayWitness } from './replay.ts';
import { askSafety, type SafetyQuestion, type Target } from './safety.ts';
import type { Witness } from './witness.ts';

export type Question =
  /** Within the first `frames` steps? */
  | { readonly kind: 'bmc'; readonly frames: number; readonly seconds: number }
  /** Ever? */
  | { readonly kind: 'pdr'; readonly seconds: number };

export interface Asked {
  readonly attempt: Attempt;
  readonly answer:
    | AbcAnswer
    /** The run did not come to an end of its own. */
    | { readonly kind: 'ended'; readonly verdict: Verdict };
  readonly witness?: Witness;
}

export interface ModelChecker {
  /** For the ledger: "abc in yosys 0.55 (WebAssembly)". */
  readonly name: string;
  ask(aig: Aig, question: Question, label: string): Promise<Asked>;
}

export type Reach =
  /** At `step`, counted from 0; the witness is one of the system and was replayed. */
  | { readonly kind: 'reached'; readonly step: number; readonly witness: Witness; readonly attempt?: Attempt }
  | { readonly kind: 'free-up-to'; readonly frames: number; readonly attempt?: Attempt }
  | { readonly kind: 'never'; readonly attempt?: Attempt }
  /** Not decided, and why. */
  | { readonly kind: 'open'; readonly verdict: Verdict; readonly attempt?: Attempt };

export interface ReachRequest {
  readonly aig: Aig;
  readonly roots: readonly Literal[];
  readonly target: Target;
  /** The literal of `aig` that a witness must make true, where there is one; else replay checks the constraints only. */
  readonly confirm?: Literal;
  /** First step in which reaching it counts. */
  readonly from?: number;
  /** Steps that a witness must have at least, all of them satisfying the constraints. */
  readonly steps?: number;
}

export async function decideReach(checker: ModelChecker, request: ReachRequest, question: Question, label: string): Promise<Reach> {
  const safety = askSafety(request.aig, request.roots, request.target);
  if (safety.trivial === 'never') return { kind: 'never' };
  if (safety.trivial === 'at once') return confirmed(request, safety.lift(still(safety)), undefined);
  const { answer, attempt, witness } = await checker.ask(safety.aig, question, label);
  switch (answer.kind) {
    case 'ended': return { kind: 'open', verdict: answer.verdict, attempt };
    case 'unreadable': return { kind: 'open', verdict: { kind: 'crashed', reason: answer.why }, attempt };
    case 'undecided': return { kind: 'open', verdict: { kind: 'timeout', seconds: question.seconds, ...(question.kind === 'bmc' && { depth: answer.frames }) }, attempt };
    case 'free-up-to': return question.kind === 'bmc' && answer.frames === question.frames
      ? { kind: 'free-up-to', frames: answer.frames, attempt }
      : { kind: 'open', verdict: { kind: 'crashed', reason: 'the checker answered another question' }, attempt };
    case 'never': return question.kind === 'pdr' ? { kind: 'never', attempt } : { kind: 'open', verdict: { kind: 'crashed', reason: 'the checker answered another question' }, attempt };
    case 'reached': return witness ? confirmed(request, safety.lift(witness), attempt) : { kind: 'open', verdict: { kind: 'crashed', reason: 'the checker gave no trace' }, attempt };
  }
}

function confirmed(request: ReachRequest, witness: Witness, attempt: Attempt | undefined): Reach {
  const refused: Reach = { kind: 'open', verdict: { kind: 'unknown', reason: 'the trace of the engine does not hold on the design' }, attempt };
  // Without a literal to reach, the lawful steps are what counts.
  const replay = replayWitness(request.aig, witness, request.confirm ?? 0, request.from);
  if (!replay.initial) return refused;
  if (request.confirm !== undefined) return replay.reachedAt === undefined ? refused : { kind: 'reached', step: replay.reachedAt, witness, attempt };
  return replay.lawfulSteps >= (request.steps ?? 1) ? { kind: 'reached', step: replay.lawfulSteps - 1, witness, attempt } : refused;
}

/** One step in which nothing is set: where the output is always true, any run will do. */
function still(safety: SafetyQuestion): Witness {
  return { state: new Uint8Array(safety.aig.latches.length), inputs: [new Uint8Array(safety.aig.inputs.length)] };
}
