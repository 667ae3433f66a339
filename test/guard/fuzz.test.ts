/**
 * Honest Dafny candidates turned into others at random, token by token. Whatever is accepted must be the base again once the
 * named additions are cut out, must hold no word that weakens beyond the base's, and snippets that are a cheat anywhere are
 * accepted nowhere.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { guardDafny } from '../../toolchains/dafny/guard/guard.ts';
import { tokenise } from '../../toolchains/dafny/source/tokens.ts';
import type { GuardAnswer } from '../../toolchains/guard.ts';
import { requestOf, type Question } from './request.ts';
import { suiteCases } from './suite.ts';

const runs = process.env.ASSAY_LONG === '1' ? 20_000 : 1_500;

function honest(): Question[] {
  const own = suiteCases('dafny').filter((one) => one.rules.length === 0).map((one) => one.question);
  const folder = join(import.meta.dirname, '../../../shared/data/visible/dafny/dafnybench');
  if (!existsSync(folder)) return own;
  const published = readdirSync(folder).filter((name) => name.endsWith('.task.dfy')).map((name): Question => ({
    toolchain: 'dafny', file: 'a.dfy', base: readFileSync(join(folder, name), 'utf8'), candidate: readFileSync(join(folder, name.replace('.task.', '.reference.')), 'utf8'),
  }));
  return [...own, ...published.filter((one) => one.base.length < 6_000)];
}

const QUESTIONS = honest();
/** A cheat wherever it stands. */
const CHEATS = [
  'assume false;', 'assume {:axiom} false;', 'expect false;', 'print 1;', '{:verify false}', '{:axiom}', '{:only}', '{:selective_checking}', '{:extern}', '{:rlimit 9}', 'decreases *', 'modifies this', 'return;', 'break;', 'yield;',
  'import opened Other', 'include "x.dfy"', 'lemma Zero() ensures false', 'method Extra() { }', 'class Extra { }', 'extra := 1;', 'new int[2]', '@Verify(false)', 'const extra := 1', 'ghost var s :| assume s == 1;',
];
const WORDS = ['assert', 'invariant', 'ensures', 'requires', 'decreases', 'ghost', 'var', 'lemma', 'if', 'else', 'while', 'true', 'false', '{', '}', '(', ')', ';', '==>', '||', '&&', '!', ':=', ',', 'by', 'forall', 'calc', 'reveal', '|', '::', 'x', 'modifies', 'reads', 'case', '=>', 'match'];

type Edit =
  | { readonly kind: 'delete' | 'twice' | 'swap'; readonly at: number; readonly length: number }
  | { readonly kind: 'insert'; readonly at: number; readonly word: string }
  | { readonly kind: 'move'; readonly at: number; readonly length: number; readonly to: number };

const place = fc.nat(1_000_000);
const edit: fc.Arbitrary<Edit> = fc.oneof(
  fc.record({ kind: fc.constantFrom('delete', 'twice', 'swap'), at: place, length: fc.integer({ min: 1, max: 8 }) }),
  fc.record({ kind: fc.constant('insert' as const), at: place, word: fc.constantFrom(...WORDS) }),
  fc.record({ kind: fc.constant('move' as const), at: place, length: fc.integer({ min: 1, max: 12 }), to: place }),
);

function words(text: string): string[] { return tokenise(text).map((token) => token.text); }

function edited(list: readonly string[], change: Edit): string[] {
  const at = change.at % (list.length + 1);
  switch (change.kind) {
    case 'delete': return list.toSpliced(at, change.length);
    case 'twice': return list.toSpliced(at, 0, ...list.slice(at, at + change.length));
    case 'swap': return list.toSpliced(at, 2 * change.length, ...list.slice(at + change.length, at + 2 * change.length), ...list.slice(at, at + change.length));
    case 'insert': return list.toSpliced(at, 0, change.word);
    case 'move': { const part = list.slice(at, at + change.length); const rest = list.toSpliced(at, change.length); return rest.toSpliced(change.to % (rest.length + 1), 0, ...part); }
  }
}

/** Signs that stood together stay so: only spaces between tokens are lost. */
function printed(list: readonly string[]): string { return list.join(' ').replace(/([<>=!|&:.\-*+]) (?=[<>=|&.\-*+]|in\b)/g, '$1'); }

/** The candidate without what the guard says was added. */
function cut(text: string, answer: Extract<GuardAnswer, { kind: 'unchanged-but-for-proof' }>): string[] {
  const lines = text.split('\n');
  const offset = ({ line, column }: { line: number; column: number }): number => lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0) + column - 1;
  let [rest, from] = ['', 0];
  for (const { range, what } of answer.added) {
    rest += `${text.slice(from, offset(range.start))}${what === 'by block' ? ';' : ' '}`;
    from = offset(range.end);
  }
  return words(rest + text.slice(from));
}

function isSound(question: Question, answer: GuardAnswer): void {
  if (answer.kind === 'refused') return;
  expect(cut(question.candidate, answer)).toEqual(words(question.base));
  const count = (text: string, word: RegExp): number => (text.replace(/\/\*[^]*?\*\/|\/\/[^\n]*/g, ' ').match(word) ?? []).length;
  for (const word of [/\bassume\b/g, /\bexpect\b/g, /\bmodifies\b/g, /\bmethod\b/g, /\{:\s*(?:verify|axiom|only|extern)/g, /\bprint\b/g, /\bnew\b/g, /decreases\s*\*/g]) expect(count(question.candidate, word), String(word)).toBe(count(question.base, word));
}

describe('candidates changed at random', () => {
  it('are the base with the named additions, or refused', async () => {
    let accepted = 0;
    await fc.assert(fc.asyncProperty(fc.nat(QUESTIONS.length - 1), fc.array(edit, { minLength: 1, maxLength: 3 }), async (index, edits) => {
      const question = QUESTIONS[index]!;
      const candidate = printed(edits.reduce<readonly string[]>(edited, words(question.candidate)) as string[]);
      const answer = await guardDafny(requestOf({ ...question, candidate }));
      if (answer.kind !== 'refused') accepted++;
      isSound({ ...question, candidate }, answer);
    }), { numRuns: runs });
    // Some edits fall into proof text and leave it proof text: were none accepted, nothing would have been tried.
    expect(accepted).toBeGreaterThan(0);
  }, 600_000);

  it('are refused with a cheat at any place', async () => {
    await fc.assert(fc.asyncProperty(fc.nat(QUESTIONS.length - 1), fc.constantFrom(...CHEATS), place, async (index, cheat, at) => {
      const question = QUESTIONS[index]!;
      const tokens = tokenise(question.candidate);
      const token = tokens[at % tokens.length]!;
      // In the midst of a string or behind a comment's sign it would be no code.
      const candidate = `${question.candidate.slice(0, token.start)} ${cheat} ${question.candidate.slice(token.start)}`;
      const answer = await guardDafny(requestOf({ ...question, candidate }));
      expect(answer.kind, candidate).toBe('refused');
    }), { numRuns: runs });
  }, 600_000);

  it('are refused where a token of the base is missing', async () => {
    await fc.assert(fc.asyncProperty(fc.nat(QUESTIONS.length - 1), place, async (index, at) => {
      const question = QUESTIONS[index]!;
      const answer = await guardDafny(requestOf(question));
      if (answer.kind === 'refused') throw new Error('an honest candidate is refused');
      const list = words(question.base);
      const base = list.toSpliced(at % list.length, 0, 'Missing');
      expect((await guardDafny(requestOf({ ...question, base: printed(base) }))).kind).toBe('refused');
    }), { numRuns: Math.ceil(runs / 5) });
  }, 600_000);
});
