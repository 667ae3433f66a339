/** Signatures: made by the same code that holds them against what is there, void where anything signed has changed, never dropped. */
import { describe, expect, it } from 'vitest';
import { compareLedgers, isWorse } from '../../../app/engine/compare.ts';
import { parseJustifications } from '../../../app/engine/justify/parse.ts';
import { bySubject, justifiedIds, resolveJustifications } from '../../../app/engine/justify/resolve.ts';
import { contentOfObligation, signableAssumptions, signableFailures } from '../../../app/engine/justify/sign.ts';
import type { JustifyFile } from '../../../app/engine/justify/types.ts';
import { entriesToml } from '../../../app/engine/justify/write.ts';
import { ledgerJson } from '../../../app/engine/report/json.ts';
import { joined } from '../../../app/engine/report/joined.ts';
import { ledgerOf } from '../../../app/engine/report/read.ts';
import { ledgerSchema } from '../../../app/engine/report/schema.ts';
import type { Assumption, Toolchain } from '../../../toolchains/contract.ts';
import { dafny } from '../../../toolchains/dafny/index.ts';
import { lean } from '../../../toolchains/lean/index.ts';
import { verus } from '../../../toolchains/verus/index.ts';
import { outlined } from '../../toolchains/outlined.ts';
import { assumption, entry, ledger } from '../made-up-ledger.ts';

const SIGNATURE = { reviewer: 'R. Viewer', reason: 'read it, "twice"\\', date: '2026-11-25' };

async function signed(assumptions: readonly Assumption[]): Promise<JustifyFile> {
  return parseJustifications(await entriesToml(signableAssumptions(assumptions), SIGNATURE));
}
async function assumptionsOf(toolchain: Toolchain, files: Readonly<Record<string, string>>): Promise<readonly Assumption[]> {
  return (await outlined(toolchain, files)).outlines.flatMap((outline) => outline.assumptions);
}
function states(file: JustifyFile, assumptions: readonly Assumption[]): string[] {
  return resolveJustifications(file, assumptions)!.entries.map((one) => (one.why === undefined ? one.state : `${one.state}: ${one.why}`));
}

const LEMMA = 'module M {\n  lemma {:axiom} L(n: nat)\n    ensures n < 10\n  method Use() { assume {:axiom} 1 < 2; L(3); }\n}\n';

