/** Engine lines "btor btormc" and "btor pono": the real btormc where it is on PATH, and programs that print what it printed. */
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { createToolHost } from '../../../toolchains/executables.ts';
import { btorModel } from '../../../toolchains/verilog/native/btor/model.ts';
import { readBtormc, readPono } from '../../../toolchains/verilog/native/btor/output.ts';
import { verilog } from '../../../toolchains/verilog/index.ts';
import { checkFolder, temporaryFolder, toolsOf, type Checked } from '../check-context.ts';
import type { Tool } from '../../../toolchains/contract.ts';

const tools = (await toolsOf(verilog)).filter(tool => !tool.embedded);
const ready = ['yosys', 'yosys-abc'].every(id => tools.some(tool => tool.id === id));
const real = tools.find(tool => tool.id === 'btormc' && tool.unfit === undefined);
const LONG = 300_000;
const folders: (() => Promise<void>)[] = [];
afterAll(async () => { for (const dispose of folders) await dispose(); });
const recorded = (name: string): string => readFileSync(join(process.cwd(), 'test/fixtures/recorded', name), 'latin1');

/** p fails in step 3, q in none of the first 8: btormc is asked for a run, for both, and for q alone. */
const DESIGN = 'module t(input clk, input a);\n  reg [3:0] c = 0;\n  always @(posedge clk) c <= c + a;\n  always @* assume (c < 12);\n  always @* p: assert (c != 3);\n  always @* q: assert (c != 9);\nendmodule\n';
const sby = (engine: string, mode = 'bmc'): string => `[options]\nmode ${mode}\ndepth 8\n[engines]\nbtor ${engine}\n[script]\nread -formal t.sv\nprep -top t\n[files]\nt.sv\n`;

async function check(design: string, engine: string, extra: readonly Tool[], mode = 'bmc'): Promise<Checked> {
  const folder = await temporaryFolder({ 't.sv': design, 't.sby': sby(engine, mode) });
  folders.push(folder.dispose);
  return checkFolder(verilog, folder.root, { tools: [...tools.filter(tool => !['btormc', 'pono', 'yosys-smtbmc'].includes(tool.id)), ...extra], limits: { wallSeconds: 20 } });
}

/** A program of that name that prints the recorded answer to each of the three questions. */
async function programThatPrints(name: string, version: string, answers: { readonly run: string; readonly both: string; readonly one: string }): Promise<Tool> {
  const { root, dispose } = await temporaryFolder({});
  folders.push(dispose);
  const bin = join(root, 'bin');
  await mkdir(bin);
  for (const [file, text] of Object.entries(answers)) await writeFile(join(bin, `${file}.txt`), text);
  await writeFile(join(bin, name), `#!/bin/sh
case "$1" in --version) echo ${version}; exit 0;; esac
for model; do :; done
case "$(grep -c ' constd ' "$model")$(tail -3 "$model" | grep -c ' or ')" in
  1*) cat '${bin}/run.txt';; 01) cat '${bin}/both.txt';; *) cat '${bin}/one.txt';;
esac
`);
  await chmod(join(bin, name), 0o755);
  const located = await verilog.locate(createToolHost({ path: bin }));
  return located.tools.find(tool => tool.id === name)!;
}

