/** A piece of a Dafny file that the guard can tell apart: what it is, and what decides whether it may be added. */
import type { Piece } from '../../guard/align.ts';

export type NodeKind =
  | 'declaration' | 'clause' | 'attribute' | 'lemma body' | 'by block' | 'hint' | 'else'
  | 'assert' | 'assume' | 'expect' | 'variable' | 'call' | 'assignment' | 'calc' | 'forall' | 'loop' | 'if' | 'match' | 'block' | 'reveal'
  | 'return' | 'break' | 'statement' | 'assert expression' | 'call expression' | 'reveal expression';

export interface GuardNode extends Piece {
  readonly kind: NodeKind;
  readonly children: readonly GuardNode[];
  /** Keyword of a declaration or clause, name of an attribute. */
  readonly word: string;
  /** Names that it declares, or assigns to. */
  readonly names: readonly string[];
  readonly isGhost: boolean;
  /** Where it is inside a lemma, a by-block, a forall or a hint: nothing of it is compiled. */
  readonly inGhost: boolean;
  readonly hasBody: boolean;
  /** Token of the called name, where it or its right side is a call. */
  readonly callee?: number;
  /** A clause of a loop, as opposed to one of a declaration. */
  readonly ofLoop: boolean;
  /** Left sides of an assignment that are not plain names. */
  readonly writesBeyondNames: boolean;
}

export interface NodeParts extends Partial<Omit<GuardNode, 'kind' | 'first' | 'end'>> { readonly kind: NodeKind; readonly first: number; readonly end: number }

export function node(parts: NodeParts): GuardNode {
  return { children: [], word: '', names: [], isGhost: false, inGhost: false, hasBody: false, ofLoop: false, writesBeyondNames: false, ...parts };
}
