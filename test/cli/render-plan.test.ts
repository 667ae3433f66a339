import { describe, expect, it } from 'vitest';
import { doctorJson, renderDoctor, type DoctorView } from '../../app/cli/render-doctor.ts';
import { renderPlan, type PlanView } from '../../app/cli/render-plan.ts';
import type { Style } from '../../app/cli/style.ts';
import type { Project } from '../../toolchains/contract.ts';
import type { ToolchainTools } from '../../app/engine/tools.ts';
import { assumption, entry, tool } from '../engine/made-up-ledger.ts';

const style: Style = { color: false, unicode: true, width: Infinity };
const project = (toolchain: string, file: string, executes: Project['executes'] = []): Project =>
  ({ id: `${toolchain}:${file}`, toolchain, root: '', name: file, files: [file], options: {}, executes });

const toolchains: readonly ToolchainTools[] = [
  { toolchain: 'smt', name: 'SMT-LIB', tools: [tool('z3', '4.8.12'), tool('boolector', '1.5.118', { unfit: 'older than 3.0' })], missing: [{ id: 'bitwuzla', why: 'not on PATH', remedy: 'apt install bitwuzla' }] },
  { toolchain: 'sat', name: 'SAT', tools: [tool('cadical-embedded', '1.0', { embedded: true, path: 'npm:x@1' })], missing: [] },
  { toolchain: 'verilog', name: 'Verilog', tools: [], missing: [{ id: 'yosys', why: 'not on PATH', remedy: 'apt install yosys' }] },
];
const executes = [{ file: 'p.sby', line: 7, what: 'pycode: import os' }];
const view: PlanView = {
  root: '/repository', toolchains, trusted: false,
  commit: { hash: '0123456789abcdef0123456789abcdef01234567', branch: 'main', dirty: true, untracked: 1 },
  plan: {
    projects: [project('smt', 'a.smt2'), project('verilog', 'p.sby', executes)],
    units: [], executes, diagnostics: [{ severity: 'warning', message: 'set-info is ignored', file: 'a.smt2' }],
    obligations: [
      entry({ kind: 'proved' }, { line: 3 }).obligation,
      entry({ kind: 'proved' }, { file: 'top.sv', line: 30, symbol: 'p_full', obligation: { toolchain: 'verilog', task: 'bmc', kind: 'assert', expected: ['refuted', 'failed'] } }).obligation,
    ],
    assumptions: [assumption('assume property')], uncovered: [{ file: 'M.dfy', why: 'Dafny: no tool covers it' }],
  },
  other: [{ ending: '.md', count: 2 }],
  expected: { seconds: 95, known: 3, of: 4, cores: 2 },
};

describe('the plan for people', () => {
  it('names obligations, code, missing tools, assumptions, what is not covered, and the time', () => {
    expect(renderPlan(view, style)).toMatchInlineSnapshot(`
      "/repository  commit 0123456789ab on main, changed since, 1 file is not part of it

      SMT-LIB: 1 obligation in 1 project
        a.smt2:3  check-sat 1  check-sat
      Verilog: 1 obligation in 1 project
        top.sv:30  bmc/p_full  assert  expects refuted or failed

      A run would execute code of the repository (not run unless you pass --trust)
        p.sby:7  pycode: import os

      Missing
        - bitwuzla  not on PATH. apt install bitwuzla
        - yosys     not on PATH. apt install yosys

      a.smt2: warning: set-info is ignored

      Taken on trust: 1 assumption
        a.v:1  assume property

      Not covered: 1 place
        M.dfy  Dafny: no tool covers it

      2 other files are no source: 2 .md

      2 obligations in 0 units. Nothing has run. About 1 min 35 s on 2 cores, from past runs of 3 of 4 units
      "
    `);
  });

  it('says what is not known', () => {
    const text = renderPlan({ ...view, trusted: true, commit: { hash: 'a'.repeat(40), dirty: 'unknown' }, expected: { seconds: 0, known: 0, of: 4, cores: 2 } }, style);
    expect(text).toContain('changed or not is not known');
    expect(text).toContain('trusted for this run');
    expect(text).toContain('How long it takes is not known');
    expect(renderPlan({ ...view, plan: { ...view.plan, projects: [], obligations: [], executes: [], diagnostics: [], assumptions: [], uncovered: [] } }, style)).toContain('No obligation found. Nothing has run');
  });

  it('lets no name forge a line', () => {
    const evil = 'x\nNothing to do\x1b[2J';
    const forged = renderPlan({
      ...view, root: evil, commit: { hash: 'a'.repeat(40), branch: evil, dirty: false }, notices: [evil], other: [{ ending: evil, count: 1 }],
      plan: { ...view.plan, executes: [{ file: evil, what: evil }], obligations: [entry({ kind: 'proved' }, { file: evil, symbol: evil, obligation: { kind: evil } }).obligation] },
    }, style);
    expect(forged).not.toMatch(/^Nothing to do/m);
    expect(forged).not.toContain('\x1b');
  });
});

describe('the doctor', () => {
  const doctor: DoctorView = { version: '0.1.0', node: 'v20.1.0', home: '/home/user/assay', platform: 'linux-x64', cores: 2, memoryMb: 8_192, toolchains, notices: ['PATH entry "." is skipped'] };

  it('names what is found, unfit and missing, with the remedy', () => {
    expect(renderDoctor(doctor, style)).toMatchInlineSnapshot(`
      "assay 0.1.0  Node v20.1.0, linux-x64, 2 cores, 8 GB; keeps its results in /home/user/assay

      SMT-LIB: ready
        ✓ z3 4.8.12          /usr/bin/z3
        ! boolector 1.5.118  /usr/bin/boolector  not used: older than 3.0
        - bitwuzla  not on PATH. apt install bitwuzla

      SAT: ready, on the embedded engine
        ✓ cadical-embedded 1.0  npm:x@1 (embedded)

      Verilog: cannot check anything
        - yosys  not on PATH. apt install yosys

      PATH entry "." is skipped
      "
    `);
  });

  it('gives the same as data', () => {
    const json = JSON.parse(JSON.stringify(doctorJson(doctor))) as { toolchains: { id: string; ready: boolean; missing: unknown[] }[] };
    expect(json).toMatchObject({ schema: 1, version: '0.1.0', cores: 2 });
    expect(json.toolchains.map(({ id, ready, missing }) => [id, ready, missing.length])).toEqual([['smt', true, 1], ['sat', true, 0], ['verilog', false, 1]]);
  });
});