describe('a signature', () => {
  it('holds for what it was made of, with the words of the reviewer', async () => {
    const assumptions = await assumptionsOf(dafny, { 'a.dfy': LEMMA });
    const file = await signed(assumptions);
    expect(states(file, assumptions)).toEqual(['valid', 'valid']);
    const resolved = resolveJustifications(file, assumptions)!;
    expect(justifiedIds(resolved)).toEqual(new Set(assumptions.map((one) => one.id)));
    expect(resolved.entries[0]).toMatchObject({ ...SIGNATURE, toolchain: 'dafny', kind: 'axiom', symbol: 'M.L', line: 2 });
  });

  it('holds where the file was renamed, the text moved, laid out anew or commented', async () => {
    const file = await signed(await assumptionsOf(dafny, { 'a.dfy': LEMMA }));
    const moved = `// one line more\n${LEMMA.replace('ensures n < 10', '// says\n      ensures\n n  <  10').replace('1 < 2', '1  <   2')}`;
    expect(states(file, await assumptionsOf(dafny, { 'src/b.dfy': moved }))[1]).toBe('valid');
    expect(states(await signed(await assumptionsOf(lean, LEAN)), await assumptionsOf(lean, { ...LEAN, 'a.lean': `/-- words -/\n${LEAN['a.lean']}` }))).toEqual(['valid']);
  });

  const LEAN = { 'lean-toolchain': 'x', 'a.lean': 'axiom trust : 1 = 1\n' };
  it.each([
    ['a promise of an axiom (Dafny)', dafny, { 'a.dfy': LEMMA }, { 'a.dfy': LEMMA.replace('n < 10', 'n < 9') }, 'axiom'],
    ['what is assumed (Dafny)', dafny, { 'a.dfy': LEMMA }, { 'a.dfy': LEMMA.replace('1 < 2', '2 < 1') }, 'assume'],
    ['the contract of an external body (Verus)', verus, { 'a.rs': 'verus! {\n#[verifier::external_body]\nfn f() -> (r: u8) ensures r < 3 { 2 }\n}\n' }, { 'a.rs': 'verus! {\n#[verifier::external_body]\nfn f() -> (r: u8) ensures r < 2 { 2 }\n}\n' }, 'external_body'],
    ['what an axiom says (Lean)', lean, LEAN, { ...LEAN, 'a.lean': 'axiom trust : 1 = 2\n' }, 'axiom'],
    ['the theorem behind a sorry (Lean)', lean, { ...LEAN, 'a.lean': 'theorem t : 1 = 1 := sorry\n' }, { ...LEAN, 'a.lean': 'theorem t : 1 = 2 := sorry\n' }, 'sorry'],
  ] as const)('is void and shown where this changed: %s', async (_, toolchain, before, after, kind) => {
    const file = await signed((await assumptionsOf(toolchain, before)).filter((one) => one.kind === kind));
    const changed = await assumptionsOf(toolchain, after);
    expect(states(file, changed)).toEqual(['void: what was signed has changed']);
    const subject = resolveJustifications(file, changed)!.entries[0]!.subject;
    expect(changed.find((one) => one.id === subject)?.kind).toBe(kind);
    expect(justifiedIds(resolveJustifications(file, changed)).size).toBe(0);
  });

  it('is of one place: a second equal one needs its own, and of what is gone it is unmatched', async () => {
    const once = await assumptionsOf(dafny, { 'a.dfy': 'method M() { assume 1 < 2; }' });
    const twice = await assumptionsOf(dafny, { 'a.dfy': 'method M() { assume 1 < 2; assume 1 < 2; }' });
    expect(justifiedIds(resolveJustifications(await signed(once), twice)).size).toBe(1);
    expect(states(await signed(twice), once)).toEqual(['valid', 'unmatched: it is not there']);
    expect(states(await signed(once), [])).toEqual(['unmatched: it is not there']);
  });

  it('does not carry over to another kind, symbol or language, nor count twice', async () => {
    const file = await signed([assumption('axiom', { symbol: 'a', text: 't' })]);
    for (const other of [{ symbol: 'b' }, { kind: 'admit' }, { toolchain: 'lean' }]) expect(states(file, [assumption('axiom', { symbol: 'a', text: 't', ...other })])).toEqual(['unmatched: it is not there']);
    expect(states({ ...file, entries: [...file.entries, ...file.entries] }, [assumption('axiom', { symbol: 'a', text: 't' })])).toEqual(['valid', 'unmatched: it is signed twice']);
  });

  it('says another text than the one it is of: void', async () => {
    const file = await signed([assumption('axiom', { symbol: 'a', text: 'False' })]);
    expect(states({ ...file, entries: file.entries.map((one) => ({ ...one, text: 'True' })) }, [assumption('axiom', { symbol: 'a', text: 'False' })])).toEqual(['void: its text is not the one that its hash is of']);
  });
});

describe('a signed failure', () => {
  const source = 'lemma L()\n  ensures false\n{ }\n';
  const failing = entry({ kind: 'failed', reason: 'a postcondition' }, { symbol: 'L', obligation: { specification: { start: { line: 1, column: 1 }, end: { line: 2, column: 16 } }, range: { start: { line: 1, column: 7 }, end: { line: 3, column: 4 } } } });
  const contents = (text: string): Record<string, string> => ({ [failing.obligation.id]: contentOfObligation(text, failing.obligation) });
  it('is void where its code or its verdict changed, and of what holds now it is unmatched', async () => {
    const file = await parseJustifications(await entriesToml(signableFailures([failing], contents(source)), SIGNATURE));
    const state = (entries: Parameters<typeof resolveJustifications>[2], text = source): string[] => resolveJustifications({ ...file, contents: contents(text) }, [], entries)!.entries.map((one) => one.state);
    expect(state([failing])).toEqual(['valid']);
    expect(state([failing], source.replace('{ }', '{  \n}'))).toEqual(['void']);
    expect(state([{ ...failing, result: { ...failing.result, verdict: { kind: 'refuted' } } }])).toEqual(['void']);
    expect(state([{ ...failing, result: { ...failing.result, verdict: { kind: 'proved' } } }])).toEqual(['unmatched']);
  });
});

