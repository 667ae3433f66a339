/** The guard's second half alone, without the structural one: what Dafny itself says of code and of what is taken on trust. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Confirmation, ConfirmContext } from '../../../toolchains/guard.ts';
import { confirmDafny, findingsOf } from '../../../toolchains/dafny/guard/confirm.ts';
import { dafny } from '../../../toolchains/dafny/index.ts';
import { runProcess } from '../../../toolchains/process.ts';
import { folderTree, temporaryFolder, TEST_LIMITS } from '../check-context.ts';
import { hasDafny, SLOW_MS, tools } from './tools.ts';

const BASE = `function Twice(x: int): int { x + x }
method Copy(n: nat) returns (r: nat) ensures r == n {
  r := 0;
  ghost var before := r;
  while r < n { r := r + 1; }
  expect r >= 0, "never";
}
lemma {:axiom} Given(x: int) ensures Twice(x) == 2 * x
`;
const HONEST = `${BASE.replace('while r < n', 'while r < n\n    invariant r <= n\n   ').replace('expect', 'assert r == n by { Added(r); }\n  ghost var after := r;\n  expect')}lemma Added(x: int) ensures x + 0 == x { }\n`;

const CHEATS: readonly (readonly [string, string, string])[] = [
  ['a changed statement', 'changed-code', HONEST.replace('r := r + 1', 'r := n')],
  ['a changed function', 'changed-code', HONEST.replace('{ x + x }', '{ 2 * x }')],
  ['an added statement', 'changed-code', HONEST.replace('r := 0;', 'r := 0; print r;')],
  ['a ghost variable that is one no more', 'changed-code', HONEST.replace('ghost var before', 'var before')],
  ['an expect that is gone', 'changed-code', HONEST.replace('expect r >= 0, "never";', '')],
  ['code that does not compile', 'changed-code', HONEST.replace('{ r := r + 1; }', 'decreases *')],
  ['a lemma without a body', 'assumption', HONEST.replace('x + 0 == x { }', 'x + 0 == x')],
  ['a lemma that is an axiom', 'assumption', HONEST.replace('lemma Added', 'lemma {:axiom} Added')],
  ['an assumption', 'assumption', HONEST.replace('ghost var after := r;', 'ghost var after := r; assume {:axiom} r > 0;')],
  ['an assumption in an expression', 'assumption', HONEST.replace('ghost var after := r;', 'ghost var after := (assume {:axiom} r > 0; r);')],
  ['what is not verified', 'assumption', HONEST.replace('lemma Added', 'lemma {:verify false} Added')],
];

describe('what an audit said', () => {
  const said = (text: string, reason: 'exited' | 'wall' = 'exited') => findingsOf({ exit: { reason, code: 0 }, stdout: { content: Buffer.from(text), bytes: text.length, truncated: false } } as unknown as Parameters<typeof findingsOf>[0]);
  it('is read without places, and other warnings are not of it', () => {
    expect(said('a.dfy(1,2): Warning: of the resolver\na.dfy(3,4): Warning: L: has no body\nDafny auditor completed with 1 finding\n')).toEqual(['L: has no body']);
    expect(said('Dafny auditor completed with 0 findings\n')).toEqual([]);
  });
  it('is nothing where it is not complete or does not add up', () => {
    expect(said('a.dfy(3,4): Warning: L: has no body\n')).toBeUndefined();
    expect(said('Dafny auditor completed with 2 findings\n')).toBeUndefined();
    expect(said('Dafny auditor completed with 0 findings\n', 'wall')).toBeUndefined();
  });
});

describe.skipIf(!hasDafny)('dafny on base and candidate (needs dafny)', { timeout: SLOW_MS }, () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>, room: string, context: ConfirmContext;
  let ask: (candidate: string, base?: string) => Promise<Confirmation>;
  beforeAll(async () => {
    folder = await temporaryFolder({ 'a.dfy': BASE, 'b.dfy': 'method NoBody() returns (x: int) ensures x > 0\n' });
    room = await mkdtemp(join(tmpdir(), 'assay-work-'));
    const tree = await folderTree(folder.root);
    const { projects } = await dafny.recognise(tree);
    const signal = new AbortController().signal;
    const contexts = new Map<string, ConfirmContext>();
    for (const project of projects) {
      const outline = await dafny.outline(project, { tree, tools, trusted: false, signal, workspace: async () => room, run: () => { throw new Error('an outline runs nothing'); } });
      for (const unit of outline.units) contexts.set(unit.inputs.files.find((path) => path.endsWith('.dfy'))!, {
        tree, tools, limits: TEST_LIMITS, signal, unit, workspace: async () => room,
        run: ({ tool, args, cwd, env }) => runProcess({ file: tool.path, args, cwd, signal, ...(env ? { env } : {}), limits: { wallSeconds: 120, memoryMb: 4096, outputBytes: 1 << 20, floodBytes: 1 << 24 } }),
      });
    }
    context = contexts.get('a.dfy')!;
    ask = (candidate, file = 'a.dfy') => {
      const own = contexts.get(file) ?? context;
      const before = new Map([[file, file === 'a.dfy' ? BASE : 'method NoBody() returns (x: int) ensures x > 0\n']]);
      return confirmDafny({ tree, project: projects[0]!, before, after: new Map([[file, candidate]]), caps: {}, allowedImports: new Set() }, own);
    };
  }, SLOW_MS);
  afterAll(async () => { await folder.dispose(); await rm(room, { recursive: true, force: true }); });

  it('confirms proof text, also where it moves the places that the program prints', async () => {
    const answer = await ask(HONEST);
    expect(answer).toMatchObject({ kind: 'confirmed', by: [expect.stringMatching(/^dafny translate js: \d+ equal bytes$/), 'dafny audit: 1 finding, none anew'] });
    expect(answer.attempts).toHaveLength(4);
  });
  it.each(CHEATS)('refuses %s', async (_, rule, candidate) => {
    expect(candidate).not.toBe(HONEST);
    const answer = await ask(candidate);
    expect(answer).toMatchObject({ kind: 'refused', reasons: expect.arrayContaining([expect.objectContaining({ rule, file: 'a.dfy' })]) });
  });
  it('is open where the base does not compile, but not for what compiles then or for more that is assumed', async () => {
    expect(await ask('method NoBody() returns (x: int) ensures x > 0\nlemma Added() { }\n', 'b.dfy')).toMatchObject({ kind: 'open', why: expect.stringContaining('does not compile') });
    expect(await ask('method NoBody() returns (x: int) ensures x > 0 { x := 1; }\n', 'b.dfy')).toMatchObject({ kind: 'refused', reasons: [{ rule: 'changed-code' }] });
    expect(await ask('method NoBody() returns (x: int) ensures x > 0\nlemma Added() ensures false\n', 'b.dfy')).toMatchObject({ kind: 'refused', reasons: [{ rule: 'assumption' }] });
  });
  it('is open without dafny', async () => {
    expect(await confirmDafny({ tree: context.tree, project: { id: 'x' } as never, before: new Map(), after: new Map([['a.dfy', HONEST]]), caps: {}, allowedImports: new Set() }, { ...context, tools: [] })).toMatchObject({ kind: 'open' });
  });
});
