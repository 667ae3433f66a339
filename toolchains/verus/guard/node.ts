/** A piece of a Rust file with Verus that the guard can tell apart. */
import type { Piece } from '../../guard/align.ts';
import type { RustFunction } from '../source/items.ts';

export type VerusPieceKind =
  | 'function' | 'clause' | 'loop clause' | 'element' | 'comma' | 'attribute'
  | 'proof block' | 'assert' | 'ghost variable' | 'reveal' | 'broadcast use' | 'variable' | 'expression' | 'if' | 'else' | 'match' | 'block' | 'loop' | 'macro' | 'jump' | 'item';

export interface VerusPiece extends Piece {
  readonly kind: VerusPieceKind;
  readonly children: readonly VerusPiece[];
  /** Keyword of a clause, name of an attribute or a macro. */
  readonly word: string;
  /** Everything here is erased: a proof or spec function, a proof block, the proof of an assertion. */
  readonly inGhost: boolean;
  readonly declaration?: RustFunction;
}

export function piece(parts: Partial<VerusPiece> & { readonly kind: VerusPieceKind; readonly first: number; readonly end: number }): VerusPiece {
  return { children: [], word: '', inGhost: false, ...parts };
}
