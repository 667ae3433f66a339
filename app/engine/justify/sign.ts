/** What there is to sign, with its hash: the same for the command that makes entries and for the check that they still hold. */
import { createHash } from 'node:crypto';
import { signedContent } from '../../../toolchains/assumption.ts';
import type { Assumption, Obligation } from '../../../toolchains/contract.ts';
import { classOf, type VerdictKind } from '../../../toolchains/verdict.ts';
import type { LedgerEntry } from '../ledger/types.ts';
import type { Signed } from './types.ts';

export interface Signable extends Signed { readonly subject: string; readonly file: string; readonly line: number }

/** Raised where the hash is made of other things: every older signature is void then. */
const FORM = 'assay-justify-1';
const LONGEST_TEXT = 200;

/** Equal ones are told apart by their order: a second equal `assume` in a function needs a signature of its own. */
export function signableAssumptions(assumptions: readonly Assumption[]): Signable[] {
  const counts = new Map<string, number>();
  return [...assumptions].sort(byPlace).map((assumption) => {
    const { id, toolchain, kind, file, range, text, symbol = '', content = signedContent(text) } = assumption;
    const key = JSON.stringify([toolchain, kind, symbol, content]);
    const occurrence = (counts.get(key) ?? 0) + 1;
    counts.set(key, occurrence);
    return { of: 'assumption', toolchain, kind, symbol, text: text.slice(0, LONGEST_TEXT), sha256: hashOf('assumption', toolchain, kind, symbol, String(occurrence), content), subject: id, file, line: range.start.line };
  });
}

/** @param contents by obligation, from {@link contentOfObligation}; those that it lacks cannot be signed */
export function signableFailures(entries: readonly LedgerEntry[], contents: Readonly<Record<string, string>>): Signable[] {
  return entries.flatMap(({ obligation, result: { verdict } }): Signable[] => {
    const content = contents[obligation.id];
    if (classOf(verdict.kind) !== 'red' || content === undefined) return [];
    const { toolchain, file, range } = obligation;
    return [{ of: 'failure', toolchain, kind: verdict.kind, symbol: failureSymbol(obligation), text: failureText(verdict), sha256: failureHash(obligation, verdict.kind, content), subject: obligation.id, file, line: range.start.line }];
  });
}

export function failureSymbol({ task, symbol }: Obligation): string { return task === undefined ? symbol : `${task}/${symbol}`; }

/** The declaration as it stands; where its range is a mark in a larger text (a check-sat, a property), the whole file. */
export function contentOfObligation(text: string, { specification, range }: Obligation): string {
  if (!specification) return signedContent(text);
  const lines = text.split('\n').slice(specification.start.line - 1, range.end.line);
  const last = lines.length - 1;
  if (last >= 0 && specification.start.line + last === range.end.line) lines[last] = lines[last]!.slice(0, range.end.column - 1);
  if (last >= 0) lines[0] = lines[0]!.slice(specification.start.column - 1);
  return signedContent(lines.join('\n').replace(/\s+/g, ' ').trim());
}

function failureHash(obligation: Obligation, kind: VerdictKind, content: string): string {
  return hashOf('failure', obligation.toolchain, kind, failureSymbol(obligation), '1', content);
}

function failureText(verdict: LedgerEntry['result']['verdict']): string {
  return ('reason' in verdict && verdict.reason ? verdict.reason : verdict.kind).slice(0, LONGEST_TEXT);
}

function hashOf(...parts: readonly string[]): string { return createHash('sha256').update(JSON.stringify([FORM, ...parts])).digest('hex'); }

function byPlace(a: Assumption, b: Assumption): number {
  return a.file < b.file ? -1 : a.file > b.file ? 1 : a.range.start.line - b.range.start.line || a.range.start.column - b.range.start.column || (a.id < b.id ? -1 : 1);
}
