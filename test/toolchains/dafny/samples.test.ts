/** The samples have the verdicts that their README gives. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dafny } from '../../../toolchains/dafny/index.ts';
import { checkFolder } from '../check-context.ts';
import { hasDafny, SLOW_MS, tell, tools } from './tools.ts';

const samples = join(import.meta.dirname, '../../../samples/dafny');

describe.skipIf(!hasDafny)('the Dafny samples (needs dafny, z3)', { timeout: SLOW_MS }, () => {
  it('have the verdicts that they must give', async () => {
    const checked = tell(await checkFolder(dafny, samples, { tools, limits: { wallSeconds: 20 } }));
    expect(checked.words).toEqual({
      Sorted: 'proved', Search: 'proved', Sum: 'failed: a postcondition could not be proved on this return path', Double: 'proved',
      SquareIsPositive: 'nothing-to-prove', Square: 'proved', 'Guard.Clamp': 'proved', Use: 'proved',
    });
    expect(checked.trust).toMatchObject({ Square: ['axiom'], SquareIsPositive: ['axiom'], Double: [], Use: [] });
    const project = checked.projects.find((one) => one.id === 'dafny:guarded/dfyconfig.toml');
    expect(project?.executes).toMatchObject([{ file: 'guarded/dfyconfig.toml', what: expect.stringContaining('solver-path') as string }]);
    expect(checked.outlines.flatMap((outline) => outline.diagnostics)).toMatchObject([{ code: 'refused-option' }]);
    expect(checked.runs.flatMap((run) => run.argv).filter((word) => word.includes('solver.sh'))).toEqual([]);
  });

  it('of the queue in five languages is proved throughout, on no assumption', async () => {
    const checked = tell(await checkFolder(dafny, join(samples, '../mixed'), { tools, limits: { wallSeconds: 20 } }));
    expect(checked.words).toEqual(Object.fromEntries(['Queue.Valid', 'Queue._ctor', 'Queue.Full', 'Queue.Push', 'Queue.Pop', 'Slot', 'InOrder'].map((symbol) => [symbol, 'proved'])));
    expect(Object.values(checked.trust).flat()).toEqual([]);
  });
});
