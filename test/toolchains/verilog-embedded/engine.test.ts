/** The worker thread of yosys in WebAssembly: limits, cancelling, isolation, and that it lets the program end. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { EmbeddedYosys } from '../../../toolchains/verilog/embedded/engine.ts';

const LIMITS = { wallSeconds: 60, memoryMb: 4000 };
// Distributivity of wide multiplication: hours of work for a SAT solver.
const HARD = Buffer.from('module top(input [19:0] a, b, c); wire [40:0] left = a * (b + {1\'b0, c}); wire [40:0] right = a * b + a * {21\'b0, c}; always @* assert (left == right); endmodule');
const hard = { args: ['-p', 'read_verilog -formal -sv hard.sv; prep -top top; flatten; chformal -lower; sat -prove-asserts top'], files: { 'hard.sv': HARD } };
const small = { args: ['-p', 'read_verilog a.v; write_rtlil a.il'], files: { 'a.v': Buffer.from('module a(input x, output y); assign y = !x; endmodule') }, wanted: ['a.il'] };

describe('the embedded yosys', () => {
  it('runs jobs one after the other, each with its own files', async () => {
    const engine = new EmbeddedYosys();
    const runs = await Promise.all([engine.run({ ...small, ...LIMITS }), engine.run({ args: ['-p', 'read_verilog a.v'], files: {}, ...LIMITS }), engine.run({ ...small, ...LIMITS })]);
    expect(runs.map((run) => run.code)).toEqual([0, 1, 0]);
    expect(runs.map((run) => Object.keys(run.files))).toEqual([['a.il'], [], ['a.il']]);
    await engine.close();
  });

  it('ends a job at its wall time, and the next one runs', async () => {
    const engine = new EmbeddedYosys();
    await engine.run({ ...small, ...LIMITS });
    const run = await engine.run({ ...hard, ...LIMITS, wallSeconds: 3 });
    expect(run).toMatchObject({ reason: 'wall', code: null });
    expect((await engine.run({ ...small, ...LIMITS })).code).toBe(0);
    await engine.close();
  });

  it('ends a job that is cancelled, running or waiting', async () => {
    const engine = new EmbeddedYosys();
    await engine.run({ ...small, ...LIMITS });
    const first = new AbortController();
    const second = new AbortController();
    const running = engine.run({ ...hard, ...LIMITS, signal: first.signal });
    const waiting = engine.run({ ...small, ...LIMITS, signal: second.signal });
    setTimeout(() => { second.abort(); first.abort(); }, 2000);
    expect((await running).reason).toBe('cancelled');
    expect((await waiting).reason).toBe('cancelled');
    expect((await engine.run({ ...small, ...LIMITS })).code).toBe(0);
    await engine.close();
  });

  it('ends a job that takes too much memory', async () => {
    const engine = new EmbeddedYosys();
    await engine.run({ ...small, ...LIMITS });
    const wide = Buffer.from('module top(input [2047:0] a, b, output [4095:0] y); assign y = a * b; endmodule');
    const run = await engine.run({ args: ['-p', 'read_verilog wide.v; prep -top top; techmap; simplemap; aigmap; write_json y.json'], files: { 'wide.v': wide }, wallSeconds: 120, memoryMb: 300 });
    expect(run.reason).toBe('memory');
    await engine.close();
  }, 150_000);

  it('counts output that it does not keep', async () => {
    const engine = new EmbeddedYosys();
    const run = await engine.run({ args: ['-p', 'help -all'], files: {}, ...LIMITS, outputBytes: 1000 });
    expect(run.output.length).toBe(1000);
    expect(run.outputBytes).toBeGreaterThan(100_000);
    await engine.close();
  });

  it('sees nothing of the host', async () => {
    const engine = new EmbeddedYosys();
    for (const script of ['read_verilog /etc/passwd', 'script /etc/hostname', '!echo no', 'exec -- echo no', 'read_verilog ../../../../etc/passwd', 'plugin -i /lib/x.so']) {
      const run = await engine.run({ args: ['-p', script], files: {}, ...LIMITS });
      expect(run.code === 0 && run.reason === 'exited', script).toBe(false);
    }
    const before = readdirSync('.').sort();
    await engine.run({ args: ['-p', 'design -reset; write_rtlil escaped.il; tee -o /tmp/escaped.txt stat'], files: {}, ...LIMITS });
    expect(readdirSync('.').sort()).toEqual(before);
    await engine.close();
  });

  it('does not keep the program alive when it is idle', () => {
    mkdirSync('node_modules/.cache', { recursive: true });
    const folder = mkdtempSync('node_modules/.cache/assay-idle-');
    try {
      const program = join(folder, 'idle.mjs');
      const source = `import { embeddedYosys } from './toolchains/verilog/embedded/engine.ts';
        const run = await embeddedYosys.run({ args: ['-V'], files: {}, wallSeconds: 60, memoryMb: 4000 });
        process.stdout.write('code ' + run.code);`;
      buildSync({ stdin: { contents: source, resolveDir: process.cwd(), loader: 'ts' }, outfile: program, bundle: true, format: 'esm', platform: 'node', logLevel: 'silent', external: ['@yowasp/yosys', 'execa'] });
      // The idle worker would end after a minute by itself: the program must not wait for that.
      expect(execFileSync(process.execPath, [program], { encoding: 'utf8', timeout: 45_000 })).toBe('code 0');
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
