import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import type { Tool } from '../../../toolchains/contract.ts';
import { embeddedThreads } from '../../../toolchains/sat/embedded.ts';
import { sat } from '../../../toolchains/sat/index.ts';
import { checkFolder, temporaryFolder, toolsOf, type CheckOptions } from '../check-context.ts';
import { dimacs, isSatisfiable, liar, pigeons, smallFormulas, SMALL_VARIABLES } from './formulas.ts';

const tools = await toolsOf(sat);
const only = (id: string): readonly Tool[] => tools.filter((tool) => tool.id === id);
const has = (id: string): boolean => only(id).length > 0;
const isBuilt = existsSync(join(import.meta.dirname, '../../../dist/toolchains/sat/embedded.worker.mjs'));
const samples = join(import.meta.dirname, '../../../samples/sat');
const visible = join(import.meta.dirname, '../../../../shared/data/visible/sat');

const UNSATISFIABLE = dimacs(pigeons(4, 3));
const SATISFIABLE = dimacs([[1, 2], [-1, 2], [1, -2, 3]]);
const folders: { dispose: () => Promise<void> }[] = [];

async function folderOf(files: Readonly<Record<string, string | Buffer>>): Promise<string> {
  const folder = await temporaryFolder(files);
  folders.push(folder);
  return folder.root;
}

async function one(content: string | Buffer, options: CheckOptions) {
  const checked = await checkFolder(sat, await folderOf({ 'a.cnf': content }), options);
  expect(checked.results).toHaveLength(1);
  return checked.results[0]!;
}

/** With programs made for the test as the only tools. */
async function lying(content: string, script: string, options: CheckOptions & { version?: string; truth?: string } = {}) {
  const bin = join(await folderOf({}), 'bin');
  await mkdir(bin);
  await liar(bin, script, options.version);
  const found = (await toolsOf(sat, bin)).filter((tool) => !tool.embedded);
  expect(found).toHaveLength(1);
  return one(content, { ...options, tools: found });
}

afterEach(async () => { for (const folder of folders.splice(0)) await folder.dispose(); });
afterAll(() => embeddedThreads.close());

describe.each(['cadical', 'kissat', 'cryptominisat5', 'minisat', 'picosat', 'clasp', 'z3-embedded'])('with %s', (id) => {
  const isThere = has(id) && (id !== 'z3-embedded' || isBuilt);
  const certifies = ['cadical', 'kissat', 'z3-embedded'].includes(id);

  it.skipIf(!isThere)(`unsat is proved, with a certificate where it writes one (needs ${id})`, async () => {
    const result = await one(UNSATISFIABLE, { tools: only(id) });
    expect(result.verdict).toEqual({ kind: 'proved', answer: 'unsat' });
    expect(result.certificate?.checkedBy).toBe(certifies ? 'assay' : undefined);
    expect(result.confirmed.map((one) => one.by)).toEqual(certifies ? ['assay'] : []);
    expect(result.attempts[0]?.outputs.some((output) => output.name.startsWith('proof.'))).toBe(certifies);
  });
  it.skipIf(!isThere)(`sat is refuted, with a model that was checked (needs ${id})`, async () => {
    const result = await one(SATISFIABLE, { tools: only(id) });
    expect(result.verdict).toMatchObject({ kind: 'refuted', answer: 'sat', counterexample: { status: 'checked', witness: 'model' } });
    expect(result.certificate).toMatchObject({ format: 'model', output: 'model', checkedBy: 'assay' });
    expect(result.attempts[0]?.outputs.some((output) => output.name === 'model')).toBe(true);
  });
  it.skipIf(!isThere)(`--expect sat turns the question round (needs ${id})`, async () => {
    expect((await one(SATISFIABLE, { tools: only(id), limits: { expect: 'sat' } })).verdict.kind).toBe('covered');
    expect((await one(UNSATISFIABLE, { tools: only(id), limits: { expect: 'sat' } })).verdict.kind).toBe('failed');
  });
  it.skipIf(!isThere)(`the smallest formulas (needs ${id})`, async () => {
    expect((await one('p cnf 0 0\n', { tools: only(id) })).verdict.kind).toBe('refuted');
    expect((await one('p cnf 7 0\n', { tools: only(id) })).verdict.kind).toBe('refuted');
    expect((await one('p cnf 0 1\n0\n', { tools: only(id) })).verdict.kind).toBe('proved');
    expect((await one('p cnf 2 3\n1 -1 0\n2 2 2 0\n-2 0\n', { tools: only(id) })).verdict.kind).toBe('proved');
    expect((await one('p cnf 9 2\n1 -1 0\n9 0\n', { tools: only(id) })).verdict.kind).toBe('refuted');
  });
  it.skipIf(!isThere)(`agrees with brute force on random formulas (needs ${id})`, async () => {
    await fc.assert(fc.asyncProperty(smallFormulas, async (clauses) => {
      const { verdict } = await one(dimacs(clauses), { tools: only(id) });
      expect(verdict.kind).toBe(isSatisfiable(clauses, SMALL_VARIABLES) ? 'refuted' : 'proved');
    }), { numRuns: 25 });
  });
});

