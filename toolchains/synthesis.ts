/**
 * Proof synthesis: a toolchain's strategies propose edits that add proof text only. The search is quick and
 * may be wrong; what it offers is accepted by the engine alone, after the guard and a clean run in fresh processes.
 */
import type { CheckContext, Diagnostic, Obligation } from './contract.ts';
import type { Verdict } from './verdict.ts';

/** One strategy: its name on the command line, what it does, and where the idea is from. */
export interface Strategy { readonly name: string; readonly summary: string; readonly source: string }

/** An obligation that is not green, as the last run left it. */
export interface Goal { readonly obligation: Obligation; readonly verdict: Verdict; readonly diagnostics: readonly Diagnostic[] }

/** Something that was added, for the report. */
export interface Addition { readonly strategy: string; readonly text: string; readonly obligation: string }

export interface SynthesisCandidate {
  /** Whole new texts of the files that change, by path as in the tree. */
  readonly files: ReadonlyMap<string, string>;
  readonly additions: readonly Addition[];
  /** Ids of the goals that it should turn green. */
  readonly proves: readonly string[];
  /** Ids of a model's drafts that are in it. */
  readonly drafts?: readonly string[];
}

export type OfferAnswer = { readonly kind: 'accepted' } | { readonly kind: 'refused'; readonly why: string };

/** What was learned of a goal, proved or not. */
export interface Finding {
  readonly obligation: string;
  readonly proved: boolean;
  readonly candidates: number;
  readonly passes: number;
  /** What holds and may help, the strongest first. */
  readonly strongest: readonly string[];
  /** What still blocks the proof with them in place. */
  readonly open: readonly Diagnostic[];
  readonly notes: readonly string[];
}

/** What became of the candidates of one strategy so far. `offered`: those that were not checked yet are among them. */
export interface StrategyCount { readonly strategy: string; readonly offered: number; readonly checked: number; readonly holds: number }

/** How the search of one goal stands after a pass of the verifier. */
export interface SearchStep {
  readonly obligation: string;
  readonly passes: number;
  readonly strategies: readonly StrategyCount[];
  /** What holds as far as it was checked. */
  readonly strongest: readonly string[];
  readonly open: readonly Diagnostic[];
}

/** A lemma of the repository that may help. */
export interface Premise {
  readonly symbol: string;
  readonly file: string;
  readonly contract: string;
  /** A proof of the goal's project can call it; of another project it is an example only. */
  readonly isCallable: boolean;
}

export interface DraftRequest {
  /** Id of the obligation. */
  readonly goal: string;
  /** What Assay says of itself: nothing of the repository. */
  readonly instructions: string;
  readonly turns: readonly { readonly role: 'user' | 'assistant'; readonly text: string }[];
  /** Files of which text is in the turns. */
  readonly files: readonly string[];
  readonly premises: readonly Premise[];
  readonly count: number;
  readonly temperature: number;
  readonly seed: number;
  /** Of each draft. */
  readonly maximumTokens: number;
  readonly signal: AbortSignal;
}

export interface Draft { readonly id: string; readonly text: string; /** Mean over its tokens. */ readonly logProbability?: number }

export type DraftAnswer =
  | { readonly kind: 'drafts'; /** At least one. */ readonly drafts: readonly Draft[] }
  /** Nothing this time; another request may give something. */
  | { readonly kind: 'nothing'; readonly why: string }
  /** Nothing any more: the budget is used, there is no consent, the server is not there. */
  | { readonly kind: 'over'; readonly why: string };

/** A language model as the engine lends it. Consent, what may leave, budget, retries and records are the engine's; no verdict is the model's. */
export interface ModelAccess {
  /** As people know it. */
  readonly name: string;
  /** The most promising first. @param text the goal with what there is of its proof */
  premises(goal: Obligation, text: string, most: number): Promise<readonly Premise[]>;
  /** Settles soon after the request's signal, with the connection closed. */
  draft(request: DraftRequest): Promise<DraftAnswer>;
}

export interface SynthesisContext extends Pick<CheckContext, 'tree' | 'project' | 'unit' | 'tools' | 'trusted' | 'limits' | 'signal' | 'read' | 'workspace' | 'run' | 'compute'> {
  readonly goals: readonly Goal[];
  /** Names of the strategies that may be used. */
  readonly strategies: ReadonlySet<string>;
  /** For the search: guard and clean run have their own time, and it is over when this says 0. */
  secondsLeft(): number;
  /** Asked before each verifier call; false once the calls are spent. */
  spend(): boolean;
  /** Guard, then the clean run. Of several accepted offers the last one holds: each must prove what the ones before it did. */
  offer(candidate: SynthesisCandidate): Promise<OfferAnswer>;
  /** Where runs make a goal doubtful: is there a counterexample that a run shows? Then it has its verdict, and needs no search. */
  refuted(obligation: string): Promise<boolean>;
  /** Where the user named one. */
  readonly model?: ModelAccess;
  /** For the progress line. */
  report(line: string): void;
  /** For who looks on; what holds here is no verdict. */
  step(step: SearchStep): void;
}

export interface Synthesis {
  readonly strategies: readonly Strategy[];
  /** Settles once nothing is left to try, or the time or the calls are. Throws only for a bug of ours. */
  search(context: SynthesisContext): Promise<readonly Finding[]>;
}
