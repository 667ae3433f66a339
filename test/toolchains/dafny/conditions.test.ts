/** Verification conditions: matched with the log in number, name and outcome, and raced over solvers. */
import { mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dafny } from '../../../toolchains/dafny/index.ts';
import { nameOfFile, readConditions } from '../../../toolchains/dafny/conditions/files.ts';
import { readLog, type LoggedSymbol } from '../../../toolchains/dafny/log.ts';
import { runProcess } from '../../../toolchains/process.ts';
import { hasDafny, SLOW_MS, told, tools } from './tools.ts';

describe('names of condition files', () => {
  it.each([
    ['vc-Impl___module.__default.SumApp_split0.smt2', 'SumApp', 'correctness', 0],
    ["vc-CheckWellformed__A__x_mB_k.C_q.G_split12.smt2", "A_x.B'.C?.G", 'well-formedness', 12],
    ['vc-CheckWellFormed___module.Even_split0.smt2', 'Even', 'well-formedness', 0],
    ['vc-Impl__A__x_mB_k.C_q.__ctor_split0.smt2', "A_x.B'.C?._ctor", 'correctness', 0],
    ['vc-Impl___module.__default.LL_h_split0.smt2', 'LL#', 'correctness', 0],
    ['vc-OverrideCheck___module.K.P_split0.smt2', 'K.P', 'override check', 0],
  ])('%s', (file, name, aspect, split) => { expect(nameOfFile(file)).toEqual({ name, aspect, split }); });
  it.each(['vc-Impl___module.__default.M_split0.1.smt2', 'vc-Other___module.__default.M_split0.smt2', 'vc-Impl___module.__default.M_x_split0.smt2', 'vc-.smt2', 'x.smt2'])('%s is none', (file) => { expect(nameOfFile(file)).toBeUndefined(); });
});

const MIXED = 'method {:isolate_assertions} M(x: int) returns (y: int) requires x > 2 ensures y > 3 { assert x > 1; y := x + 1; assert y != 7; }\nlemma L() ensures 1 == 2 { }\nfunction m(x: int): int requires x > 0 { 5 / x }\nfunction F(x: int): int requires x > 0 { 5 / x }\n';

