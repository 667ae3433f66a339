import { describe, expect, it } from 'vitest';
import { draftKey, readAnswer } from '../../../toolchains/dafny/synthesis/drafts/answer.ts';
import { firstTurn } from '../../../toolchains/dafny/synthesis/drafts/prompt.ts';
import { unionOf } from '../../../toolchains/dafny/synthesis/drafts/union.ts';
import { readSyntax } from '../../../toolchains/dafny/syntax/program.ts';
import type { Goal } from '../../../toolchains/synthesis.ts';

const BASE = `method Inner(n: nat) returns (r: nat)
  ensures r == n
{
  r := 0;
  while r < n {
    r := r + 1;
  }
}

lemma Other() { }
`;
const base = readSyntax('a.dfy', BASE);
const text = (answer: string): string => { const read = readAnswer(base, answer); if (read.kind !== 'text') throw new Error(read.why); return read.text; };
const block = (language: string, body: string): string => `I think.\n\`\`\`${language}\n${body}\n\`\`\`\n`;

describe("a model's answer", () => {
  it('puts clauses at the loop that the line names, wherever its brace stands, and steps before their line', () => {
    for (const line of [5, 6]) expect(text(block('insert', `${line}: invariant r <= n`)), String(line)).toBe(BASE.replace('while r < n {', 'while r < n \n    invariant r <= n\n  {'));
    expect(text(block('insert', '6: assert r < n;\n6| assert true;'))).toBe(BASE.replace('    r := r + 1', '    assert r < n;\n    assert true;\n    r := r + 1'));
    expect(text('5: invariant r <= n')).toContain('invariant r <= n');
  });
  it('is the whole file, or declarations of it in their place and new ones before them', () => {
    const whole = BASE.replace('  ensures r == n\n', '  ensures r == n\n  // said\n');
    expect(text(block('dafny', whole))).toBe(whole);
    expect(text(block('dafny', 'lemma Helper() ensures true { }\nlemma Other() { Helper(); }'))).toBe(BASE.replace('lemma Other() { }', 'lemma Helper() ensures true { }\n\nlemma Other() { Helper(); }'));
  });
  it('keeps the line ends and the last line of the file', () => {
    const windows = readSyntax('a.dfy', BASE.replaceAll('\n', '\r\n'));
    const read = readAnswer(windows, block('dafny', `${BASE}\n\n`));
    expect(read).toEqual({ kind: 'text', text: windows.file.text });
    expect(readAnswer(windows, '5: invariant r <= n')).toMatchObject({ kind: 'text', text: expect.not.stringMatching(/[^\r]\n/) });
  });
  it('takes the last block, and says what it cannot read', () => {
    expect(text(`${block('dafny', BASE)}${block('insert', '6: assert r < n;')}`)).toContain('assert r < n;');
    for (const answer of ['', block('insert', 'invariant r <= n'), block('insert', '99: assert true;'), block('insert', '0: assert true;'), 'I cannot do this.', block('dafny', 'lemma Alone() { }'), block('dafny', 'lemma Other() { }\nlemma Other() { }')]) expect(readAnswer(base, answer), answer).toMatchObject({ kind: 'unreadable' });
  });
  it('is the same with other blanks and comments', () => {
    expect(draftKey('lemma  L() /* x */ { }')).toBe(draftKey('lemma L() {\n}// y'));
    expect(draftKey('lemma L() { }')).not.toBe(draftKey('lemma M() { }'));
  });
});

it('unites the invariants of drafts, each once, at the loop of the base', () => {
  const callable = base.callables[0]!;
  const drafts = [text('5: invariant r <= n\n5: invariant 0 <= r'), text('5: invariant r  <=  n'), text('5: invariant r == 7'), 'method Inner() { }'];
  const candidates = unionOf('a.dfy', BASE, callable, drafts);
  expect(candidates.map((one) => one.text)).toEqual(['invariant r <= n', 'invariant 0 <= r', 'invariant r == 7']);
  expect(new Set(candidates.map((one) => BASE.slice(one.offset, one.offset + 1)))).toEqual(new Set(['{']));
});

it('tells file, place, words of the verifier, and which lemmas can be called', () => {
  const range = { start: { line: 5, column: 3 }, end: { line: 5, column: 8 } };
  const goal = { obligation: { symbol: 'Inner', kind: 'method', range: { start: { line: 1, column: 1 }, end: { line: 8, column: 2 } } }, verdict: { kind: 'failed' }, diagnostics: [{ severity: 'error', message: 'a postcondition could not be proved\nmore', range }] } as unknown as Goal;
  const prompt = firstTurn('a.dfy', BASE, goal, [], [{ symbol: 'Other', file: 'a.dfy', contract: 'lemma Other()', isCallable: true }, { symbol: 'Far', file: 'b.dfy', contract: 'lemma Far()', isCallable: false }]);
  expect(prompt).toContain(' 5|   while r < n {');
  expect(prompt).toContain('line 5: while r < n {\n  a postcondition could not be proved');
  expect(prompt.indexOf('lemma Other()\n\nLemmas of other projects')).toBeGreaterThan(0);
});
