/** Reports and signatures behind the bridge: what the ledger shows, as other programs read it; who signed what, and the file of it. */
import { readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { ReportFormat } from '../../app/contract.ts';
import { ledgerSchema } from '../../app/engine/report/schema.ts';
import { readLedgerJson } from '../../app/engine/report/read.ts';
import { ended, openWindow, valueOf, type TestWindow } from './window.ts';

const PROVED = '(set-logic QF_LIA)\n(declare-const x Int)\n(assert (and (> x 3) (< x 2)))\n(check-sat)\n';
const REFUTED = '(set-logic QF_LIA)\n(declare-const x Int)\n(assert (> x 41))\n(check-sat)\n';

async function folder(files: Readonly<Record<string, string>>): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'assay-repository-'));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(path, name), text);
  return path;
}

async function reportOf({ bridge }: TestWindow, repository: string, format: ReportFormat, ids?: string[]): Promise<string> {
  const made = await valueOf(bridge.request('report.make', { repository, format, ...(ids ? { ids } : {}) }));
  const pieces: Buffer[] = [];
  for (let offset = 0; offset < made.bytes;) {
    const piece = Buffer.from((await valueOf(bridge.request('report.read', { report: made.report, offset, length: 5_000 }))).base64, 'base64');
    pieces.push(piece);
    offset += piece.length;
  }
  return Buffer.concat(pieces).toString('utf8');
}

it('makes reports of what the ledger shows: the newest word on each, stale where the ledger says stale', async () => {
  const window = await openWindow();
  const { bridge } = window;
  const path = await folder({ 'a.smt2': PROVED, 'b.smt2': REFUTED, 'c.smt2': PROVED });
  const { repository: id } = await valueOf(bridge.request('repository.open', { source: { kind: 'path', path } }));
  expect(await bridge.request('report.make', { repository: id, format: 'html' })).toMatchObject({ ok: false, problem: { kind: 'input', remedy: 'Run it first' } });
  // Two runs of a part each: the ledger shows both.
  for (const file of ['a.smt2', 'b.smt2']) {
    const end = ended(window);
    await valueOf(bridge.request('run.start', { repository: id, selection: { files: [file] }, options: {} }));
    await end;
  }
  writeFileSync(join(path, 'a.smt2'), PROVED.replace('> x 3', '> x 5'));
  await valueOf(bridge.request('repository.plan', { repository: id, again: true }));

  const json = ledgerSchema.parse(JSON.parse(await reportOf(window, id, 'json')));
  expect(json.obligations.map((one) => [one.file, one.verdict.kind, one.stale])).toEqual([['a.smt2', 'proved', true], ['b.smt2', 'refuted', false], ['c.smt2', 'not-run', false]]);
  expect(json.obligations[1]!.evidence?.reproduce).toContain('b.smt2');
  const page = join(path, 'report.html');
  writeFileSync(page, await reportOf(window, id, 'html'));
  expect(readLedgerJson(page).obligations).toEqual(json.obligations);
  const { rows } = await valueOf(bridge.request('ledger.rows', { repository: id, from: 0, count: 10 }));
  const part = ledgerSchema.parse(JSON.parse(await reportOf(window, id, 'json', [rows[1]!.id])));
  expect([part.obligations.map((one) => one.file), part.notAsked]).toEqual([['b.smt2'], rows.length - 1]);
  expect(JSON.parse(await reportOf(window, id, 'sarif'))).toMatchObject({ version: '2.1.0' });
  expect(await reportOf(window, id, 'junit')).toContain('<testsuites');
  expect(await reportOf(window, id, 'badge')).toContain('<svg');
  expect(await bridge.request('report.read', { report: 'none', offset: 0, length: 10 })).toMatchObject({ ok: false, problem: { kind: 'input' } });
}, 600_000);

