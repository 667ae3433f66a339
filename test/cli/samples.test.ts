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

const MIXED_EMBEDDED = [
  'smt/narrow.smt2 check-sat 1 refuted', 'smt/pointers.smt2 check-sat 1 proved', 'smt/pointers.smt2 check-sat 2 proved',
  'verilog/queue.sv queue.bounded proved', 'verilog/queue.sv queue.held proved', 'verilog/queue.sv queue.in_order proved', 'verilog/queue.sv queue.filled covered',
];
const MIXED_MISSING = [
  ...['Queue.Valid', 'Queue._ctor', 'Queue.Full', 'Queue.Push', 'Queue.Pop', 'Slot', 'InOrder'].map((symbol) => `dafny/queue.dfy ${symbol} tool-missing`),
  ...['Words', 'push', 'pop', 'pop_nil', 'pop_cons', 'push_bounded', 'push_keeps_order'].map((symbol) => `lean/Queue.lean Queue.${symbol} tool-missing`),
  ...['Indices::new', 'Indices::is_full', 'Indices::tail', 'main'].map((symbol) => `verus/queue.rs queue::${symbol} tool-missing`),
];

describe('the samples', () => {
  it('give the verdicts they must on the embedded engines alone, and the ledger is of its schema', async () => {
    const nothing = join(room.folder, 'nothing');
    mkdirSync(nothing, { recursive: true });
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

  it('of one queue in five languages: what can be checked has its verdict, the rest says which tool it wants and how to get it', async () => {
    const nothing = join(room.folder, 'nothing');
    mkdirSync(nothing, { recursive: true });
    const { code, ledger } = await room.verify([join(root, 'samples/mixed')], { PATH: nothing, ASSAY_HOME: join(room.folder, 'bare') });
    expect(verdictsOf(ledger).sort()).toEqual([...MIXED_EMBEDDED, ...MIXED_MISSING].sort());
    expect(code).toBe(1);
    const missing = ledger.obligations.filter((entry) => entry.verdict.kind === 'tool-missing');
    for (const entry of missing) expect(entry.verdict.kind === 'tool-missing' && entry.verdict.remedy, entry.id).toMatch(/assay install (?:dafny|verus|lean)/);
    expect(ledger.assumptions.map((one) => `${one.file} ${one.kind}`).sort()).toEqual([
      'lean/Queue.lean sorry', 'verilog/queue.sv assume property', 'verilog/queue.sv assume property', 'verus/queue.rs external_body',
    ]);
  }, 180_000);
});
