/** `assay justify` and what `verify --strict` makes of its entries, as a person uses them. */
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { installed } from '../false-green/harness.ts';
import { commandRoom, type CommandRoom } from './run.ts';

const COUNTER = 'module counter(input clock, input reset, output reg [3:0] n);\n  initial n = 0;\n  always @(posedge clock) if (reset || n == 9) n <= 0; else n <= n + 1;\n`ifdef FORMAL\n  always @* begin\n    assume (!reset);\n    small: assert (n < 10);\n  end\n`endif\nendmodule\n';

describe.skipIf(!installed('yosys') || !installed('z3'))('signing (needs yosys, z3)', () => {
  let room: CommandRoom;
  const file = (name: string): string => join(room.folder, name);
  beforeAll(() => { room = commandRoom(); writeFileSync(file('counter.sv'), COUNTER); });
  afterAll(() => room.dispose());

  it('goes from an unsigned assumption to a signed one, and back where the text changes', async () => {
    const plain = await room.verify(['.', '--strict']);
    expect([plain.code, plain.ledger.summary, plain.ledger.assumptions[0]?.justification]).toEqual([1, { proved: 1 }, undefined]);

    const unfilled = await room.run(['justify', '.']);
    expect(unfilled.stdout).toMatch(/^# counter\.sv:6\n\[\[assumption\]\]\ntoolchain = "verilog"\nkind = "assume property"\nsymbol = "counter"\ntext = "assume\(!reset\)"\nsha256 = "[0-9a-f]{64}"\nreviewer = ""\n/);
    writeFileSync(file('assay.justify.toml'), unfilled.stdout);
    const broken = await room.verify(['.', '--strict']);
    expect(broken.code).toBe(1);
    expect(broken.stdout).toMatch(/error: assay\.justify\.toml:2: "reviewer" is empty/);

    const entry = await room.run(['justify', '.', '--only', 'assume property', '--reviewer', 'R. Viewer', '--reason', 'the board holds it low']);
    writeFileSync(file('assay.justify.toml'), entry.stdout);
    const signed = await room.verify(['.', '--strict']);
    expect(signed.code).toBe(0);
    expect(signed.ledger.assumptions[0]?.justification).toMatchObject({ state: 'valid', reviewer: 'R. Viewer', reason: 'the board holds it low' });
    expect(signed.stdout).toMatch(/Taken on trust: 1 assumption, 1 signed\n.*assume\(!reset\) {2}signed by R\. Viewer \d{4}-\d\d-\d\d: the board holds it low/);
    expect((await room.run(['justify', '.'])).stderr).toMatch(/All of it is signed: 1 entry/);
    expect((await room.run(['plan', '.'])).stdout).toMatch(/1 signed/);

    writeFileSync(file('counter.sv'), COUNTER.replace('assume (!reset)', 'assume (!reset && n < 5)'));
    const changed = await room.verify(['.', '--strict']);
    expect(changed.code).toBe(1);
    expect(changed.ledger.assumptions[0]?.justification).toMatchObject({ state: 'void', why: 'what was signed has changed' });
    expect(changed.stdout).toMatch(/signature void, what was signed has changed/);
  });

  it('of a failure leaves it a failure', async () => {
    writeFileSync(file('counter.sv'), COUNTER.replace('n < 10', 'n < 9').replace('    assume (!reset);\n', ''));
    expect((await room.verify(['.'])).code).toBe(1);
    const entry = await room.run(['justify', '.', '--failures', '--only', 'counter.small', '--reviewer', 'R. Viewer', '--reason', 'to be mended']);
    appendFileSync(file('assay.justify.toml'), entry.stdout);
    const known = await room.verify(['.']);
    expect([known.code, known.ledger.obligations[0]?.verdict.kind, known.ledger.obligations[0]?.justification?.state]).toEqual([1, 'refuted', 'valid']);
    expect(known.stdout).toMatch(/Failures that reviewers know: 1/);
    expect(known.stdout).toMatch(/unmatched {2}assume property in counter/);
    expect(readFileSync(file('assay.justify.toml'), 'utf8')).toContain('[[failure]]');
  });

  it('of nothing that is there is an error of its pattern', async () => {
    expect((await room.run(['justify', '.', '--only', 'nowhere'])).code).toBe(3);
    expect((await room.run(['justify'])).code).toBe(64);
  });
});