const words = ({ results }: Checked): Record<string, string> => Object.fromEntries(results.map(result => [result.obligation.replace(/^[^#]*#/, ''), `${result.verdict.kind} ${'depth' in result.verdict ? result.verdict.depth : ''}`]));
const EXPECTED = { 't.p': 'refuted 4', 't.q': 'bounded 8' };

function believed(checked: Checked, used: string): void {
  expect(words(checked)).toEqual(EXPECTED);
  for (const result of checked.results) expect([result.asked, result.used], result.obligation).toEqual([expect.stringContaining('btor'), used]);
  const refuted = checked.results.find(result => result.verdict.kind === 'refuted')!;
  // Its own trace, replayed: no other engine was asked for one.
  expect(refuted.verdict).toMatchObject({ counterexample: { status: 'checked', failingStep: 3, witness: 'trace.vcd' } });
  expect(refuted.attempts.map(attempt => attempt.tool)).not.toContain('yosys-abc');
  expect(refuted.attempts[0]?.outputs.find(output => output.name === 'trace.vcd')?.content.toString()).toContain('$enddefinitions');
  expect(checked.results.flatMap(result => result.diagnostics)).toEqual([]);
}

describe.skipIf(!ready)('btor engines (needs yosys, yosys-abc)', () => {
  it('believes a btormc that prints what it printed, located and hashed like other tools', async () => {
    const tool = await programThatPrints('btormc', '3.2.4', { run: recorded('btormc-3.2.4-run.txt'), both: recorded('btormc-3.2.4-hit.txt'), one: recorded('btormc-3.2.4-clear.txt') });
    expect(tool).toMatchObject({ version: '3.2.4', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string });
    believed(await check(DESIGN, 'btormc', [tool]), 'btormc 3.2.4');
  }, LONG);

  it('believes a pono that prints in its form', async () => {
    const tool = await programThatPrints('pono', '1.0.0', { run: ponoText(7, recorded('btormc-3.2.4-run.txt')), both: ponoText(3, recorded('btormc-3.2.4-hit.txt')), one: ponoText(8) });
    believed(await check(DESIGN, 'pono', [tool]), 'pono 1.0.0');
  }, LONG);

  it('is replaced by what is here where it is missing, and says so', async () => {
    const checked = await check(DESIGN, 'btormc', []);
    expect(words(checked)).toEqual(EXPECTED);
    expect(checked.results[0]?.diagnostics).toContainEqual(expect.objectContaining({ severity: 'info', message: '"btor btormc": btor btormc is not here; abc is used' }));
  }, LONG);

  it('is vacuous where no run has that length, whatever the search says', async () => {
    const clear = recorded('btormc-3.2.4-clear.txt');
    const tool = await programThatPrints('btormc', '3.2.4', { run: clear, both: clear, one: clear });
    expect(Object.values(words(await check(DESIGN, 'btormc', [tool])))).toEqual(['failed ', 'failed ']);
  }, LONG);

  it('asks another engine where a trace does not hold on the design', async () => {
    const lie = recorded('btormc-3.2.4-hit.txt').replace(/^(\d) 1 a@/gm, '$1 0 a@');
    const run = recorded('btormc-3.2.4-run.txt'), clear = recorded('btormc-3.2.4-clear.txt');
    const tool = await programThatPrints('btormc', '3.2.4', { run, both: lie, one: clear });
    expect(words(await check(DESIGN, 'btormc', [tool]))).toEqual(EXPECTED);
    // Nothing fails in four steps here: neither is believed.
    expect(Object.values(words(await check(DESIGN.replace('c != 3', 'c != 10'), 'btormc', [tool])))).toEqual(['unknown ', 'unknown ']);
  }, LONG);
});

describe.skipIf(!ready || !real)('the real btormc (needs btormc)', () => {
  it('bounds, refutes and covers by itself', async () => {
    believed(await check(DESIGN, 'btormc', [real!]), `btormc ${real!.version}`);
    const covered = await check(DESIGN.replace('q: assert', 'q: cover').replace('c != 9', 'c == 5'), 'btormc', [real!], 'cover');
    expect(words(covered)).toEqual({ 't.q': 'covered 6' });
    expect(covered.results[0]?.used).toBe(`btormc ${real!.version}`);
  }, LONG);

  it('follows memories, free registers and undriven nets to the gates', async () => {
    const memory = 'module t(input clk, input [1:0] a, input [3:0] d, input we);\n  reg [3:0] m [0:3]; reg [3:0] free; reg [3:0] q; wire [3:0] undriven;\n  always @(posedge clk) begin if (we) m[a] <= d; q <= m[a]; end\n  reg [3:0] n = 0; always @(posedge clk) n <= n + 1;\n  always @* p: assert (n < 4 || q != 3 || free != 4 || undriven != 2);\nendmodule\n';
    const checked = await check(memory, 'btormc', [real!]);
    expect(words(checked)).toEqual({ 't.p': 'refuted 5' });
    expect(checked.results[0]?.attempts.map(attempt => attempt.tool)).not.toContain('yosys-abc');
  }, LONG);

  it('finds contradictory assumptions vacuous', async () => {
    expect(Object.values(words(await check(DESIGN.replace('c < 12', 'c < 12 && a && !a'), 'btormc', [real!])))).toEqual(['failed ', 'failed ']);
  }, LONG);
});

describe('the BTOR2 model', () => {
  const text = ['1 sort bitvec 1', '2 input 1 a', '3 sort bitvec 4', '4 state 3 c', '5 bad 2 assay_0', '6 state 1', '7 concat 3 4 2', '8 uext 1 6 0 free', '9 bad 6 assay_1', ''].join('\n');
  it('has one bad state for what is asked, with numbers that go up', () => {
    const model = btorModel(text);
    expect(model.names).toEqual(['assay_0', 'assay_1']);
    expect(model.only(new Set(['assay_1'])).split('\n').slice(-2)).toEqual(['10 bad 6', '']);
    expect(model.only(new Set(model.names)).split('\n').slice(-3)).toEqual(['10 or 1 2 6', '11 bad 10', '']);
    expect(model.only(new Set()).split('\n').slice(-3)).toEqual(['10 zero 1', '11 bad 10', '']);
    for (const made of [model.only(new Set(model.names)), model.lastOf(5)]) {
      const numbers = made.split('\n').filter(Boolean).map(line => Number(line.split(' ')[0]));
      expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
    }
    expect(model.signals.map(signal => signal.name)).toEqual(['a', 'c', 'free']);
  });
});

describe('what they print', () => {
  it('is read to the end or not believed', () => {
    expect(readBtormc(recorded('btormc-3.2.4-clear.txt'), 8)).toEqual({ kind: 'clear', frames: 8 });
    expect(readBtormc(recorded('btormc-3.2.4-hit.txt'), 8)).toMatchObject({ kind: 'hit', step: 3 });
    expect(readBtormc(recorded('btormc-3.2.4-clear.txt'), 9)).toMatchObject({ kind: 'unreadable' });
    expect(readPono(ponoText(8), 8)).toEqual({ kind: 'clear', frames: 8 });
    expect(readPono(ponoText(8), 9)).toMatchObject({ kind: 'unreadable' });
  });
});

/** In the form of pono's source (engines/bmc.cpp, pono.cpp, printers/btor2_witness_printer.cpp); no pono was run. @param from a text of btormc with a witness */
function ponoText(step: number, from?: string): string {
  const bound = (at: number, word: string): string[] => ['', `BMC checking at bound: ${at}`, `  BMC check at bound ${at} ${word}`];
  const before = Array.from({ length: step }, (_, at) => bound(at, 'unsatisfiable')).flat();
  const witness = from === undefined ? [] : from.split('\n').slice(from.split('\n').indexOf('b0') + 1, from.split('\n').indexOf('.') + 1);
  return ['BMC bound_start_: 0 ', 'BMC bound_step_: 1 ', ...before, ...(from === undefined ? ['unknown', 'b0'] : [...bound(step, 'satisfiable'), 'sat', 'b0', '#0', ...witness]), ''].join('\n');
}
