/** Every option, section and engine option that SymbiYosys knows: obeyed, said or refused, and none passed over. */
import { describe, expect, it } from 'vitest';
import type { RepositoryTree } from '../../../toolchains/contract.ts';
import { expandSby } from '../../../toolchains/verilog/sby/expand.ts';
import { OPTION_TABLE } from '../../../toolchains/verilog/sby/option-table.ts';
import { readOptions } from '../../../toolchains/verilog/sby/options.ts';
import { prepareTask } from '../../../toolchains/verilog/sby/prepare.ts';

const tree: RepositoryTree = { root: '/r', files: [{ path: 't.v', bytes: 1 }], has: path => path === 't.v', read: async () => Buffer.alloc(0) };
const options = (...lines: string[]) => readOptions(lines.map((text, index) => ({ line: index + 1, text })));
const prepared = async (text: string) => prepareTask(await expandSby(text, undefined), undefined, 't.sby', tree);
const file = (engines: string, more = ''): string => `[options]\nmode bmc\n${more}[engines]\n${engines}\n[script]\nread t.v\n[files]\nt.v\n`;

/** The reference of SymbiYosys, "Options section", and what sby 0.6x reads besides (its `handle_*_option` calls). */
const DOCUMENTED = ['mode', 'expect', 'timeout', 'multiclock', 'wait', 'vcd', 'vcd_sim', 'fst', 'cycle_width', 'aigsmt', 'tbtop', 'make_model', 'smtc', 'depth', 'skip', 'append', 'append_assume', 'cover_assert'];
const BESIDES = ['skip_prep', 'assume_early', 'witrename', 'aigfolds', 'aigvmap', 'aigsyms'];
/** A value that asks for something other than the default, the mode it is given in, and what the reader makes of it. */
const OBEYED: Readonly<Record<string, readonly [value: string, mode: string, made: object]>> = {
  mode: ['prove', 'prove', { mode: 'prove' }],
  expect: ['fail', 'bmc', { expected: ['refuted', 'failed', 'unreachable'] }],
  timeout: ['9', 'bmc', { timeoutSeconds: 9 }],
  multiclock: ['on', 'bmc', { multiclock: true }],
  wait: ['on', 'bmc', { wait: true }],
  vcd: ['off', 'bmc', { traces: { vcd: false, cycleWidth: 10, append: 0, appendAssume: true } }],
  cycle_width: ['4', 'bmc', { traces: { vcd: true, cycleWidth: 4, append: 0, appendAssume: true } }],
  depth: ['7', 'bmc', { depth: 7 }],
  skip: ['3', 'bmc', { skip: 3 }],
  append: ['5', 'cover', { traces: { vcd: true, cycleWidth: 10, append: 5, appendAssume: true } }],
  append_assume: ['off', 'bmc', { traces: { vcd: true, cycleWidth: 10, append: 0, appendAssume: false } }],
  cover_assert: ['on', 'cover', { coverAssert: true }],
  assume_early: ['off', 'bmc', { assumeEarly: false }],
};
const SAID: Readonly<Record<string, string>> = { vcd_sim: 'on', fst: 'on', aigsmt: 'z3', tbtop: 'a.b', make_model: 'btor', witrename: 'off', aigfolds: 'on', aigvmap: 'on', aigsyms: 'on' };
const REFUSED: Readonly<Record<string, string>> = { smtc: 'a.smtc', skip_prep: 'on' };

