/**
 * The guard: does a candidate change proof text only? Asked before a candidate is executed or verified, and answered from
 * the texts alone. Whatever it cannot read is refused; an honest proof that is refused costs a candidate, a cheat that is
 * accepted costs everything.
 *
 * `Toolchain.guard` is the first half (structure). `Toolchain.confirm` is the second, independent one: it runs tools on
 * both versions, as the tool's own compiler or elaborator sees them, and needs the first half's yes.
 */
import type { Attempt, CheckContext, Project, Range, RepositoryTree } from './contract.ts';

export interface GuardRequest {
  /** The base: what is not in `before` and `after` is read from here, and is the same on both sides. */
  readonly tree: RepositoryTree;
  readonly project: Project;
  /** Texts of the files that the candidate changes, by path as in the tree. Both maps have the same keys: no file comes or goes. */
  readonly before: ReadonlyMap<string, string>;
  readonly after: ReadonlyMap<string, string>;
  readonly caps: GuardCaps;
  /** What a candidate may import or include anew, as the language names it ("Std.Arithmetic", "Mathlib.Tactic.Ring", "vstd::seq_lib"). Nothing else. */
  readonly allowedImports: ReadonlySet<string>;
}

/** Limits written in a candidate's source may reach these and no more. Absent: none may be written. */
export interface GuardCaps {
  /** In the tool's own count: Verus rlimit, Lean heartbeats. */
  readonly resource?: number;
  readonly wallSeconds?: number;
}

/** Why something is refused. Fixed words: tests and the window match on them. */
export type GuardRule =
  /** Cannot be read: syntax, an unterminated string or comment, a construct that the guard does not know. */
  | 'unreadable'
  /** Characters that read as something else: bidirectional controls, invisible ones, look-alikes of the base's names. */
  | 'unicode'
  /** Text of the base is missing or changed. */
  | 'changed-specification' | 'changed-code' | 'removed'
  /** Taken on trust: assume, admit, sorry, axiom, external_body, a lemma without a body, … */
  | 'assumption'
  /** Less is checked: {:verify false}, {:only}, {:selective_checking}, unreachable by construction, … */
  | 'narrowed'
  | 'attribute'
  /** Would run, or could be called, in the compiled program. */
  | 'executable'
  /** A new clause of a specification that the base has. */
  | 'added-specification'
  /** A new name, instance, notation, macro or overload that can change what the base's text means. */
  | 'redefinition'
  | 'import'
  /** A limit raised past its cap, or a tool option. */
  | 'limit'
  /** A kind of addition that is not on the list of what is proof text. */
  | 'not-proof'
  /** The set of files differs, or a file that is no source of this toolchain. */
  | 'files';

export interface GuardReason {
  readonly file: string;
  /** In the candidate; where something is missing, the place at which it should stand. */
  readonly range: Range;
  readonly rule: GuardRule;
  readonly why: string;
}

/** One piece of added proof text, for the diff and the report. */
export interface ProofAddition {
  readonly file: string;
  /** In the candidate. */
  readonly range: Range;
  /** The field's word: "invariant", "assert", "lemma call", "lemma", "tactic proof", … */
  readonly what: string;
}

export type GuardAnswer =
  | { readonly kind: 'unchanged-but-for-proof'; readonly added: readonly ProofAddition[] }
  /** At least one reason. */
  | { readonly kind: 'refused'; readonly reasons: readonly GuardReason[] };

/** Processes run in the sandbox, also in a trusted repository. */
export type ConfirmContext = Pick<CheckContext, 'tree' | 'tools' | 'limits' | 'signal' | 'run' | 'workspace' | 'unit'>;

export type Confirmation =
  /** `by`: each comparison that was made, for the evidence ("dafny translate js: 4,211 equal bytes"). */
  | { readonly kind: 'confirmed'; readonly by: readonly string[]; readonly attempts: readonly Attempt[] }
  | { readonly kind: 'refused'; readonly reasons: readonly GuardReason[]; readonly attempts: readonly Attempt[] }
  /** It could not be told (tool missing, the base does not compile): the caller says so beside the proof and never calls it confirmed. */
  | { readonly kind: 'open'; readonly why: string; readonly attempts: readonly Attempt[] };
