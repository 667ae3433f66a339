/** What a case of the suite says: data, so that adding one is ten lines. How it is run: harness.ts. */
import type { Limits, Toolchain } from '../../toolchains/contract.ts';

/** A program on the private PATH of a case. */
export type Program =
  /** A link to the installed program of that name; the case is skipped by name where it is not there. */
  | { readonly kind: 'real'; readonly name: string }
  /** An executable script. The text may depend on the place of the case. */
  | { readonly kind: 'script'; readonly text: string | ((place: Place) => string) };

/** Where a case lives; its actions change things through this. */
export interface Place {
  /** The repository. */
  readonly root: string;
  /** ASSAY_HOME. */
  readonly home: string;
  /** The only folder on PATH. */
  readonly bin: string;
  /** A folder outside the repository, where programs and actions leave marks for each other. */
  readonly marks: string;
  write(path: string, content: string | Buffer): Promise<void>;
  remove(path: string): Promise<void>;
  /** Puts another program under this name. */
  replace(name: string, program: Program): Promise<void>;
  /** Resolves once a program has left this mark. */
  marked(name: string): Promise<void>;
  mark(name: string): Promise<void>;
  /** Sets a variable of Assay's own environment for the rest of the case. */
  environment(name: string, value: string): void;
}

export type Action = (place: Place) => Promise<void>;

/** "proved", or kind and the beginning of the reason: "unknown: disputed". */
export type Word = string;

/** By the end of an obligation's id; every obligation must be named and every name must be there. Several words: one of them. */
export type Verdicts = Readonly<Record<string, Word | readonly Word[]>>;

export interface RunOptions extends Partial<Limits> {
  readonly only?: string;
  readonly tasks?: readonly string[];
  readonly trusted?: boolean;
  readonly fresh?: boolean;
  readonly deadlineSeconds?: number;
  readonly recheckShare?: number;
  /** Relative to the root: a file or folder in it. */
  readonly path?: string;
  readonly onlyToolchain?: Toolchain['id'];
}

export interface VerifyStep {
  readonly verify: Verdicts;
  readonly options?: RunOptions;
  /** True: every verdict must come from an earlier run. Default: none may. */
  readonly cached?: boolean;
  readonly exit?: number;
  /** Runs beside it. */
  readonly meanwhile?: Action;
}

export type Step = VerifyStep | { readonly act: Action };

export interface Case {
  readonly name: string;
  /** The same set-up with an honest input or tool: must be green in the end, so that the lies do not pass for want of work. */
  readonly control?: true;
  readonly files: Readonly<Record<string, string | Buffer>>;
  readonly tools?: Readonly<Record<string, Program>>;
  /** Ids of embedded engines that take part; default none. */
  readonly embedded?: readonly string[];
  readonly steps: readonly Step[];
  /** Holds for the first `verify` of a case with one step: `steps` for the many. */
  readonly needs?: readonly string[];
}

export interface Family { readonly name: string; readonly cases: readonly Case[] }

/** One verify and what it must say. */
export function says(verdicts: Verdicts, rest: Omit<VerifyStep, 'verify'> = {}): readonly Step[] {
  return [{ verify: verdicts, ...rest }];
}
