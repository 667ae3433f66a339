import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { root } from '../../app/build.mjs';
import { ledgerSchema } from '../../app/engine/report/schema.ts';
import { commandRoom, verdictsOf } from './run.ts';

const room = commandRoom();
afterAll(() => { room.dispose(); });
const samples = ['smt', 'sat', 'verilog'].map((name) => join(root, 'samples', name));

/** What the samples' own notes say they must give. */
const EXPECTED = [
  'sat/petersen-2-colours.cnf cnf proved', 'sat/petersen-3-colours.cnf cnf refuted', 'sat/pigeonhole-5-4.cnf cnf proved',
  'smt/drinkers.smt2 check-sat 1 proved', 'smt/midpoint-naive.smt2 check-sat 1 refuted', 'smt/midpoint.smt2 check-sat 1 proved', 'smt/money.smt2 check-sat 1 covered',
  'smt/ring-buffer.smt2 check-sat 1 proved', 'smt/ring-buffer.smt2 check-sat 2 proved', 'smt/ring-buffer.smt2 check-sat 3 proved', 'smt/ring-buffer.smt2 check-sat 4 covered',
  'verilog/arbiter.sv arbiter.one_at_a_time proved', 'verilog/arbiter.sv arbiter.only_asked proved', 'verilog/arbiter.sv arbiter.no_idling proved', 'verilog/arbiter.sv arbiter.all_served covered',
  'verilog/fifo.sv prove/fifo.never_overfull proved', 'verilog/fifo.sv prove/fifo.pointers_agree proved', 'verilog/fifo.sv prove/fifo.inside proved', 'verilog/fifo.sv prove/fifo.unchanged proved', 'verilog/fifo.sv prove/fifo.in_order proved',
  'verilog/fifo.sv cover/fifo.filled covered', 'verilog/fifo.sv cover/fifo.drained covered', 'verilog/timer.sv timer.never_more refuted', 'verilog/timer.sv timer.idle_at_zero bounded',
];

describe('the samples', () => {
  it('give the verdicts they must on the embedded engines alone, and the ledger is of its schema', async () => {
    const nothing = join(room.folder, 'nothing');
    mkdirSync(nothing);
    const { code, ledger, stderr } = await room.verify(samples, { PATH: nothing });
    expect(stderr).toBe('');
    expect(verdictsOf(ledger).sort()).toEqual([...EXPECTED].sort());
    expect(code).toBe(1);
    expect(ledger.tools.every((tool) => tool.embedded)).toBe(true);
    ledgerSchema.parse(ledger);
  }, 180_000);

  it('give the same with the installed tools, and unchanged ones are not checked again', async () => {
    const first = await room.verify(samples);
    expect(verdictsOf(first.ledger).sort()).toEqual([...EXPECTED].sort());
    const second = await room.verify(samples);
    expect(verdictsOf(second.ledger)).toEqual(verdictsOf(first.ledger));
    expect(second.ledger.obligations.filter((entry) => !entry.cached && entry.verdict.kind !== 'bounded')).toEqual([]);
    ledgerSchema.parse(second.ledger);
  }, 180_000);
});
