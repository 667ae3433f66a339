/** Added names: they must not be able to change what the base's text means, nor anything that it holds. */
import type { Aligned } from '../../guard/align.ts';
import type { Token } from '../source/tokens.ts';
import type { GuardNode } from './node.ts';
import type { Refusal } from './proof.ts';

export interface MeaningReason extends Refusal { readonly piece: GuardNode }

/** @param baseWords every word of the program before */
export function meaningReasons(roots: readonly GuardNode[], { added, kept }: Aligned<GuardNode>, tokens: readonly Token[], baseWords: ReadonlySet<string>): MeaningReason[] {
  const isAdded = new Set(added);
  const reasons: MeaningReason[] = [];
  const visit = (pieces: readonly GuardNode[], owner: GuardNode | undefined, unchecked: string | undefined): void => {
    for (const piece of pieces) {
      if (isAdded.has(piece)) {
        if (unchecked) reasons.push({ piece, rule: 'narrowed', why: `Dafny does not check what stands under {:${unchecked}}` });
        reasons.push(...ofPiece(piece, owner, pieces));
      } else visit(piece.children, piece.kind === 'declaration' ? piece : owner, piece.kind === 'declaration' ? uncheckedBy(piece, tokens) ?? unchecked : unchecked);
    }
  };
  const ofPiece = (piece: GuardNode, owner: GuardNode | undefined, beside: readonly GuardNode[]): MeaningReason[] => {
    if (piece.kind === 'declaration') {
      const known = piece.names.find((name) => baseWords.has(name));
      return known === undefined ? [] : [{ piece, rule: 'redefinition', why: `${known} is a word of the base, which could mean the added ${piece.word}` }];
    }
    const words = owner ? baseWordsOf(owner, kept, tokens) : baseWords;
    const found: MeaningReason[] = [];
    if (piece.kind === 'variable') {
      const known = piece.names.find((name) => words.has(name));
      if (known !== undefined) found.push({ piece, rule: 'redefinition', why: `${known} is a word of the base here, which could mean the added variable` });
    }
    const own = new Set([...namesWithin(beside.filter((one) => isAdded.has(one)), 'variable'), ...(owner ? namesWithin(addedWithin(owner, isAdded), 'variable') : []), ...(owner?.word === 'lemma' ? results(owner, tokens) : [])]);
    const results_ = owner?.word === 'lemma' ? new Set(results(owner, tokens)) : new Set<string>();
    for (const name of namesWithin([piece], 'assignment')) {
      if (!own.has(name) || (words.has(name) && !results_.has(name))) found.push({ piece, rule: 'executable', why: `assigns to ${name}, which is not a variable that the candidate added` });
    }
    return found;
  };
  visit(roots, undefined, undefined);
  return reasons;
}

function uncheckedBy(declaration: GuardNode, tokens: readonly Token[]): string | undefined {
  for (let at = declaration.first; at < declaration.end; at++) {
    const { text } = tokens[at]!;
    if (text === '{') return undefined;
    if ((text === '{:' || text === '@') && /^(?:verify|Verify|axiom|Axiom|extern|Extern)$/.test(tokens[at + 1]?.text ?? '') && tokens[at + 2]?.text !== 'true') return tokens[at + 1]!.text;
  }
  return undefined;
}

function baseWordsOf(owner: GuardNode, kept: readonly boolean[], tokens: readonly Token[]): Set<string> {
  const words = new Set<string>();
  for (let at = owner.first; at < owner.end; at++) if (kept[at] && tokens[at]!.kind === 'word') words.add(tokens[at]!.text);
  return words;
}

function namesWithin(pieces: readonly GuardNode[], kind: 'variable' | 'assignment'): string[] {
  return pieces.flatMap((piece) => [...(piece.kind === kind ? piece.names : []), ...namesWithin(piece.children, kind)]);
}

function addedWithin(piece: GuardNode, isAdded: ReadonlySet<GuardNode>): GuardNode[] {
  return piece.children.flatMap((child) => (isAdded.has(child) ? [child] : addedWithin(child, isAdded)));
}

/** Names of a lemma's results. */
function results(lemma: GuardNode, tokens: readonly Token[]): string[] {
  for (let at = lemma.first; at < lemma.end; at++) {
    if (tokens[at]!.text === '{') break;
    if (tokens[at]!.text !== 'returns') continue;
    const names: string[] = [];
    for (let index = at + 2; index < lemma.end && tokens[index]!.text !== ')'; index++) if (tokens[index]!.kind === 'word' && tokens[index + 1]?.text === ':') names.push(tokens[index]!.text);
    return names;
  }
  return [];
}
