/**
 * What a tool's language server says of documents while they are edited: live, for the eye. It is about the text in the
 * editor, saved or not, and never becomes a verdict: nothing here is evidence, and no word of it is a verdict's.
 *
 * Every state and answer names the version of the text that it is about, as the editor counts versions. What a server
 * says of another version than the newest is dropped, so a state is of the text in view or is not there.
 * Values are plain data, fit for a bridge.
 */
import type { Diagnostic, Position, Project, Range, RepositoryTree, Tool } from './contract.ts';
import type { SandboxRequest } from './process.ts';

/** A tool that has an editor lists what it answers; a request for the rest is answered with nothing. */
export interface EditorAbilities {
  readonly hover: boolean;
  readonly definition: boolean;
  readonly outline: boolean;
  /** Values by which an assertion fails; suggested, and not confirmed. */
  readonly counterexamples: boolean;
  /** What is left to prove at a place. */
  readonly goals: boolean;
}

export interface EditorDocument {
  /** Relative to the repository's root. */
  readonly file: string;
  /** Larger with each change. */
  readonly version: number;
  readonly text: string;
}

export interface EditorPlace { readonly file: string; readonly version: number; readonly at: Position }

/** `holds` and `fails` are what the server found of this text as it stands; `undecided`: it ran into a limit. */
export type LiveStatus = 'waiting' | 'checking' | 'holds' | 'fails' | 'undecided';

export interface LiveSymbol {
  readonly name: string;
  readonly nameRange: Range;
  readonly status: LiveStatus;
}

/** An assertion (or the line that holds some): where, and what is known of it now. */
export interface LiveAssertion { readonly range: Range; readonly status: LiveStatus }

export interface LiveDocument {
  readonly file: string;
  readonly version: number;
  /**
   * `starting`: the server is. `reading`: parsed and resolved (Lean: not yet said). `checking` · `settled`: all that can be
   * said of this version is. `refused`: it does not parse or resolve. `gone`: no server, `problem` says why.
   */
  readonly phase: 'starting' | 'reading' | 'checking' | 'settled' | 'refused' | 'gone';
  readonly problem?: string;
  readonly symbols: readonly LiveSymbol[];
  readonly assertions: readonly LiveAssertion[];
  /** `file` is absent where it is this document; the places of notes likewise. */
  readonly diagnostics: readonly Diagnostic[];
  /** What is being worked on, where the tool tells it by place. */
  readonly working: readonly Range[];
}

export interface Hover { readonly markdown: string; readonly range?: Range }
export interface Definition { /** Relative to the root, or absolute outside. */ readonly file: string; readonly range: Range }
export interface OutlineEntry { readonly name: string; readonly kind: string; readonly detail?: string; readonly range: Range; readonly nameRange: Range; readonly children: readonly OutlineEntry[] }
/** A state on the way to the failure, as the tool writes it. */
export interface SuggestedState { readonly at: Position; readonly text: string }
export interface Goals { readonly goals: readonly string[]; readonly markdown: string; readonly expected?: string }

export interface EditorRequest {
  readonly tree: RepositoryTree;
  readonly project: Project;
  readonly tools: readonly Tool[];
  readonly trusted: boolean;
  readonly memoryMb: number;
  /** Of a proof task. */
  readonly limitSeconds: number;
  /** For code of the repository, which runs in a sandbox or not at all. Absent where the toolchain runs none. */
  readonly sandbox?: SandboxRequest;
  /** A private empty folder. It is the caller's, and outlives the editor. */
  readonly workspace: string;
  /** A new state of an open document. Called as often as the server speaks; never after `dispose` or for a closed one. */
  readonly onLive: (live: LiveDocument) => void;
}

/** Of one project. Never throws or rejects for what a server does: a request it cannot answer has no answer. */
export interface Editor {
  readonly abilities: EditorAbilities;
  /** Again after `close` only. */
  open(document: EditorDocument): void;
  /** With the version as it is: other files have changed, or its server is gone; it is asked anew. */
  change(document: EditorDocument): void;
  close(file: string): void;
  /** Each without an answer where the version is not the newest, now or by the time of the answer. */
  hover(place: EditorPlace): Promise<Hover | undefined>;
  definition(place: EditorPlace): Promise<readonly Definition[] | undefined>;
  outline(document: Omit<EditorDocument, 'text'>): Promise<readonly OutlineEntry[] | undefined>;
  counterexamples(document: Omit<EditorDocument, 'text'>): Promise<readonly SuggestedState[] | undefined>;
  /** No goals are left: an empty list. No place of a proof: no answer. */
  goals(place: EditorPlace): Promise<Goals | undefined>;
  /** Settles when nothing of it is left. */
  dispose(): Promise<void>;
}
