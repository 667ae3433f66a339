/** What options of an .sby do to the verdicts and traces of a real run. */
import { afterAll, describe, expect, it } from 'vitest';
import { verilog } from '../../../toolchains/verilog/index.ts';
import { readVcd } from '../../../toolchains/verilog/vcd/read.ts';
import { checkFolder, temporaryFolder, toolsOf, type Checked } from '../check-context.ts';

const tools = await toolsOf(verilog);
const native = tools.filter(tool => !tool.embedded);
const embedded = tools.filter(tool => tool.embedded);
const ready = ['yosys', 'yosys-smtbmc', 'yosys-abc', 'z3'].every(id => native.some(tool => tool.id === id));
const LONG = 300_000;
const folders: (() => Promise<void>)[] = [];
afterAll(async () => { for (const dispose of folders) await dispose(); });

async function check(source: string, options: string, own = native, engines = 'smtbmc z3'): Promise<Checked> {
  const folder = await temporaryFolder({ 't.sv': source, 't.sby': `[options]\n${options}\n[engines]\n${engines}\n[script]\nread -formal t.sv\nprep -top t\n[files]\nt.sv\n` });
  folders.push(folder.dispose);
  return checkFolder(verilog, folder.root, { tools: own, limits: { wallSeconds: 20 } });
}
const outputOf = (checked: Checked, name: string): string | undefined => checked.results[0]?.attempts[0]?.outputs.find(output => output.name === name)?.content.toString();
/** The trace ends with the time after its last step, ten units each. */
const stepsOf = (checked: Checked): number => Number(/^#(\d+)\n$/m.exec(outputOf(checked, 'trace.vcd')!.slice(-8))![1]) / 10;
const kinds = (checked: Checked): Record<string, string> => Object.fromEntries(checked.results.map(result => [result.obligation.replace(/^[^#]*#/, ''), result.verdict.kind]));

const counter = (body: string): string => `module t(input clk, input a);\n  reg [3:0] c = 0;\n  always @(posedge clk) c <= c + 1;\n  ${body}\nendmodule\n`;
const fails = counter('always @* p: assert (c != 3);');

for (const [lane, own] of [['native', native], ['WebAssembly', embedded]] as const) describe.skipIf(lane === 'native' && !ready)(`options, ${lane}${lane === 'native' ? ' (needs yosys and z3)' : ''}`, () => {
  it('appends cycles to a trace, and claims no other depth for it', async () => {
    expect(stepsOf(await check(fails, 'mode bmc\ndepth 8', own))).toBe(4);
    const longer = await check(fails, 'mode bmc\ndepth 8\nappend 5', own);
    expect(stepsOf(longer)).toBe(9);
    expect(longer.results[0]?.verdict).toMatchObject({ kind: 'refuted', depth: 4, counterexample: { failingStep: 3 } });
    // The search itself is as deep as without.
    expect((await check(counter('always @* p: assert (c != 9);'), 'mode bmc\ndepth 8\nappend 5', own)).results[0]?.verdict).toEqual({ kind: 'bounded', depth: 8 });
  }, LONG);

  it('upholds the assumptions in appended cycles, or not, as the file asks', async () => {
    const ends = counter('always @* assume (c < 5);\n  always @* p: assert (c != 3);');
    const cut = await check(ends, 'mode bmc\ndepth 4\nappend 4', own);
    expect(stepsOf(cut)).toBe(4);
    expect(cut.results[0]?.diagnostics.map(one => one.message)).toContain('option append: no run of 4 steps more was found; the trace ends in the step that counts');
    expect(stepsOf(await check(ends, 'mode bmc\ndepth 4\nappend 4\nappend_assume off', own))).toBe(8);
    // Neither held nor resting inputs will do: the input must follow the counter.
    const follows = counter('always @* assume (a == c[0]);\n  always @* p: assert (c != 3);');
    const found = await check(follows, 'mode bmc\ndepth 8\nappend 4', own);
    expect(stepsOf(found)).toBe(8);
    const { signals } = readVcd(outputOf(found, 'trace.vcd')!);
    const row = (name: string): readonly string[] => signals.find(signal => signal.name === name)!.values;
    expect(row('a').every((value, step) => value === row('c')[step]!.at(-1))).toBe(true);
  }, LONG);

  it('searches asserts in mode cover where cover_assert is on', async () => {
    const both = counter('always @* q: assert (c != 6);\n  always @* h: assert (c < 16 && c == c + 4\'d0);\n  always @* r: cover (c == 3);');
    expect(kinds(await check(both, 'mode cover\ndepth 8', own))).toEqual({ 't.r': 'covered' });
    expect(kinds(await check(both, 'mode cover\ndepth 8\ncover_assert on', own))).toMatchObject({ 't.r': 'covered', 't.q': 'refuted' });
    expect(kinds(await check(counter('always @* q: assert (c != 9);\n  always @* r: cover (c == 3);'), 'mode cover\ndepth 8\ncover_assert on', own))).toEqual({ 't.q': 'bounded', 't.r': 'covered' });
  }, LONG);

  it('writes no VCD where the file says so, and a cycle as wide as it says', async () => {
    const without = await check(fails, 'mode bmc\ndepth 8\nvcd off', own);
    expect([outputOf(without, 'trace.vcd'), outputOf(without, 'smtbmc.vcd')]).toEqual([undefined, undefined]);
    expect(outputOf(without, 'trace.aiw')).toContain('# DONE');
    expect(without.results[0]?.verdict).toMatchObject({ kind: 'refuted', counterexample: { status: 'checked' } });
    expect(outputOf(await check(fails, 'mode bmc\ndepth 8\ncycle_width 4', own), 'trace.vcd')).toMatch(/^#0\n[^]*^#2\n[^]*^#4\n[^]*^#8\n/m);
  }, LONG);

  it('says beside each verdict what is not followed', async () => {
    const { results } = await check(fails, 'mode bmc\ndepth 8\nfst on', own);
    expect(results[0]?.diagnostics).toContainEqual(expect.objectContaining({ severity: 'info', file: 't.sby', message: expect.stringContaining('option fst: ') as string }));
  }, LONG);

  it('lets an assumption of a clocked block come late where assume_early is off', async () => {
    const late = 'module t(input clk, input a);\n  always @(posedge clk) assume (a);\n  always @* p: assert (a);\nendmodule\n';
    expect(kinds(await check(late, 'mode bmc\ndepth 4', own))).toEqual({ 't.p': 'bounded' });
    expect(kinds(await check(late, 'mode bmc\ndepth 4\nassume_early off', own))).toEqual({ 't.p': 'refuted' });
  }, LONG);
});

describe.skipIf(!ready)('option wait (needs yosys and z3)', () => {
  it('asks both engines and shows both', async () => {
    const source = counter('always @* p: assert (c != 9);');
    const tried = (checked: Checked): string[] => [...new Set(checked.results[0]?.attempts.map(attempt => attempt.tool))].sort();
    expect(tried(await check(source, 'mode bmc\ndepth 8'))).not.toContain('yosys-abc');
    const both = await check(source, 'mode bmc\ndepth 8\nwait on');
    expect(kinds(both)).toEqual({ 't.p': 'bounded' });
    expect(tried(both)).toEqual(['yosys', 'yosys-abc', 'yosys-smtbmc']);
    expect(kinds(await check(counter('always @* p: assert (c < 16 && (c[0] == 0 || c[0] == 1) && c[3:1] <= 7);\n  reg d = 0; always @(posedge clk) d <= d; always @* q: assert (!d);'), 'mode prove\ndepth 4\nwait on'))).toMatchObject({ 't.q': 'proved' });
  }, LONG);
});

describe('the limit of WebAssembly', () => {
  it('holds for elaboration too', async () => {
    const folder = await temporaryFolder({ 't.sv': fails });
    folders.push(folder.dispose);
    const { results } = await checkFolder(verilog, folder.root, { tools: embedded, limits: { wallSeconds: 0.0001 } });
    expect(results.map(result => result.verdict)).toEqual([{ kind: 'timeout', seconds: 0.0001 }]);
  }, LONG);
});