describe('solvers that lie', () => {
  it.each<[string, string, string, string]>([
    ['a model that is wrong', SATISFIABLE, 'echo "s SATISFIABLE"; echo "v 1 -2 3 0"; exit 10', 'unknown'],
    ['a model that says too little', SATISFIABLE, 'echo "s SATISFIABLE"; echo "v 1 0"; exit 10', 'unknown'],
    ['a model with both values', SATISFIABLE, 'echo "s SATISFIABLE"; echo "v 1 -1 2 3 0"; exit 10', 'unknown'],
    ['a model of another formula', SATISFIABLE, 'echo "s SATISFIABLE"; echo "v 1 2 3 4 0"; exit 10', 'unknown'],
    ['a model for what has none', UNSATISFIABLE, 'echo "s SATISFIABLE"; echo "v 1 2 3 4 5 6 7 8 9 10 11 12 0"; exit 10', 'unknown'],
    ['unsat with the exit code of sat', UNSATISFIABLE, 'echo "s UNSATISFIABLE"; exit 10', 'crashed'],
    ['unsat without a certificate', UNSATISFIABLE, 'echo "s UNSATISFIABLE"; exit 20', 'unknown'],
    ['unsat with an empty certificate', UNSATISFIABLE, 'echo "s UNSATISFIABLE"; : > "$last"; exit 20', 'unknown'],
    ['unsat with a certificate that claims it', UNSATISFIABLE, 'echo "s UNSATISFIABLE"; echo 0 > "$last"; exit 20', 'unknown'],
    ['unsat for what has a model', SATISFIABLE, 'echo "s UNSATISFIABLE"; printf "1 0\\n2 0\\n0\\n" > "$last"; exit 20', 'unknown'],
    ['a certificate that is a folder', UNSATISFIABLE, 'echo "s UNSATISFIABLE"; mkdir "$last"; exit 20', 'unknown'],
    ['v lines that break off', SATISFIABLE, 'echo "s SATISFIABLE"; printf "v 1 2 3"; exit 10', 'crashed'],
    ['two status lines', UNSATISFIABLE, 'echo "s UNSATISFIABLE"; echo "s UNSATISFIABLE"; exit 20', 'crashed'],
    ['a status in a comment', UNSATISFIABLE, 'echo "c s UNSATISFIABLE"; exit 20', 'crashed'],
    ['an exit code alone', UNSATISFIABLE, 'exit 20', 'crashed'],
    ['a crash after the answer', UNSATISFIABLE, 'echo "s UNSATISFIABLE"; kill -SEGV $$', 'crashed'],
    ['an answer and no end', UNSATISFIABLE, 'echo "s UNSATISFIABLE"; sleep 60', 'timeout'],
    ['a flood', UNSATISFIABLE, 'yes "c flood"', 'crashed'],
  ])('%s', async (_, content, script, kind) => {
    const result = await lying(content, script, { limits: { wallSeconds: 2, effort: 0 } });
    expect(result.verdict.kind).toBe(kind);
    expect(result.certificate).toBeUndefined();
    expect(result.confirmed).toEqual([]);
    expect(result.attempts).toHaveLength(1);
  });

  it('one that prints what it finds in the input gets no comment to print', async () => {
    const result = await lying(`c s UNSATISFIABLE\n${SATISFIABLE}c s UNSATISFIABLE\n`, 'for file; do test -f "$file" && sed "s/^c //" "$file" | grep "^s "; done; exit 20');
    expect(result.verdict.kind).toBe('crashed');
  });
  it('an LRAT certificate with wrong hints', async () => {
    const result = await lying(dimacs([[1, 2], [1, -2], [-1, 2], [-1, -2]]), 'echo "s UNSATISFIABLE"; printf "5 1 0 1 3 0\\n6 0 5 3 4 0\\n" > "$last"; exit 20', { version: '2.1.3' });
    expect(result.verdict).toMatchObject({ kind: 'unknown', reason: expect.stringMatching(/certificate of cadical was rejected: line 1/) as unknown });
  });
  it.skipIf(!has('minisat'))('the next engine in turn still answers (needs minisat)', async () => {
    const bin = join(await folderOf({}), 'bin');
    mkdirSync(bin);
    await liar(bin, 'echo "s UNSATISFIABLE"; echo 0 > "$last"; exit 20');
    const both = [...(await toolsOf(sat, bin)).filter((tool) => tool.id === 'cadical'), ...only('minisat')];
    const result = await one(SATISFIABLE, { tools: both });
    expect(result.verdict.kind).toBe('refuted');
    expect(result.attempts.map((attempt) => attempt.tool)).toEqual(['minisat', 'cadical']);
  });
});

