/**
 * The guard for Verus. As for Dafny: leaving out pieces of proof text gives the base, token for token; added names occur
 * nowhere in the base; and what the file takes on trust, counted by another reader, has not grown.
 */
import type { GuardAnswer, GuardReason, GuardRequest, ProofAddition } from '../../guard.ts';
import { align, isAligned } from '../../guard/align.ts';
import { sameGlue, strictlyBalanced } from '../../guard/brackets.ts';
import { strangeCharacters } from '../../guard/characters.ts';
import { commentReasons } from '../../guard/comments.ts';
import { Places } from '../../places.ts';
import { LARGEST_SOURCE_BYTES } from '../source/crate.ts';
import { findAssumptions } from '../source/findings.ts';
import { readRustFile, type RustFile } from '../source/items.ts';
import { tokenise } from '../source/tokens.ts';
import type { VerusPiece } from './node.ts';
import { refusalOf, type Refusal } from './proof.ts';
import { VerusReader } from './reader.ts';
import { meaningReasons } from './scopes.ts';

export async function guardVerus(request: GuardRequest): Promise<GuardAnswer> {
  const start = { start: { line: 1, column: 1 }, end: { line: 1, column: 1 } };
  const reasons: GuardReason[] = [];
  for (const path of new Set([...request.before.keys(), ...request.after.keys()])) {
    const why = !request.before.has(path) || !request.after.has(path) ? 'the candidate adds or removes the file' : !path.endsWith('.rs') ? 'is no Rust source' : !request.project.files.includes(path) ? `is no file of ${request.project.name}` : undefined;
    if (why) reasons.push({ file: path, range: start, rule: 'files', why });
  }
  if (reasons.length > 0) return { kind: 'refused', reasons };
  const words = new Set<string>();
  const take = (text: string): void => { for (const token of tokenise(text)) if (token.kind === 'word') words.add(token.text); };
  for (const text of request.before.values()) take(text);
  for (const path of request.project.files) if (path.endsWith('.rs') && !request.before.has(path)) take((await request.tree.read(path, LARGEST_SOURCE_BYTES)).toString('utf8'));
  const added: ProofAddition[] = [];
  for (const [path, text] of request.after) {
    const base = request.before.get(path)!;
    if (base === text) continue;
    const answer = guardFile(path, base, text, request, words);
    reasons.push(...answer.reasons);
    added.push(...answer.added);
  }
  return reasons.length > 0 ? { kind: 'refused', reasons } : { kind: 'unchanged-but-for-proof', added };
}

function guardFile(file: string, base: string, text: string, request: GuardRequest, words: ReadonlySet<string>): { readonly reasons: GuardReason[]; readonly added: readonly ProofAddition[] } {
  const before = readRustFile(file, base), after = readRustFile(file, text);
  const places = new Places(text);
  const { tokens } = after;
  const at = (first: number, end: number): GuardReason['range'] => {
    const from = tokens[first]?.start ?? text.length;
    return places.range(from, Math.max(from, tokens[Math.max(first, end - 1)]?.end ?? from));
  };
  const reasons: GuardReason[] = [
    ...strangeCharacters(base, text).map(({ range, why }): GuardReason => ({ file, range, rule: 'unicode', why })),
    ...commentReasons(file, { text: base, tokens: before.tokens }, { text, tokens }),
  ];
  const balance = strictlyBalanced(tokens);
  if ('wrong' in balance) return { reasons: [...reasons, { file, range: at(balance.wrong, balance.wrong + 1), rule: 'unreadable', why: 'a bracket is not closed by its own kind' }], added: [] };
  const reader = new VerusReader(tokens, balance.closers);
  const outermost = after.functions.filter((one) => one.scope.verus && !after.functions.some((other) => other !== one && other.first < one.first && one.last < other.last));
  const roots = outermost.map((one) => reader.function(one)).sort((a, b) => a.first - b.first);
  const baseMacros = new Set(before.items.filter((item) => item.kind === 'macro_rules').map((item) => item.name));
  const aligned = align<VerusPiece, Refusal>(roots, tokens.map((token) => token.text), before.tokens.map((token) => token.text), (piece) => refusalOf(piece, { tokens, caps: request.caps, baseMacros }));
  if (!isAligned(aligned)) {
    reasons.push(...aligned.refused.map(({ piece, reason }): GuardReason => ({ file, range: at(piece.first, piece.end), ...reason })));
    reasons.push({ file, range: at(aligned.candidate, aligned.candidate + 1), ...changeAt(roots, aligned.candidate, before.tokens[aligned.base]?.text) });
    reasons.push(...trustReasons(file, before, after));
    return { reasons, added: [] };
  }
  if (!sameGlue(before.tokens, tokens, aligned.base)) reasons.push({ file, range: at(0, 1), rule: 'changed-code', why: 'operator signs are set apart or together' });
  reasons.push(...meaningReasons(roots, aligned, tokens, words).map(({ piece, ...refusal }): GuardReason => ({ file, range: at(piece.first, piece.end), ...refusal })));
  reasons.push(...trustReasons(file, before, after));
  return {
    reasons,
    added: aligned.added.filter((piece) => piece.kind !== 'comma').map((piece): ProofAddition => ({ file, range: at(piece.first, piece.end), what: piece.kind === 'function' ? `${piece.declaration!.mode} function` : piece.kind === 'element' ? 'invariant' : piece.word && piece.kind.endsWith('clause') ? piece.word : piece.kind })),
  };
}

function changeAt(roots: readonly VerusPiece[], candidate: number, wanted: string | undefined): Refusal {
  const why = wanted === undefined ? 'there is more than in the base' : `"${wanted}" of the base should stand here`;
  const owner = roots.find((piece) => piece.first <= candidate && candidate < piece.end);
  if (!owner) return { rule: 'changed-code', why };
  const body = owner.declaration?.body;
  return { rule: owner.declaration?.mode === 'spec' || !body || candidate <= body.open ? 'changed-specification' : 'changed-code', why };
}

/** What is taken on trust, by the reader that makes the inventory. */
function trustReasons(file: string, before: RustFile, after: RustFile): GuardReason[] {
  const count = (one: RustFile): Map<string, number> => {
    const kinds = new Map<string, number>();
    for (const { kind } of findAssumptions(one)) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    return kinds;
  };
  const known = count(before);
  const places = new Places(after.text);
  return [...count(after)].filter(([kind, found]) => found > (known.get(kind) ?? 0)).map(([kind]): GuardReason => {
    const last = findAssumptions(after).filter((one) => one.kind === kind).at(-1)!;
    return { file, range: places.range(last.start, last.end), rule: kind === 'unknown-attribute' ? 'attribute' : 'assumption', why: `adds to what is taken on trust: ${kind}` };
  });
}
