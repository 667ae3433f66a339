import { describe, expect, it } from 'vitest';
import { renderLedger } from '../../app/cli/render.ts';
import type { Style } from '../../app/cli/style.ts';
import { assumption, entry, ledger } from '../engine/made-up-ledger.ts';

const plain: Style = { color: false, unicode: true, width: Infinity };
const start = { line: 3, column: 7 };
const mixed = ledger([
  entry({ kind: 'proved', answer: 'unsat' }, { file: 'queries/b.smt2', line: 12, flags: { cached: true } }),
  entry({ kind: 'refuted', answer: 'sat', counterexample: { status: 'checked', witness: 'model', values: Array.from({ length: 10 }, (_, index) => ({ name: `x${index}`, value: `${index}` })) } },
    { file: 'queries/b.smt2', line: 14, symbol: 'check-sat 2', result: { confirmed: [{ by: 'cvc5 1.0.3', how: 'second engine' }] } }),
  entry({ kind: 'timeout', seconds: 10 }, { file: 'queries/c.smt2', seconds: 10.02 }),
  entry({ kind: 'malformed', reason: 'an unclosed parenthesis' }, { file: 'queries/a.smt2', by: '', result: { diagnostics: [{ severity: 'error', message: 'unclosed parenthesis\nopened here', file: 'queries/a.smt2', range: { start, end: start }, code: 'syntax' }] } }),
  entry({ kind: 'bounded', depth: 20 }, { file: 'rtl/top.sv', line: 30, symbol: 'p_full', by: 'yosys 0.23 z3 4.8.12', seconds: 3.2, obligation: { task: 'bmc', assumptions: ['1', '2'], assumptionScope: 'project' }, result: { asked: 'smtbmc yices', used: 'smtbmc z3' } }),
  entry({ kind: 'refuted', counterexample: { status: 'checked', failingStep: 4, witness: 'trace.vcd', values: [{ name: 'count', value: '15', step: 3 }, { name: 'count', value: '0', step: 4 }] } },
    { file: 'rtl/top.sv', line: 31, symbol: 'p_wrap', by: 'yosys 0.23 z3 4.8.12', obligation: { task: 'bmc', expected: ['refuted'] } }),
  entry({ kind: 'not-run', reason: 'input-changed' }, { file: 'z.cnf', by: '' }),
], {
  assumptions: [assumption('assume property', { file: 'rtl/top.sv', text: 'assume (en)' })],
  uncovered: [{ file: 'Proof.dfy', why: 'Dafny: no tool covers it' }],
});

