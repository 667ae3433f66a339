/** With an installed Lean: the samples have the verdicts that they say. Elsewhere skipped by name. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lean } from '../../../toolchains/lean/index.ts';
import { checkFolder, toolsOf } from '../check-context.ts';

const SAMPLES = join(import.meta.dirname, '../../../samples');
const tools = await toolsOf(lean);
const isHere = tools.some((tool) => tool.id === 'lean');

async function words(folder: string): Promise<Record<string, string>> {
  const { results } = await checkFolder(lean, join(SAMPLES, folder), { tools, trusted: true, limits: { wallSeconds: 120 } });
  return Object.fromEntries(results.map(({ obligation, verdict }) => [obligation.replace(/^[^#]*#/, ''), verdict.kind]));
}

describe.skipIf(!isHere)('the samples under Lean itself (needs lean)', { timeout: 600_000 }, () => {
  it('have their verdicts', async () => {
    expect(await words('lean')).toMatchObject({ isPrime: 'proved', large_prime: 'proved', 'Stack.pop_push': 'proved', 'Stack.length_push': 'proved', double_zero: 'proved', double_eq: 'unknown', double_comm: 'unknown' });
  });
  it.skipIf(!tools.some((tool) => tool.id === 'lean' && tool.version === '4.12.0'))('of one queue in five languages have theirs (needs lean 4.12.0)', async () => {
    expect(await words('mixed/lean')).toEqual({
      ...Object.fromEntries(['Words', 'push', 'pop', 'pop_nil', 'pop_cons', 'push_bounded'].map((name) => [`Queue.${name}`, 'proved'])), 'Queue.push_keeps_order': 'unknown',
    });
  });
});
