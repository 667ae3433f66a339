/** Honest proofs that people wrote: tasks whose hints were removed, and their references (needs ../shared/data). */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { toolchains } from '../../toolchains/registry.ts';
import { requestOf } from './request.ts';

const visible = join(import.meta.dirname, '../../../shared/data/visible');
/** References that change more than proof text: a main function with tests, another signature, code rewritten, other imports. */
const CHANGED = /^(?:mbpp_|diffy_brs2|misc_cell_2_sum|misc_deduplicate|IR__|MA__|ST__)/;

function pairs(folder: string, ending: string): { name: string; base: string; candidate: string }[] {
  const path = join(visible, folder);
  if (!existsSync(path)) return [];
  return readdirSync(path).filter((name) => name.endsWith(`.task${ending}`)).map((name) => ({
    name, base: readFileSync(join(path, name), 'utf8'), candidate: readFileSync(join(path, name.replace('.task.', '.reference.')), 'utf8'),
  }));
}

const guardOf = (id: string) => toolchains.find((one) => one.id === id)!.guard!;

describe.skipIf(!existsSync(visible))('published proofs (needs ../shared/data)', () => {
  it.each(pairs('dafny/dafnybench', '.dfy'))('Dafny: $name', async ({ base, candidate }) => {
    const answer = await guardOf('dafny')(requestOf({ toolchain: 'dafny', file: 'a.dfy', base, candidate }));
    expect(answer.kind, JSON.stringify(answer)).toBe('unchanged-but-for-proof');
  });
  const verus = [...pairs('verus/verus-bench', '.rs'), ...pairs('verus/verusage-bench', '.rs')];
  it.each(verus.filter(({ name }) => !CHANGED.test(name)))('Verus: $name', async ({ base, candidate }) => {
    const answer = await guardOf('verus')(requestOf({ toolchain: 'verus', file: 'a.rs', base, candidate }));
    expect(answer.kind, JSON.stringify(answer)).toBe('unchanged-but-for-proof');
  });
  it.each(verus.filter(({ name }) => CHANGED.test(name)))('Verus, where the reference changes more than proofs: $name', async ({ base, candidate }) => {
    const answer = await guardOf('verus')(requestOf({ toolchain: 'verus', file: 'a.rs', base, candidate }));
    expect(answer.kind).toBe('refused');
  });
});
