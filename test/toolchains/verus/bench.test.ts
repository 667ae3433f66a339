/** Sixty recorded runs on real files, replayed by a real child process: every verdict against the record and the manifest. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkFolder, temporaryFolder, type Checked } from '../check-context.ts';
import { verus } from '../../../toolchains/verus/index.ts';
import { hasRecorded, RECORDED, replaying, type Recording } from './replay.ts';

const SETS = ['bench', 'bench-as-published'];
interface Case { readonly id: string; readonly source: string; readonly folder: string; readonly code: number }

function casesOf(set: string): Case[] {
  if (!hasRecorded) return [];
  const root = join(RECORDED, set);
  return readdirSync(root).filter((name) => existsSync(join(root, name, 'stdout.json'))).map((id) => {
    const sources = join(RECORDED, 'bench', id, `${id}.rs`);
    return { id, folder: join(root, id), source: readFileSync(sources, 'utf8'), code: Number(readFileSync(join(root, id, 'rc'), 'utf8').trim()) };
  });
}

describe.each(SETS)('%s', (set) => {
  const cases = casesOf(set);
  let checked: Checked;
  let dispose: (() => Promise<void>)[] = [];
  beforeAll(async () => {
    if (cases.length === 0) return;
    const runs: Record<string, Recording> = {};
    for (const one of cases) runs[one.id] = { stdout: join(one.folder, 'stdout.json'), stderr: join(one.folder, 'stderr.jsonl'), code: one.code };
    const replay = await replaying(runs);
    const folder = await temporaryFolder(Object.fromEntries(cases.map((one) => [`${one.id}.rs`, one.source])));
    dispose = [replay.dispose, folder.dispose];
    checked = await checkFolder(verus, folder.root, { tools: replay.tools });
  }, 240_000);
  afterAll(async () => { for (const one of dispose) await one(); });

  it.skipIf(!hasRecorded).each(cases.map((one) => [one.id, one] as const))('%s (needs recorded runs)', (id, one) => {
    const results = checked.results.filter((result) => result.obligation.startsWith(`verus:${id}.rs#`));
    const kinds = new Map(results.map((result) => [result.obligation.slice(result.obligation.indexOf('#') + 1), result.verdict.kind]));
    const output = JSON.parse(readFileSync(join(one.folder, 'stdout.json'), 'utf8')) as Recorded;
    const records = output['times-ms']?.smt?.['smt-run-module-times'].flatMap((module) => module['function-breakdown']) ?? [];
    if (records.length === 0) {
      expect([...new Set(kinds.values())]).toEqual([readFileSync(join(one.folder, 'stderr.jsonl'), 'utf8').includes('panicked at') ? 'crashed' : 'malformed']);
      return;
    }
    for (const record of records) expect([record.function, kinds.get(record.function)]).toEqual([record.function, record.success ? 'proved' : 'failed']);
    // Nothing is green that the run did not name, and nothing certain is left without a word.
    expect([...kinds].filter(([name, kind]) => kind === 'proved' && !records.some((record) => record.function === name))).toEqual([]);
    expect([...kinds.values()].filter((kind) => kind === 'unknown')).toEqual([]);
    expect([...kinds.values()].includes('failed')).toBe(one.code !== 0);
    if (one.code !== 0) expect(results.some((result) => result.diagnostics.some((diagnostic) => diagnostic.severity === 'error' && diagnostic.file === `${id}.rs`))).toBe(true);
  });

  it.skipIf(!hasRecorded || set !== 'bench')('agrees with the manifest where this Verus takes the file (needs recorded runs)', () => {
    const wrong = cases.filter((one) => {
      const kinds = new Set(checked.results.filter((result) => result.obligation.startsWith(`verus:${one.id}.rs#`)).map((result) => result.verdict.kind));
      if (kinds.has('malformed') || kinds.has('crashed')) return false;
      return one.id.endsWith('_reference') ? kinds.has('failed') || !kinds.has('proved') : !kinds.has('failed');
    });
    expect(wrong.map((one) => one.id)).toEqual(['cloverbench_all_digits_strong_task']); // verifies as it stands
  });
});

interface Recorded { readonly 'times-ms'?: { readonly smt?: { readonly 'smt-run-module-times': readonly { readonly 'function-breakdown': readonly { readonly function: string; readonly success: boolean }[] }[] } } }