describe.skipIf(!hasDafny)('conditions of a run (needs dafny, z3)', { timeout: SLOW_MS }, () => {
  let folder = '';
  let logged: readonly LoggedSymbol[] = [];
  const file = (name: string): string => join(folder, name);
  const all = () => readConditions(folder, logged, new Set(logged.map((one) => `${one.name} (${one.aspect})`)));
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'assay-conditions-'));
    await writeFile(file('a.dfy'), MIXED);
    const [program, z3] = [tools.find((tool) => tool.id === 'dafny')!, tools.find((tool) => tool.id === 'z3')!];
    const result = await runProcess({
      file: program.path, cwd: folder, limits: { wallSeconds: 120, memoryMb: 4096, outputBytes: 1e7, floodBytes: 1e8 },
      args: ['verify', '--json-output', '--log-format=json', '--allow-warnings', '--error-limit=0', `--solver-path=${z3.path}`, `--solver-log=${file('vc-@PROC@.smt2')}`, 'a.dfy'],
    });
    logged = readLog(result.stdout.content, false).symbols!;
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('each task has its file; names that differ by case alone have none', async () => {
    expect(logged.map((one) => `${one.name} (${one.aspect}) ${one.tasks.map((task) => task.outcome)}`)).toEqual(['M (correctness) Valid,Invalid,Valid', 'L (correctness) Invalid', 'm (well-formedness) Valid', 'F (well-formedness) Valid']);
    const conditions = await all();
    expect([...conditions].map(([key, own]) => [key, own.map((one) => one.task.outcome)])).toEqual([['M (correctness)', ['Valid', 'Invalid', 'Valid']], ['L (correctness)', ['Invalid']], ['m (well-formedness)', ['Valid']], ['F (well-formedness)', ['Valid']]]);
    const twins = await readConditions(folder, [...logged, { ...logged[3]!, name: 'f' }], new Set(['F (well-formedness)']));
    expect(twins.size).toBe(0);
  });

  it.each([
    ['a file is missing', async (name: string) => { await rm(file(name)); }],
    ['another answer is noted in a file', async (name: string) => { await writeFile(file(name), (await readFile(file(name), 'latin1')).replace(/^; (?:Invalid|Valid)$/m, '; Timed out')); }],
    ['a file was cut', async (name: string) => { await writeFile(file(name), (await readFile(file(name), 'latin1')).slice(0, 3000)); }],
    ['the question was replaced', async (name: string) => { await writeFile(file(name), (await readFile(file(name), 'latin1')).replace(/\(assert \(not\s+\(=> \(= \(ControlFlow/, '(assert false)\n$&').replace(/\(assert \(not\s+\(=> \(= \(ControlFlow 0 0\)/, '(assert (and (=> (= (Other 0 0)')); }],
    ['an answer was asked for before', async (name: string) => { await writeFile(file(name), (await readFile(file(name), 'latin1')).replace('(push 1)', '(push 1)\n(assert false)\n(check-sat)')); }],
    ['there is one too many', async () => { await writeFile(file('vc-Impl___module.__default.M_split3.smt2'), await readFile(file('vc-Impl___module.__default.M_split0.smt2'))); }],
  ])('a symbol has none where %s', async (_, change) => {
    const name = 'vc-Impl___module.__default.M_split1.smt2';
    const kept = await mkdtemp(join(tmpdir(), 'assay-kept-'));
    for (const one of await readdir(folder)) await writeFile(join(kept, one), await readFile(file(one)));
    await change(name);
    try {
      const conditions = await all();
      expect(conditions.has('M (correctness)')).toBe(false);
      expect(conditions.has('L (correctness)')).toBe(true);
    } finally {
      await rm(folder, { recursive: true });
      await rename(kept, folder);
    }
  });
});

const has = (id: string): boolean => tools.some((tool) => tool.id === id);
/** cvc5 1.0.3 answers in half a second. z3 4.8.12 needs 8.6 million of its resource units where Dafny asks for contradictions, and 9,000 for the rest. */
const TOO_LITTLE = 1_000_000;
const BITS = 'function isSet(x: bv10, bit: nat): bool requires 0 <= bit < 10 { (x & (1 << bit)) != 0 }\nfunction ToSeq(x: bv10): seq<bool>\n  ensures |ToSeq(x)| == 10\n  ensures forall i: nat :: 0 <= i < 10 ==> ToSeq(x)[i] == isSet(x, i)\n{ [isSet(x, 0), isSet(x, 1), isSet(x, 2), isSet(x, 3), isSet(x, 4), isSet(x, 5), isSet(x, 6), isSet(x, 7), isSet(x, 8), isSet(x, 9)] }\n';

describe.skipIf(!hasDafny || !has('cvc5'))('a race over conditions (needs dafny, z3, cvc5)', { timeout: SLOW_MS }, () => {
  it('proves what Dafny with z3 does not, and says who did', async () => {
    const { by } = await told({ 'a.dfy': BITS }, { effort: 2, limits: { wallSeconds: 20, resource: TOO_LITTLE } });
    const result = by.ToSeq!;
    expect(result.verdict).toEqual({ kind: 'proved' });
    const winner = result.attempts[0]!;
    expect(['cvc5', 'z3-embedded']).toContain(winner.tool);
    expect(winner.said).toEqual({ kind: 'proved' });
    expect(result.used).toMatch(new RegExp(`^${winner.tool} `));
    expect(result.attempts.some((attempt) => attempt.tool === 'dafny' && attempt.said?.kind === 'out-of-resource' && attempt.argv.some((word) => word.startsWith('--solver-log=')))).toBe(true);
    expect(result.attempts[0]!.outputs.map((output) => output.name)).toContain('vc-CheckWellformed___module.__default.ToSeq_split0.smt2');
    expect(dafny.reproduce(result.attempts[0]!, { file: 'a.dfy' } as never)).toMatch(new RegExp(`^dafny verify .*--solver-log=vc-@PROC@\\.smt2 a\\.dfy; .*${winner.tool === 'cvc5' ? 'cvc5' : 'z3'} .*vc-CheckWellformed___module\\.__default\\.ToSeq_split0\\.smt2`));
  });

  it('proves nothing that is false', async () => {
    const { words } = await told({ 'a.dfy': `lemma False(x: bv10) ensures x & 1 == 0 { }\nmethod Two(x: int) { assert x * x >= 0; assert x * x > 0; }\nlemma Vacuous(x: bv8) requires x < 3 requires x > 9 ensures x == 77 { }\n` }, { effort: 2, limits: { wallSeconds: 5 } });
    expect(words.False).toMatch(/^(?:failed|refuted)/);
    expect(words.Two).toMatch(/^(?:failed|refuted)/);
    expect(words.Vacuous).toBe('failed: vacuous');
  });
});
