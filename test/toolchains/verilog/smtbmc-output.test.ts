/** The readers of yosys-smtbmc's output: whole real logs, and every way to cut, drop or double a line of them. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readBmc, readCover, readInduction } from '../../../toolchains/verilog/native/smtbmc-output.ts';

const read = (name: string): string => readFileSync(`test/fixtures/verilog/${name}.txt`, 'utf8');
const RECORDED = '../shared/data/recorded/yosys-0.23';
const recorded = (name: string): string => readFileSync(join(RECORDED, `${name}.stdout`), 'utf8');

/** Every text that differs from this one by a cut at a line, a dropped line or a doubled line. */
function mutations(text: string): string[] {
  const lines = text.trimEnd().split('\n');
  const whole = (list: readonly string[]): string => (list.length === 0 ? '' : `${list.join('\n')}\n`);
  return lines.flatMap((line, index) => [
    whole(lines.slice(0, index)),
    whole([...lines.slice(0, index), ...lines.slice(index + 1)]),
    whole([...lines.slice(0, index), line, ...lines.slice(index)]),
    `${whole(lines.slice(0, index))}${line.slice(0, line.length / 2)}`,
  ]);
}

describe('bounded search', () => {
  it('reads a clean run, with its depth', () => {
    expect(readBmc(read('bmc-passed'), 5)).toEqual({ status: 'PASSED', checked: 5, failures: [] });
  });

  it('does not take it for a run of another depth', () => {
    for (const steps of [1, 4, 6, 50]) expect(readBmc(read('bmc-passed'), steps).status).not.toBe('PASSED');
  });

  it('names what failed, in which step, with which trace', () => {
    const reading = readBmc(read('bmc-failed'), 12);
    expect(reading).toMatchObject({ status: 'FAILED', checked: 12 });
    expect(reading.failures).toEqual([{ name: 'assay_n0n_1', step: 7, trace: 0 }, { name: 'assay_n0n_2', step: 10, trace: 1 }]);
  });

  it('tells contradictory assumptions from a clean run', () => {
    expect(readBmc(read('bmc-presat'), 8)).toMatchObject({ status: 'PREUNSAT', unsatisfiableStep: 2, checked: 2 });
  });

  it('is never clean where a line is cut, dropped or doubled', () => {
    for (const text of mutations(read('bmc-passed'))) expect(readBmc(text, 5).status, text).not.toBe('PASSED');
    for (const text of [...mutations(read('bmc-failed')), ...mutations(read('bmc-presat'))])
      for (const steps of [8, 12]) expect(readBmc(text, steps).status, text).not.toBe('PASSED');
  });

  it('believes no line that is not its own', () => {
    const text = read('bmc-passed');
    for (const line of ['Status: PASSED', '##   0:00:00  Status: PASSED', 'SMT Solver \'z3\' not found in path.', '##   0:00:00  Unexpected response from solver: timeout'])
      expect(readBmc(text.replace('##   0:00:00  Checking assertions in step 3..\n', match => `${match}${line}\n`), 5).status).not.toBe('PASSED');
    expect(readBmc('##   0:00:00  Status: PASSED\n', 1).status).not.toBe('PASSED');
    expect(readBmc('', 1).status).toBeUndefined();
  });

  it('counts only whole steps of a run that was ended', () => {
    const lines = read('bmc-passed').split('\n');
    expect(readBmc(`${lines.slice(0, 7).join('\n')}\n`, 5).checked).toBe(2); // in the middle of step 2
    expect(readBmc(`${lines.slice(0, 8).join('\n')}\n`, 5).checked).toBe(3);
  });
});

describe('induction', () => {
  it('reads success with its length, and failure', () => {
    expect(readInduction(read('induction-passed'), 5)).toEqual({ status: 'PASSED', successful: true, length: 2 });
    expect(readInduction(read('induction-failed'), 3)).toMatchObject({ status: 'FAILED', successful: false });
  });

  it('is never successful where a line is cut or doubled, or another one than a try is dropped', () => {
    const lastTry = '##   0:00:00  Trying induction in step 3..\n'; // without it, it reads as a shorter proof: sound under the same base
    for (const text of mutations(read('induction-passed'))) expect(readInduction(text, 5).successful, text).toBe(text === read('induction-passed').replace(lastTry, ''));
    for (const text of mutations(read('induction-failed'))) expect(readInduction(text, 3).successful, text).toBe(false);
    expect(readInduction(read('induction-passed'), 9).successful).toBe(false);
  });
});

describe('cover', () => {
  it('reads what was reached and what was not', () => {
    const reading = readCover(read('cover'), 8);
    expect(reading).toMatchObject({ status: 'FAILED', checked: 8, unreached: ['assay_n0n_3'] });
    expect(reading.reached).toEqual([{ name: 'assay_n0n_0', step: 2, trace: 0 }, { name: 'assay_n0n_1', step: 4, trace: 1 }, { name: 'assay_n0n_2', step: 4, trace: 1 }]);
  });

  it('reaches only what a line of its own names', () => {
    for (const text of mutations(read('cover'))) {
      const reading = readCover(text, 8);
      if (reading.status === undefined) continue;
      for (const { name } of reading.reached) expect(text).toContain(`Reached cover statement at ${name} in step`);
      for (const name of reading.unreached) expect(text).toContain(`Unreached cover statement at ${name}.`);
    }
  });
});

describe.skipIf(!existsSync(RECORDED))('recorded logs of yosys 0.23', () => {
  it('reads them as they ended', () => {
    expect(readBmc(recorded('counter-bmc-z3'), 20).status).toBe('PASSED');
    expect(readBmc(recorded('twin-bmc-z3'), 20).status).toBe('PASSED');
    expect(readBmc(recorded('bad-bmc-z3'), 20)).toMatchObject({ status: 'FAILED', failures: [{ step: 5 }] });
    expect(readBmc(recorded('contra-presat'), 5)).toMatchObject({ status: 'PREUNSAT', unsatisfiableStep: 0 });
    expect(readInduction(recorded('twin-ind-z3'), 10)).toMatchObject({ successful: true });
    expect(readInduction(recorded('lfsr-ind-z3'), 10).successful).toBe(false);
    for (const name of ['nosolver', 'timeout-opt', 'contra-nopresat']) expect(readBmc(recorded(name), 20).status).toBeUndefined();
  });

  it('finds none of them clean where a line is missing', () => {
    for (const text of mutations(recorded('counter-bmc-z3'))) expect(readBmc(text, 20).status).not.toBe('PASSED');
    for (const text of mutations(recorded('twin-ind-z3')))
      if (readInduction(text, 10).successful) expect(text.match(/Temporal induction successful\.|Status: PASSED/g)).toHaveLength(2);
  });
});
