/**
 * The guard for Dafny. The candidate is read by a strict grammar into pieces, and accepted only if leaving out pieces that
 * are proof text gives the base, token for token; names that it adds occur nowhere in the base, so that they cannot change
 * what its text means; and a second reading that knows no syntax agrees.
 */
import type { GuardAnswer, GuardReason, GuardRequest, GuardRule, ProofAddition } from '../../guard.ts';
import { align, isAligned, type Misaligned } from '../../guard/align.ts';
import { sameGlue, strictlyBalanced } from '../../guard/brackets.ts';
import { strangeCharacters } from '../../guard/characters.ts';
import { Places } from '../../places.ts';
import { LARGEST_SOURCE_BYTES } from '../source/cone.ts';
import { readDeclarations } from '../source/declarations.ts';
import { findAssumptions } from '../source/findings.ts';
import { tokenise, type Token } from '../source/tokens.ts';
import { Extents } from './expressions.ts';
import { namesOf, wordsOf, type ProgramNames } from './names.ts';
import type { GuardNode } from './node.ts';
import { plainReading } from './plain.ts';
import { ProgramReader } from './program.ts';
import { refusalOf, type Refusal } from './proof.ts';
import { meaningReasons } from './scopes.ts';
import { reasonsFromText } from './texts.ts';

export async function guardDafny(request: GuardRequest): Promise<GuardAnswer> {
  const reasons = fileReasons(request);
  if (reasons.length > 0) return { kind: 'refused', reasons };
  const changed = [...request.after].filter(([path, text]) => request.before.get(path) !== text).map(([path]) => path);
  const others = await otherFiles(request);
  const before = new Map([...request.before].map(([path, text]) => [path, tokenise(text)]));
  const after = new Map([...request.after].map(([path, text]) => [path, tokenise(text)]));
  const names = namesOf([...others.values(), ...after.values()]);
  const baseWords = new Set([...others.values(), ...before.values()].flatMap((tokens) => [...wordsOf(tokens)]));
  const partial = partialChecking(request, others);
  const added: ProofAddition[] = [];
  for (const path of changed) {
    const answer = guardFile(path, { text: request.before.get(path)!, tokens: before.get(path)! }, { text: request.after.get(path)!, tokens: after.get(path)! }, names, baseWords);
    reasons.push(...answer.reasons);
    added.push(...answer.added);
    if (partial && answer.added.length > 0) reasons.push({ file: path, range: answer.added[0]!.range, rule: 'narrowed', why: `${partial}: what is added may be believed without a check` });
  }
  return reasons.length > 0 ? { kind: 'refused', reasons } : { kind: 'unchanged-but-for-proof', added };
}

function fileReasons({ project, before, after }: GuardRequest): GuardReason[] {
  const start = { start: { line: 1, column: 1 }, end: { line: 1, column: 1 } };
  const refuse = (file: string, why: string): GuardReason => ({ file, range: start, rule: 'files', why });
  const paths = new Set([...before.keys(), ...after.keys()]);
  return [...paths].flatMap((path) => {
    if (!before.has(path) || !after.has(path)) return [refuse(path, 'the candidate adds or removes the file')];
    if (!path.endsWith('.dfy')) return [refuse(path, 'is no Dafny source')];
    return project.files.includes(path) ? [] : [refuse(path, `is no file of ${project.name}`)];
  });
}

async function otherFiles({ project, tree, before }: GuardRequest): Promise<Map<string, Token[]>> {
  const files = new Map<string, Token[]>();
  for (const path of project.files) if (path.endsWith('.dfy') && !before.has(path)) files.set(path, tokenise((await tree.read(path, LARGEST_SOURCE_BYTES)).toString('utf8')));
  return files;
}

/** The base tells Dafny to check only a part of itself. */
function partialChecking(request: GuardRequest, others: ReadonlyMap<string, readonly Token[]>): string | undefined {
  const narrows = (word: string | undefined): boolean => word === 'only' || word === 'VerifyOnly' || word === 'selective_checking' || word === 'start_checking_here';
  for (const [path, tokens] of [...others, ...[...request.before].map(([path, text]) => [path, tokenise(text)] as const)]) {
    const at = tokens.findIndex((token, index) => (token.text === '{:' || token.text === '@') && narrows(tokens[index + 1]?.text));
    if (at >= 0) return `{:${tokens[at + 1]!.text}} in ${path} narrows what is checked`;
  }
  return undefined;
}

interface Source { readonly text: string; readonly tokens: readonly Token[] }
interface FileAnswer { readonly reasons: readonly GuardReason[]; readonly added: readonly ProofAddition[] }

