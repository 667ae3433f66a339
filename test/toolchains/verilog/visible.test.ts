/** The public examples of SymbiYosys, with the verdicts that sby itself gave (MANIFEST.tsv): nothing may contradict them. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { classOf } from '../../../toolchains/verdict.ts';
import { verilog } from '../../../toolchains/verilog/index.ts';
import { checkFolder, toolsOf } from '../check-context.ts';

const ROOT = join(process.cwd(), '../shared/data/visible/verilog');
const tools = (await toolsOf(verilog)).filter(tool => !tool.embedded);
const ready = existsSync(ROOT) && ['yosys', 'yosys-smtbmc', 'yosys-abc', 'z3', 'python3'].every(id => tools.some(tool => tool.id === id));
/** Its pycode opens a file of the example that is not in the set. */
const INCOMPLETE = new Set(['sby/docs/examples/fifo/fifo_extra_tests.sby']);

interface Expected { readonly file: string; readonly task: string; readonly passes: boolean }

function expectations(): Expected[] {
  const [head, ...rows] = readFileSync(join(ROOT, 'MANIFEST.tsv'), 'utf8').trimEnd().split('\n').map(line => line.split('\t'));
  const column = (name: string): number => head!.indexOf(name);
  return rows.filter(row => row[column('role')] === 'task' && row[column('file')]!.startsWith('sby/') && !INCOMPLETE.has(row[column('file')]!))
    .flatMap(row => [...row[column('expected_verdict')]!.matchAll(/([\w-]+)=(PASS|FAIL)/g)].map(match => ({ file: row[column('file')]!, task: match[1]!, passes: match[2] === 'PASS' })));
}

describe.skipIf(!ready)('public examples (needs the visible data, yosys, z3 and python3)', () => {
  it('agrees with sby on every task', async () => {
    const expected = expectations();
    const checked = await checkFolder(verilog, join(ROOT, 'sby'), { tools, trusted: true, limits: { wallSeconds: 60 } });
    const deviations: string[] = [];
    for (const { file, task, passes } of expected) {
      const own = checked.obligations.filter(obligation => obligation.project === `verilog:${file.slice(4)}` && (task === '-' || obligation.task === task));
      const classes = checked.results.filter(result => own.some(obligation => obligation.id === result.obligation)).map(result => classOf(result.verdict.kind)).filter(one => one !== 'none');
      const agrees = passes ? classes.length > 0 && classes.every(one => one === 'green') : classes.includes('red');
      if (!agrees) deviations.push(`${file} ${task}: ${passes ? 'PASS' : 'FAIL'} expected, ${classes.join(' ')}`);
    }
    expect(expected.length).toBeGreaterThan(15);
    expect(deviations).toEqual([]);
  }, 600_000);
});