describe('a broken file', () => {
  const whole = '[[assumption]]\ntoolchain = "dafny"\nkind = "axiom"\nsymbol = "L"\ntext = "t"\nsha256 = "' + '0'.repeat(64) + '"\nreviewer = "R"\nreason = "why"\ndate = 2026-11-25\n';
  it('has no problem where it is whole', async () => { expect((await parseJustifications(whole)).problem).toBeUndefined(); });
  it.each([
    ['is no TOML', `${whole}reviewer =`, 10, /./],
    ['lacks a reviewer', `# c\n\n${whole.replace('reviewer = "R"\n', '')}`, 3, /"reviewer" is missing/],
    ['has an empty reason', whole.replace('"why"', '"  "'), 1, /"reason" is empty/],
    ['has no hash', whole.replace('0'.repeat(64), 'abc'), 1, /"sha256" is no SHA-256/],
    ['has no date', whole.replace('2026-11-25', '"soon"'), 1, /"date" is no date/],
    ['has a word that nobody knows', `${whole}expires = 2027-01-01\n`, 1, /"expires" is no part/],
    ['has a table that nobody knows', `${whole}\n[[assumptions]]\nkind = "x"\n`, 11, /"assumptions" is nothing/],
    ['is broken in its second entry', `${whole}\n${whole.replace('reason = "why"\n', '')}`, 11, /"reason" is missing/],
  ] as const)('is named with its line: %s', async (_, text, line, message) => {
    const { problem } = await parseJustifications(text);
    expect(problem?.line).toBe(line);
    expect(problem?.message).toMatch(message);
  });
  it('voids what it holds, and says so of each', async () => {
    const assumptions = await assumptionsOf(dafny, { 'a.dfy': LEMMA });
    const file = await parseJustifications(`${await entriesToml(signableAssumptions(assumptions), SIGNATURE)}\n[[assumption]]\n`);
    expect(states(file, assumptions)).toEqual([expect.stringMatching(/^void: assay.justify.toml:\d+ is broken/), expect.stringMatching(/^void/)]);
    expect(justifiedIds(resolveJustifications(file, assumptions)).size).toBe(0);
  });
});

describe('in a ledger', () => {
  const assumptions = [assumption('axiom', { symbol: 'a' }), assumption('admit', { symbol: 'b' })];
  it('as JSON and back, and joined with another', async () => {
    const justifications = resolveJustifications(await signed(assumptions.slice(0, 1)), assumptions)!;
    const held = ledger([entry({ kind: 'proved' })], { assumptions, justifications });
    const json = ledgerSchema.parse(JSON.parse(JSON.stringify(ledgerJson(held))));
    expect(json.assumptions.map((one) => one.justification?.state)).toEqual(['valid', undefined]);
    expect(ledgerOf(json).justifications).toEqual(JSON.parse(JSON.stringify(justifications)));
    const both = joined([{ ...held, run: { ...held.run, root: '/r/a' } }, ledger([], { run: { root: '/r/b' }, assumptions })]);
    const found = bySubject(both.justifications);
    expect(both.assumptions.map((one) => found.get(one.id)?.state)).toEqual(['valid', undefined, undefined, undefined]);
  });
  it('compared: a new assumption is worse unless it is signed, and one that lost its signature is', async () => {
    const none = ledger([entry({ kind: 'proved' })]);
    const bare = ledger([entry({ kind: 'proved' })], { assumptions });
    const both = ledger([entry({ kind: 'proved' })], { assumptions, justifications: resolveJustifications(await signed(assumptions), assumptions)! });
    expect([isWorse(compareLedgers(none, bare)), isWorse(compareLedgers(none, both)), isWorse(compareLedgers(both, bare)), isWorse(compareLedgers(bare, both))]).toEqual([true, false, true, false]);
    expect(compareLedgers(both, bare).noLongerJustified).toHaveLength(2);
  });
});