describe('options of an .sby', () => {
  it('are all in the table, each in one of three ways', () => {
    expect(Object.keys(OPTION_TABLE).sort()).toEqual([...DOCUMENTED, ...BESIDES].sort());
    const fates = (fate: string): string[] => Object.keys(OPTION_TABLE).filter(name => OPTION_TABLE[name]!.fate === fate).sort();
    expect(fates('obeyed')).toEqual(Object.keys(OBEYED).sort());
    expect(fates('said')).toEqual(Object.keys(SAID).sort());
    expect(fates('refused')).toEqual(Object.keys(REFUSED).sort());
  });

  it.each(Object.entries(OBEYED))('obeys %s', (name, [value, mode, made]) => {
    const read = options(`mode ${mode}`, ...(name === 'mode' ? [] : [`${name} ${value}`]));
    expect(read).toMatchObject({ ...made, problems: [], notes: [] });
    if (name !== 'mode') expect(options(`mode ${mode}`)).not.toMatchObject(made);
  });

  it.each(Object.entries(SAID))('says that %s is not followed, with its line', (name, value) => {
    expect(options('mode bmc', `${name} ${value}`)).toMatchObject({ problems: [], notes: [{ line: 2, message: expect.stringContaining(`option ${name}: `) as string }] });
  });

  it.each(Object.entries(REFUSED))('refuses %s, with its line', (name, value) => {
    expect(options('mode bmc', `${name} ${value}`).problems).toMatchObject([{ line: 2, message: expect.stringContaining(`option ${name}: `) as string }]);
  });

  it('are refused with a value of another form, without one, or in a mode that does not know them', () => {
    for (const [name, { form }] of Object.entries(OPTION_TABLE)) {
      if (form !== 'words') expect(options('mode bmc', `${name} perhaps`).problems.length, name).toBeGreaterThan(0);
      expect(options('mode bmc', name).problems.length, name).toBeGreaterThan(0);
    }
    for (const line of ['cycle_width 3', 'cycle_width 0', 'timeout soon', 'skip some', 'append 99999999', 'cover_assert on', 'nosuch on', 'toString on']) expect(options('mode bmc', line).problems, line).toHaveLength(1);
    for (const line of ['depth 4', 'append 4', 'append_assume on']) expect(options('mode live', line).problems, line).toMatchObject([{ message: expect.stringContaining('no meaning in mode live') as string }]);
    expect(options('mode cover', 'aigsmt z3').problems).toHaveLength(1);
  });
});

describe('engines and sections of an .sby', () => {
  it('says which options of an engine are not followed, and refuses those that sby does not know', async () => {
    expect((await prepared(file('smtbmc --presat --keep-going z3\nabc --keep-going bmc3\nbtor btormc'))).problems).toEqual([]);
    const notes = (await prepared(file('smtbmc --nomem --syn z3 rewriter.cache_all=true'))).task.notes;
    expect(notes.map(note => note.line)).toEqual([4, 4, 4]);
    expect(notes.at(-1)?.message).toBe('"smtbmc --nomem --syn z3 rewriter.cache_all=true": rewriter.cache_all=true is not passed to z3');
    expect((await prepared(file('smtbmc --fast z3'))).problems).toEqual([{ line: 4, message: 'engine smtbmc: unknown option "--fast"' }]);
    expect((await prepared(file('magic'))).problems).toEqual([{ line: 4, message: 'unknown engine "magic"' }]);
  });

  it('takes the engines of the mode alone', async () => {
    const { task, problems } = await prepared('[options]\nmode bmc\n[engines bmc]\nabc bmc3\n[engines prove]\nabc pdr\n[engines]\nsmtbmc\n[script]\nread t.v\n[files]\nt.v\n');
    expect(problems).toEqual([]);
    expect(task.engines.map(engine => engine.text)).toEqual(['abc bmc3', 'smtbmc']);
  });

  it('refuses skip with an engine that cannot pass over steps, as sby does', async () => {
    expect((await prepared(file('abc bmc3', 'skip 2\n'))).problems).toEqual([{ line: 5, message: 'option skip: the engine abc cannot pass over steps' }]);
    expect((await prepared(file('abc bmc3', 'skip none\n'))).problems).toEqual([]);
  });

  it('says of sections that change nothing', async () => {
    const { task, problems } = await prepared(`${file('smtbmc')}[cancelledby]\nother\n`);
    expect(problems).toEqual([]);
    expect(task.notes).toEqual([{ line: 9, message: 'section [cancelledby]: every task is run to its end' }]);
  });
});