function guardFile(file: string, before: Source, after: Source, names: ProgramNames, baseWords: ReadonlySet<string>): FileAnswer {
  const places = new Places(after.text);
  const at = (first: number, end: number): GuardReason['range'] => {
    const from = after.tokens[first]?.start ?? after.text.length;
    return places.range(from, Math.max(from, after.tokens[Math.max(first, end - 1)]?.end ?? from));
  };
  const reasons: GuardReason[] = [
    ...strangeCharacters(before.text, after.text).map(({ range, why }): GuardReason => ({ file, range, rule: 'unicode', why })),
    ...reasonsFromText(file, before, after),
  ];
  const balance = strictlyBalanced(after.tokens);
  if ('wrong' in balance) return { reasons: [...reasons, { file, range: at(balance.wrong, balance.wrong + 1), rule: 'unreadable', why: 'a bracket is not closed by its own kind' }], added: [] };
  const extents = new Extents(after.tokens, balance.closers);
  const reader = new ProgramReader(extents);
  const roots = reader.file();
  const aligned = align<GuardNode, Refusal>(roots, texts(after.tokens), texts(before.tokens), (piece) => refusalOf(piece, { extents, ...names }));
  if (!isAligned(aligned)) {
    const unread = reader.unread.find((one) => nearby(one.at, aligned, after.tokens.length));
    reasons.push(...aligned.refused.map(({ piece, reason }): GuardReason => ({ file, range: at(piece.first, piece.end), ...reason })));
    reasons.push({ file, range: at(aligned.candidate, aligned.candidate + 1), ...changeAt(roots, aligned, before.tokens) });
    if (unread) reasons.push({ file, range: at(unread.at, unread.at + 1), rule: 'unreadable', why: unread.problem });
    return { reasons, added: [] };
  }
  if (!sameGlue(before.tokens, after.tokens, aligned.base)) reasons.push({ file, range: at(0, 1), rule: 'changed-code', why: 'operator signs are set apart or together' });
  reasons.push(...meaningReasons(roots, aligned, after.tokens, baseWords).map(({ piece, ...refusal }): GuardReason => ({ file, range: at(piece.first, piece.end), ...refusal })));
  if (reasons.length === 0) reasons.push(...secondReading(file, before.text, after.text));
  return { reasons, added: aligned.added.map((piece): ProofAddition => ({ file, range: at(piece.first, piece.end), what: piece.kind === 'declaration' || piece.kind === 'clause' ? piece.word : piece.kind })) };
}

function texts(tokens: readonly Token[]): string[] { return tokens.map((token) => token.text); }

function nearby(at: number, { candidate }: Misaligned<GuardNode, Refusal>, length: number): boolean {
  return Math.abs(at - candidate) <= Math.max(40, length / 20);
}

/** Where the base and the candidate part, in words. */
function changeAt(roots: readonly GuardNode[], { candidate, base }: Misaligned<GuardNode, Refusal>, tokens: readonly Token[]): { readonly rule: GuardRule; readonly why: string } {
  const wanted = tokens[base]?.text;
  const why = wanted === undefined ? 'there is more than in the base' : `"${wanted}" of the base should stand here`;
  let within: readonly GuardNode[] = roots;
  let [isSpecification, isInside] = [false, false];
  for (;;) {
    const next = within.find((piece) => piece.first <= candidate && candidate < piece.end);
    if (!next) break;
    if (next.first < candidate) isInside = true;
    if (next.kind === 'declaration') isSpecification = next.word !== 'method' || !next.children.some((child) => child.kind !== 'clause' && child.kind !== 'attribute' && child.first <= candidate);
    if (next.kind === 'clause') isSpecification = true;
    within = next.children;
  }
  return { rule: isSpecification ? 'changed-specification' : isInside ? 'changed-code' : 'removed', why };
}

function secondReading(file: string, before: string, after: string): GuardReason[] {
  const reasons: GuardReason[] = [];
  const start = { start: { line: 1, column: 1 }, end: { line: 1, column: 1 } };
  const plain = plainReading(before, after);
  if (plain) reasons.push({ file, range: start, rule: 'not-proof', why: `a reading without syntax: ${plain}` });
  const count = (text: string): Map<string, number> => {
    const kinds = new Map<string, number>();
    for (const { kind } of findAssumptions(readDeclarations(file, text))) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    return kinds;
  };
  const known = count(before);
  for (const [kind, found] of count(after)) if (found > (known.get(kind) ?? 0)) reasons.push({ file, range: start, rule: 'assumption', why: `adds to what is taken on trust: ${kind}` });
  return reasons;
}