it('says of a PDF that no browser is there to print it', async () => {
  const before = process.env.PATH;
  process.env.PATH = '/nowhere';
  onTestFinished(() => { process.env.PATH = before; });
  const window = await openWindow();
  const path = await folder({ 'a.smt2': PROVED });
  const { repository: id } = await valueOf(window.bridge.request('repository.open', { source: { kind: 'path', path } }));
  const end = ended(window);
  await valueOf(window.bridge.request('run.start', { repository: id, selection: {}, options: {} }));
  await end;
  expect(await window.bridge.request('report.make', { repository: id, format: 'pdf' })).toMatchObject({ ok: false, problem: { kind: 'unsupported', message: expect.stringContaining('Chromium'), remedy: expect.stringContaining('Install Chromium') } });
}, 600_000);

it('shows who signed an assumption, makes the entry, appends it once it is filled in, and says when it is void', async () => {
  const window = await openWindow();
  const { bridge } = window;
  const source = 'lemma {:axiom} Given(x: int)\n  ensures x * x >= 0\n\nmethod M(x: int)\n{\n  assume x > 0;\n}\n';
  const path = await folder({ 'a.dfy': source });
  const { repository: id } = await valueOf(bridge.request('repository.open', { source: { kind: 'path', path } }));
  const trust = () => valueOf(bridge.request('ledger.assumptions', { repository: id }));
  const first = await trust();
  expect(first.signatures).toEqual({ name: 'assay.justify.toml', exists: false, odd: [] });
  expect(first.assumptions.every((one) => one.justification === undefined)).toBe(true);
  const assumed = first.assumptions.find((one) => one.kind === 'assume')!;
  const draft = await valueOf(bridge.request('justify.entries', { repository: id, subjects: [assumed.id, 'nothing like it'], reviewer: '', reason: '' }));
  expect(draft).toMatchObject({ count: 1, left: ['nothing like it'] });
  expect(draft.text).toContain('[[assumption]]');
  // Nobody has filled in who and why.
  for (const [reviewer, reason] of [['', 'because'], ['R. Viewer', '  ']] as const) expect(await bridge.request('justify.append', { repository: id, subjects: [assumed.id], reviewer, reason })).toMatchObject({ ok: false, problem: { kind: 'input' } });

  expect(await valueOf(bridge.request('justify.append', { repository: id, subjects: [assumed.id], reviewer: 'R. Viewer', reason: 'The caller checks it' }))).toMatchObject({ kind: 'written' });
  const file = join(path, 'assay.justify.toml');
  const once = readFileSync(file, 'utf8');
  expect((await trust()).assumptions.find((one) => one.id === assumed.id)?.justification).toMatchObject({ state: 'valid', reviewer: 'R. Viewer', reason: 'The caller checks it', date: new Date().toISOString().slice(0, 10) });
  expect(await bridge.request('justify.append', { repository: id, subjects: [assumed.id], reviewer: 'R. Viewer', reason: 'again' })).toMatchObject({ ok: false, problem: { message: 'Nothing of this is left to sign' } });
  const other = (await trust()).assumptions.find((one) => one.id !== assumed.id)!;
  await valueOf(bridge.request('justify.append', { repository: id, subjects: [other.id], reviewer: 'R. Viewer', reason: 'Known' }));
  expect(readFileSync(file, 'utf8').startsWith(once)).toBe(true);
  expect((await trust()).signatures).toMatchObject({ exists: true, odd: [] });

  writeFileSync(join(path, 'a.dfy'), source.replace('x > 0', 'x > 1'));
  await valueOf(bridge.request('repository.plan', { repository: id, again: true }));
  const after = await trust();
  expect(after.assumptions.find((one) => one.kind === 'assume')?.justification).toMatchObject({ state: 'void', why: 'what was signed has changed' });
  expect(after.signatures.odd).toMatchObject([{ state: 'void', kind: 'assume' }]);

  // A broken file is not made longer.
  writeFileSync(file, `${readFileSync(file, 'utf8')}nonsense = \n`);
  await valueOf(bridge.request('repository.plan', { repository: id, again: true }));
  expect((await trust()).signatures.problem).toBeDefined();
  expect(await bridge.request('justify.append', { repository: id, subjects: [after.assumptions.find((one) => one.kind === 'assume')!.id], reviewer: 'R. Viewer', reason: 'x' })).toMatchObject({ ok: false, problem: { remedy: expect.stringContaining('Repair') } });
}, 600_000);
