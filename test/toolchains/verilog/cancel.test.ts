/** Cancelled at any moment, a task ends at once, and every obligation says so. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { verilog } from '../../../toolchains/verilog/index.ts';
import { checkFolder, toolsOf } from '../check-context.ts';

const tools = (await toolsOf(verilog)).filter(tool => !tool.embedded);
const ready = ['yosys', 'yosys-smtbmc', 'yosys-abc', 'z3'].every(id => tools.some(tool => tool.id === id));

describe.skipIf(!ready)('cancelling (needs yosys and z3)', () => {
  it.each([0, 60, 300, 700, 1500])('after %i ms', async (delay) => {
    const controller = new AbortController();
    const timer = setTimeout(() => { controller.abort(); }, delay);
    const checked = await checkFolder(verilog, join(process.cwd(), 'samples/verilog'), { tools, signal: controller.signal, limits: { wallSeconds: 30 } });
    clearTimeout(timer);
    // Several obligations may be done before; what is not done is cancelled, and nothing else happens.
    expect(checked.results).toHaveLength(13);
    const kinds = new Set(checked.results.map(result => result.verdict.kind));
    for (const kind of kinds) expect(['proved', 'covered', 'refuted', 'bounded', 'cancelled']).toContain(kind);
    if (delay === 0) expect([...kinds]).toEqual(['cancelled']);
  }, 120_000);
});
