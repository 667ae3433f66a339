/** Added names must not be able to change what the base's text means, nor added assignments what it holds. */
import type { Aligned } from '../../guard/align.ts';
import type { Token } from '../source/tokens.ts';
import type { VerusPiece } from './node.ts';
import type { Refusal } from './proof.ts';

export interface MeaningReason extends Refusal { readonly piece: VerusPiece }

/** @param baseWords every word of the crate before */
export function meaningReasons(roots: readonly VerusPiece[], { added, kept }: Aligned<VerusPiece>, tokens: readonly Token[], baseWords: ReadonlySet<string>): MeaningReason[] {
  const reasons: MeaningReason[] = [];
  for (const piece of added) {
    if (piece.kind === 'function') {
      const { name } = piece.declaration!;
      if (baseWords.has(name)) reasons.push({ piece, rule: 'redefinition', why: `${name} is a word of the base, which could mean the added function` });
      continue;
    }
    const owner = roots.find((one) => one.first <= piece.first && piece.end <= one.end);
    const words = owner ? keptWords(owner, kept, tokens) : baseWords;
    const own = new Set(added.filter((one) => owner && owner.first <= one.first && one.end <= owner.end).flatMap((one) => [...boundNames(one, tokens)]));
    if (piece.kind === 'variable' || piece.kind === 'ghost variable') {
      const known = [...boundNames(piece, tokens)].find((name) => words.has(name));
      if (known !== undefined) reasons.push({ piece, rule: 'redefinition', why: `${known} is a word of the base here, which could mean the added variable` });
    }
    for (const name of assignedNames(piece, tokens)) {
      if (!own.has(name) || words.has(name)) reasons.push({ piece, rule: 'executable', why: `changes ${name}, which is not a variable that the candidate added` });
    }
    if (piece.kind === 'comma' && !besideAdded(piece, added, tokens)) reasons.push({ piece, rule: 'not-proof', why: 'a comma that parts an invariant of the base' });
  }
  return reasons;
}

function keptWords(owner: VerusPiece, kept: readonly boolean[], tokens: readonly Token[]): Set<string> {
  const words = new Set<string>();
  for (let at = owner.first; at < owner.end; at++) if (kept[at] && tokens[at]!.kind === 'word') words.add(tokens[at]!.text);
  return words;
}

/** Every word between `let` and its `=`: more than the names, never less. */
function boundNames(piece: VerusPiece, tokens: readonly Token[]): Set<string> {
  const names = new Set<string>();
  for (let at = piece.first; at < piece.end; at++) {
    if (tokens[at]!.text !== 'let') continue;
    for (let index = at + 1; index < piece.end && !/^(?:=|;|:)$/.test(tokens[index]!.text); index++) {
      const { kind, text } = tokens[index]!;
      if (kind === 'word' && !['ghost', 'tracked', 'mut', 'ref'].includes(text) && !/^[([{]$/.test(tokens[index + 1]?.text ?? '') && tokens[index + 1]?.text !== '::') names.add(text);
    }
  }
  return names;
}

/** Roots of what stands left of `=` and `+=` in statements of the piece, and of what is borrowed to be changed. */
function assignedNames(piece: VerusPiece, tokens: readonly Token[]): string[] {
  const names: string[] = [];
  for (let at = piece.first; at < piece.end; at++) {
    const { kind, text } = tokens[at]!;
    if (text === '&' && tokens[at + 1]?.text === 'mut' && tokens[at + 2]?.kind === 'word') names.push(tokens[at + 2]!.text);
    if (kind !== 'symbol' || text !== '=') continue;
    let start = at - 1;
    while (start > piece.first && !/^[;{}]$/.test(tokens[start]!.text) && tokens[start]!.text !== '=>') start--;
    if (/^[;{}]$/.test(tokens[start]!.text) || tokens[start]!.text === '=>') start++;
    const head = tokens[start]!;
    if (head.text === 'let' || head.text === 'if' || head.text === 'while' || head.text === '#' || head.text === 'assert' || head.text === 'match') continue;
    const root = tokens.slice(start, at).find((token) => token.kind === 'word');
    if (root) names.push(root.text);
  }
  return names;
}

function besideAdded(piece: VerusPiece, added: readonly VerusPiece[], tokens: readonly Token[]): boolean {
  const isTrailing = /^[{]$/.test(tokens[piece.end]?.text ?? '') || /^(?:invariant|ensures|decreases|invariant_except_break)$/.test(tokens[piece.end]?.text ?? '');
  return isTrailing || added.some((one) => one.kind === 'element' && (one.end === piece.first || one.first === piece.end));
}
