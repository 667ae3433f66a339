/** Something that is taken on trust, and what a person signs who says that it may be. */
import { createHash } from 'node:crypto';
import type { Range } from './contract.ts';

export interface Assumption {
  /** Stable: toolchain, file, kind and place or text. */
  readonly id: string;
  readonly toolchain: string;
  readonly kind: string;
  readonly file: string;
  readonly range: Range;
  /** For people; may be cut. */
  readonly text: string;
  /** Declaration or module that it stands in, without the file; absent where it holds for a file as a whole. */
  readonly symbol?: string;
  /** {@link signedContent} of its whole text and of the contract that it stands under; absent where `text` is all there is. */
  readonly content?: string;
}

/** Hash of what is signed. Parts are texts whose layout and comments do not count: join their tokens with a blank. */
export function signedContent(...parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

/** Tokens [first, last] as one text. */
export function tokensText(tokens: readonly { readonly text: string }[], first: number, last: number): string {
  return tokens.slice(first, last + 1).map((token) => token.text).join(' ');
}