describe('efforts', () => {
  const native = tools.filter((tool) => ['cadical', 'minisat', 'picosat'].includes(tool.id));
  it.skipIf(native.length < 3)('0 starts one engine; from 2 they race (needs cadical, minisat, picosat)', async () => {
    expect((await one(UNSATISFIABLE, { tools: native, limits: { effort: 0 } })).attempts.map((attempt) => attempt.tool)).toEqual(['cadical']);
    const raced = await one(UNSATISFIABLE, { tools: native, limits: { effort: 3 } });
    expect(raced.verdict.kind).toBe('proved');
    expect(raced.attempts.length).toBeGreaterThan(1);
  });
  it.skipIf(!has('cadical'))('a hard formula runs out of time, twice at most in turn (needs cadical)', async () => {
    const result = await one(dimacs(pigeons(12, 11)), { tools: only('cadical'), limits: { wallSeconds: 1 } });
    expect(result.verdict).toMatchObject({ kind: 'timeout', seconds: 1 });
  });
  it.skipIf(!isBuilt)('the embedded engine is ended by the clock and by cancelling (needs the build)', async () => {
    const hard = dimacs(pigeons(12, 11));
    expect((await one(hard, { tools: only('z3-embedded'), limits: { wallSeconds: 2 } })).verdict.kind).toBe('timeout');
    const stop = new AbortController();
    setTimeout(() => { stop.abort(); }, 1000);
    expect((await one(hard, { tools: only('z3-embedded'), limits: { wallSeconds: 60 }, signal: stop.signal })).verdict.kind).toBe('cancelled');
  });
});

describe('recognition and bad input', () => {
  it('one file is one project with one obligation; packed files are named', async () => {
    const root = await folderOf({ 'a b/x.cnf': SATISFIABLE, 'y.DIMACS': SATISFIABLE, 'z.cnf.gz': 'x', 'n.txt': 'x' });
    const checked = await checkFolder(sat, root, { tools: [] });
    expect(checked.obligations.map((one) => one.id)).toEqual(['sat:a b/x.cnf#cnf', 'sat:y.DIMACS#cnf']);
    expect(checked.results.map((one) => one.verdict.kind)).toEqual(['tool-missing', 'tool-missing']);
  });
  it('a file that cannot be read as DIMACS is malformed, with the line', async () => {
    const result = await one('p cnf 1 1\n1 0 0\n', { tools });
    expect(result.verdict).toMatchObject({ kind: 'malformed', reason: expect.stringMatching(/^a\.cnf:3: declares 1 clauses and has 2/) as unknown });
    expect(result.diagnostics[0]).toMatchObject({ severity: 'error', file: 'a.cnf', range: { start: { line: 3, column: 1 } } });
    expect((await one(Buffer.from([0, 1, 2]), { tools })).verdict.kind).toBe('malformed');
    expect((await one('', { tools })).verdict.kind).toBe('malformed');
  });
  it.skipIf(!has('cadical'))('the command to reproduce quotes what it must (needs cadical)', async () => {
    const checked = await checkFolder(sat, await folderOf({ "it's here.cnf": SATISFIABLE }), { tools: only('cadical') });
    expect(sat.reproduce(checked.results[0]!.attempts[0]!, checked.obligations[0]!)).toMatch(/cadical -q .*'it'\\''s here\.cnf' proof\.\w+$/);
  });
});

describe('known answers', () => {
  it.skipIf(!has('cadical'))('the samples give the verdicts that they name (needs cadical)', async () => {
    const checked = await checkFolder(sat, samples, { tools: only('cadical') });
    expect(Object.fromEntries(checked.results.map((one) => [one.obligation, one.verdict.kind]))).toEqual({
      'sat:petersen-2-colours.cnf#cnf': 'proved', 'sat:petersen-3-colours.cnf#cnf': 'refuted', 'sat:pigeonhole-5-4.cnf#cnf': 'proved',
    });
  });
  it.skipIf(!existsSync(visible) || !has('cadical'))('the visible instances agree (needs cadical, shared data)', async () => {
    const [header, ...rows] = readFileSync(join(visible, 'MANIFEST.tsv'), 'utf8').trimEnd().split('\n').map((line) => line.split('\t'));
    const expected = rows.filter((row) => row[header!.indexOf('role')] === 'task').map((row) => [`sat:${row[header!.indexOf('file')]}#cnf`, row[header!.indexOf('expected_verdict')]]);
    const checked = await checkFolder(sat, visible, { tools: only('cadical') });
    const answers = checked.results.map((one) => [one.obligation, 'answer' in one.verdict ? one.verdict.answer?.toUpperCase() : one.verdict.kind]);
    expect(Object.fromEntries(answers)).toEqual(Object.fromEntries(expected));
  });
});
