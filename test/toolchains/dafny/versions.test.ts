/** Two versions of z3 side by side on a real program: the ledger says which proved it. The newer one comes from .ci/newer-z3. */
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dafny } from '../../../toolchains/dafny/index.ts';
import { toolsOf } from '../check-context.ts';
import { DAFNY_PATH, hasDafny, SLOW_MS, told, tools } from './tools.ts';

const NEWER = join(homedir(), '.assay-z3-4.13.3/bin');
const ODD = join(import.meta.dirname, '../../../../shared/data/visible/dafny/dafnybench-odd');
const PROGRAM = join(ODD, 'Dafny-Projects_tmp_tmph399drhy_p2_arraySplit.dfy');
const both = existsSync(join(NEWER, 'z3')) ? (await toolsOf(dafny, [DAFNY_PATH, NEWER].join(delimiter))).filter((tool) => tool.id !== 'cvc5' && !tool.embedded) : [];
const isReady = hasDafny && existsSync(PROGRAM) && both.filter((tool) => tool.id === 'z3').length > 1 && tools.find((tool) => tool.id === 'z3')?.version === '4.8.12';

describe.skipIf(!isReady)('a program with two versions of z3 (needs dafny, z3 4.8.12, z3 4.13.3, ../shared/data)', { timeout: SLOW_MS }, () => {
  it('is proved where both are there, and the ledger says by which', async () => {
    const { words, by } = await told({ 'a.dfy': readFileSync(PROGRAM) }, { tools: both, limits: { wallSeconds: 20 } });
    expect(new Set(Object.values(words)), JSON.stringify(words)).toEqual(new Set(['proved']));
    const used = Object.values(by).map((one) => one.used ?? '');
    expect(used.some((one) => one.includes('z3 4.13.3')), used.join()).toBe(true);
    expect(Object.values(by).find((one) => one.used?.includes('4.13.3'))!.attempts[0]!.argv.join(' ')).toContain(NEWER);
  });
});
