/**
 * What a named reviewer signed with a reason: assumptions that may be made, failures that are known. A signature is of a
 * kind, a place without its file, and a text; where one of them changed it is void, and shown as void. It changes no
 * verdict: a failure that is signed is a failure, and only `--strict` and `compare` ask whether an assumption is signed.
 */

/** At the root of the repository. */
export const JUSTIFY_FILE = 'assay.justify.toml';

export interface Signature {
  readonly reviewer: string;
  readonly reason: string;
  /** "2026-11-25". */
  readonly date: string;
}

/** What a signature is of. */
export interface Signed {
  readonly of: 'assumption' | 'failure';
  readonly toolchain: string;
  /** Of the assumption, or the kind of the verdict. */
  readonly kind: string;
  /** Declaration, module, or task/property; "" for a file as a whole. */
  readonly symbol: string;
  /** For people. What counts is `sha256`. */
  readonly text: string;
  /** Over all of it: see sign.ts. */
  readonly sha256: string;
}

export interface JustifyEntry extends Signed, Signature { readonly line?: number }

/** The file as it was read. Where it is broken, none of its entries counts. */
export interface JustifyFile {
  readonly file: string;
  readonly entries: readonly JustifyEntry[];
  readonly problem?: { readonly line: number; readonly message: string };
  /** By obligation: hash of the text that a signed failure is of. Only for obligations that an entry names. */
  readonly contents: Readonly<Record<string, string>>;
}

export interface Justification extends Signature, Signed {
  /** `void`: what it signed is there and reads otherwise now, or the file is broken. `unmatched`: it is not there any more. */
  readonly state: 'valid' | 'void' | 'unmatched';
  readonly why?: string;
  readonly line?: number;
  /** Id of the assumption or obligation. */
  readonly subject?: string;
}

export interface Justifications {
  readonly file: string;
  readonly problem?: { readonly line: number; readonly message: string };
  readonly entries: readonly Justification[];
}
