/** The recorded query files of Verus: which check is whose, and local solvers' answers against the record. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { CheckContext, Limits, Obligation, ObligationResult, Tool } from '../../../toolchains/contract.ts';
import { runProcess } from '../../../toolchains/process.ts';
import { smt } from '../../../toolchains/smt/index.ts';
import { readQueries } from '../../../toolchains/verus/queries.ts';
import { instability, replayQueries } from '../../../toolchains/verus/replay.ts';
import { folderTree, TEST_LIMITS, toolsOf } from '../check-context.ts';
import { project } from './read.ts';

const ROOT = resolve('../shared/data/recorded/verus-smt');
const hasQueries = existsSync(ROOT);
const programs = hasQueries ? readdirSync(ROOT).filter((name) => existsSync(join(ROOT, name, 'stdout.json')) && readdirSync(join(ROOT, name)).some((file) => file.endsWith('.smt2'))) : [];
const tools = await toolsOf(smt);
const z3 = tools.filter((tool) => tool.id === 'z3').slice(0, 1);

interface Recorded { readonly 'times-ms'?: { readonly smt?: { readonly 'smt-run-module-times': readonly { readonly 'function-breakdown': readonly { readonly function: string; readonly success: boolean }[] }[] } } }
function recordsOf(name: string): Map<string, boolean> {
  const output = JSON.parse(readFileSync(join(ROOT, name, 'stdout.json'), 'utf8')) as Recorded;
  return new Map((output['times-ms']?.smt?.['smt-run-module-times'] ?? []).flatMap((module) => module['function-breakdown'].map((one) => [one.function, one.success])));
}

/** Every program's files replayed as `check` does it. */
async function replay(name: string, withTools: readonly Tool[], wallSeconds: number, effort: Limits['effort'] = 1): Promise<Map<string, string[]>> {
  const tree = await folderTree(join(ROOT, name));
  const work = await mkdtemp(join(tmpdir(), 'assay-queries-'));
  const discovered = new Map<string, Obligation>();
  const kinds = new Map<string, string[]>();
  const owner = project(name);
  const unit = { id: owner.id, project: owner.id, label: name, obligations: [], inputs: { files: [] }, options: {}, executesCode: false };
  const signal = new AbortController().signal;
  const limits = { ...TEST_LIMITS, wallSeconds, effort };
  const context: CheckContext = {
    tree, project: owner, unit, asked: [], limits, tools: withTools, trusted: false, signal, read: (path) => tree.read(path), workspace: () => Promise.resolve(work),
    run: (job) => runProcess({ file: job.tool.path, args: job.args, cwd: job.cwd, signal, limits: { wallSeconds, memoryMb: 4096, outputBytes: 2 ** 24, floodBytes: 2 ** 26, ...job.limits } }),
    compute: (_, body) => body(signal), discover: (one) => { discovered.set(one.id, one); },
    report: (result: ObligationResult) => {
      const name = discovered.get(result.obligation)!.symbol.replace(/ query \d+$/, '');
      kinds.set(name, [...kinds.get(name) ?? [], result.verdict.kind]);
    },
  };
  await replayQueries(context, tree.root, new Map());
  await rm(work, { recursive: true, force: true });
  return kinds;
}

describe.skipIf(!hasQueries)('query files (needs recorded queries)', () => {
  it('gives every function with a record its queries, and no other', () => {
    const wrong: string[] = [];
    let files = 0;
    for (const name of programs) {
      const asked = new Set<string>();
      for (const file of readdirSync(join(ROOT, name)).filter((one) => one.endsWith('.smt2'))) {
        files++;
        const { script, queries } = readQueries(readFileSync(join(ROOT, name, file)));
        if (script.problem) wrong.push(`${name}/${file}: ${script.problem.message}`);
        for (const query of queries) { asked.add(query.function); if (!query.place) wrong.push(`${name}: ${query.function} has no place`); }
      }
      const records = recordsOf(name);
      for (const one of asked) if (!records.has(one)) wrong.push(`${name}: ${one} has no record`);
    }
    expect(files).toBe(150);
    expect(wrong).toEqual([]);
  });

  const SMALL = ['adts', 'assertions', 'bitmap', 'debug', 'modules', 'overflow', 'recursion', 'test_expand_errors', 'traits'];
  it.skipIf(z3.length === 0).each(SMALL)('%s: replayed queries agree with the record (needs z3)', async (name) => {
    const records = recordsOf(name);
    const kinds = await replay(name, z3, 10);
    expect(kinds.size).toBeGreaterThan(0);
    for (const [symbol, some] of kinds) expect([symbol, some.every((kind) => kind === 'proved')]).toEqual([symbol, records.get(symbol)]);
  }, 120_000);

  it.skipIf(z3.length === 0)('asks under other seeds where more effort is, and answers the same (needs z3)', async () => {
    const [plain, seeded] = [await replay('adts', z3, 10), await replay('adts', z3, 10, 3)];
    expect(seeded).toEqual(plain);
  }, 120_000);
});

describe('a query that hangs by the seed', () => {
  const query = { check: { number: 1 } } as Parameters<typeof instability>[0];
  const tool = (path: string) => ({ id: 'z3', version: '4.13.3', path }) as Tool;
  const said = (seed: number, answer: 'unsat' | 'unknown', path = '/z3') => ({ seed, tool: tool(path), answers: new Map([[1, { answer }]]) }) as unknown as Parameters<typeof instability>[1][number];
  it('is told by the seeds under which it was shown', () => {
    expect(instability(query, [said(0, 'unsat'), said(17, 'unknown'), said(42, 'unsat')])).toBe('z3 4.13.3 shows it under 2 of 3 seeds (0, 42)');
  });
  it('is none where all agree, or only another solver differs', () => {
    expect(instability(query, [said(0, 'unsat'), said(17, 'unsat')])).toBeUndefined();
    expect(instability(query, [said(0, 'unknown'), said(17, 'unknown')])).toBeUndefined();
    expect(instability(query, [said(0, 'unsat'), said(17, 'unsat'), said(0, 'unknown', '/other')])).toBeUndefined();
    expect(instability(query, [said(0, 'unsat')])).toBeUndefined();
  });
});