describe('the ledger for people', () => {
  it('in a log', () => {
    expect(renderLedger(mixed, { style: plain, notices: ['Not looked into: node_modules (installed packages)'] })).toMatchInlineSnapshot(`
      "△ queries/a.smt2:1   check-sat 1  Cannot be read: an unclosed parenthesis
          queries/a.smt2:3:7: error: unclosed parenthesis [syntax]
            opened here

      ✓ queries/b.smt2:12  check-sat 1  Proved  0.01 s · z3 4.8.12 · cached 2026-01-02
      ✗ queries/b.smt2:14  check-sat 2  Refuted: a model was found  0.01 s · z3 4.8.12 · confirmed by cvc5 1.0.3
          x0 = 0
          x1 = 1
          x2 = 2
          x3 = 3
          x4 = 4
          x5 = 5
          x6 = 6
          x7 = 7
          … 2 more values in model

      ◷ queries/c.smt2:1   check-sat 1  Ran out of time (10 s)  10 s · z3 4.8.12

      ● rtl/top.sv:30      bmc/p_full   No violation in 20 steps under at most 2 assumptions  3.2 s · yosys 0.23 · z3 4.8.12 · asked for smtbmc yices, used smtbmc z3
      ✗ rtl/top.sv:31      bmc/p_wrap   Refuted in step 4, as the file expects  0.01 s · yosys 0.23 · z3 4.8.12
          count = 0 in step 4
          … 1 more value in trace.vcd

      ○ z.cnf:1            check-sat 1  Not run: its input changed while it was checked

      Taken on trust: 1 assumption
        rtl/top.sv:1  assume property  assume (en)

      Not covered: 1 place
        Proof.dfy  Dafny: no tool covers it

      Not looked into: node_modules (installed packages)

      7 obligations in 1.3 s  ✓ 1 proved (1 cached)  ● 1 bounded (1 under assumptions)  ✗ 2 refuted (1 as the file expects)  ◷ 1 out of time  △ 1 cannot be read  ○ 1 not run
      "
    `);
  });

  it('on a narrow terminal without Unicode', () => {
    const text = renderLedger(mixed, { style: { color: false, unicode: false, width: 60 } });
    expect(text).toMatchInlineSnapshot(`
      "! queries/a.smt2:1  check-sat 1
          Cannot be read: an unclosed parenthesis
          queries/a.smt2:3:7: error: unclosed parenthesis [syntax]
            opened here

      + queries/b.smt2:12  check-sat 1
          Proved
          0.01 s | z3 4.8.12 | cached 2026-01-02
      x queries/b.smt2:14  check-sat 2
          Refuted: a model was found
          0.01 s | z3 4.8.12 | confirmed by cvc5 1.0.3
          x0 = 0
          x1 = 1
          x2 = 2
          x3 = 3
          x4 = 4
          x5 = 5
          x6 = 6
          x7 = 7
          ... 2 more values in model

      t queries/c.smt2:1  check-sat 1
          Ran out of time (10 s)
          10 s | z3 4.8.12

      k rtl/top.sv:30  bmc/p_full
          No violation in 20 steps under at most 2 assumptions
          3.2 s | yosys 0.23 | z3 4.8.12 | asked for smtbmc yices, used smtbmc z3
      x rtl/top.sv:31  bmc/p_wrap
          Refuted in step 4, as the file expects
          0.01 s | yosys 0.23 | z3 4.8.12
          count = 0 in step 4
          ... 1 more value in trace.vcd

      - z.cnf:1  check-sat 1
          Not run: its input changed while it was checked

      Taken on trust: 1 assumption
        rtl/top.sv:1  assume property  assume (en)

      Not covered: 1 place
        Proof.dfy  Dafny: no tool covers it

      7 obligations in 1.3 s  + 1 proved (1 cached)  k 1 bounded (1 under assumptions)  x 2 refuted (1 as the file expects)  t 1 out of time  ! 1 cannot be read  - 1 not run
      "
    `);
    expect(text).toMatch(/^[\x20-\x7e\n]*$/);
  });

  it('in colour says the same', () => {
    const colored = renderLedger(mixed, { style: { ...plain, color: true } });
    expect(colored).toContain('\x1b[31m');
    // eslint-disable-next-line no-control-regex
    expect(colored.replaceAll(/\x1b\[\d+m/g, '')).toBe(renderLedger(mixed, { style: plain }));
  });

  it('of nothing says so', () => {
    expect(renderLedger(ledger([]), { style: plain })).toBe('No obligation found in 1.3 s\n');
  });

  it('folds what is fine in a large ledger, never what needs a look', () => {
    const many = Array.from({ length: 300 }, (_, index) => entry({ kind: 'proved' }, { file: `${String(index).padStart(3, '0')}.smt2` }));
    const stale = entry({ kind: 'proved' }, { file: 'stale.smt2', flags: { stale: true } });
    const text = renderLedger(ledger([...many, stale, entry({ kind: 'failed' }, { file: 'bad.smt2' })]), { style: plain });
    expect(text.split('\n').filter((line) => line.startsWith('✓'))).toHaveLength(1);
    expect(text).toContain('✗ bad.smt2:1');
    expect(text).toContain('… and 300 green rows: --json has them all');
    expect(text).toContain('302 obligations in 1.3 s  ✓ 301 proved (1 stale)  ✗ 1 not shown');
    const red = Array.from({ length: 250 }, (_, index) => entry({ kind: 'failed' }, { file: `${index}.smt2` }));
    expect(renderLedger(ledger(red), { style: plain })).toContain('… and 50 more rows that need a look: --json has them all');
  });

  it('lets no name, message, value or reason forge a line or move the cursor', () => {
    const evil = 'x\n✓ all.smt2:1  Proved\x1b[2J\x1b]0;title\x07\r\u202e\x9b31m';
    const at = { start, end: start };
    const forged = ledger([entry({ kind: 'refuted', reason: evil, counterexample: { status: 'suggested', witness: evil, values: [...Array.from({ length: 9 }, () => ({ name: evil, value: evil }))] } }, {
      file: evil, symbol: evil, by: `${evil.replaceAll(' ', '')} 1`,
      obligation: { task: evil },
      result: {
        asked: evil, used: 'other', confirmed: [{ by: evil, how: evil }], certificate: { format: 'drat', output: evil, checkedBy: evil },
        diagnostics: [{ severity: 'error', message: evil, file: evil, code: evil, range: at, notes: [{ message: evil, file: evil }] }],
        parts: [{ label: evil, verdict: { kind: 'failed' } }],
      },
      flags: { voided: { reason: evil, at: '', run: '' } },
    })], { assumptions: [assumption(evil, { file: evil, text: `${evil}!` })], uncovered: [{ file: evil, symbol: evil, why: evil }] });
    const text = renderLedger(forged, { style: plain, notices: [evil] });
    // eslint-disable-next-line no-control-regex
    expect(text).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]/);
    expect(text).not.toMatch(/^✓/m);
    // A message keeps its own lines, but never at the margin where verdicts stand.
    expect(text.split('\n').filter((line) => line.trimStart().startsWith('✓')).every((line) => line.startsWith('      '))).toBe(true);
  });
});
