import { describe, expect, it } from 'vitest';
import { checkWith, message, type Plan } from './lean-programs.ts';

const FILE = 'namespace A\ntheorem good : True := trivial\ntheorem other : 1 = 1 := rfl\nend A\n';
const STANDARD = ['propext', 'Classical.choice', 'Quot.sound'];
const constants = [{ name: 'A.good' }, { name: 'A.other', axioms: STANDARD }];
const files = { 'X.lean': FILE };
const plan = (said: Plan['modules'][string], more: Partial<Plan> = {}): Plan => ({ modules: { X: { constants, ...said } }, ...more });

describe('a Lean file checked by programs that speak the protocol', () => {
  it('is proved where the fresh build names each declaration with allowed axioms, and the kernel replays it', async () => {
    const checked = await checkWith(files, plan({}));
    expect(checked.verdicts).toEqual(['A.good proved', 'A.other proved']);
    expect(checked.results[0]!.confirmed).toEqual([{ by: 'leanchecker', how: 'the build replayed in the kernel' }]);
    expect(checked.results[0]!.diagnostics).toEqual([]);
    expect(checked.results[0]!.attempts.map((one) => one.tool)).toEqual(['lean', 'lean', 'leanchecker']);
    expect(checked.results[0]!.attempts[0]!.argv).toContain('--run');
  });
  it('says "not replayed" where there is no leanchecker', async () => {
    const checked = await checkWith(files, plan({}, { replay: 'none' }));
    expect(checked.verdicts).toEqual(['A.good proved', 'A.other proved']);
    expect(checked.results.map((one) => one.diagnostics.map((note) => note.code))).toEqual([['not-replayed'], ['not-replayed']]);
    expect(checked.results[0]!.confirmed).toEqual([]);
  });
  it('is not proved where the kernel refuses the build', async () => {
    const checked = await checkWith(files, plan({}, { replay: 'refuse' }));
    expect(checked.verdicts.every((one) => one.includes(' failed: the kernel refuses the build'))).toBe(true);
  });
  it('keeps the others where one has an error: they are built without it', async () => {
    const said = message('error', 3, 25, 'Type mismatch\n  rfl');
    const checked = await checkWith(files, plan({ lines: [said], code: 1, copy: { constants: [{ name: 'A.good' }, { name: 'A.other', axioms: ['sorryAx'] }] } }));
    expect(checked.verdicts).toEqual(['A.good proved', 'A.other failed: Type mismatch']);
    expect(checked.results[1]!.diagnostics[0]!.range).toEqual({ start: { line: 3, column: 26 }, end: { line: 3, column: 27 } });
  });
  it('leaves the others open where the rest cannot be built', async () => {
    const checked = await checkWith(files, plan({ lines: [message('error', 3, 25, 'unexpected token \'end\'; expected term')], code: 1, copy: { code: 1, lines: [message('error', 1, 0, 'x')] } }));
    expect(checked.verdicts).toEqual(['A.good unknown: the file has an error elsewhere, and Lean could not build the rest of it', 'A.other malformed: unexpected token \'end\'; expected term']);
  });
  it('knows sorry by kind, of its own and through others', async () => {
    const lines = [message('warning', 2, 8, 'declaration uses `sorry`', 'hasSorry'), message('warning', 3, 8, 'a message with hasSorry in its words')];
    const checked = await checkWith(files, plan({ lines, constants: [{ name: 'A.good', axioms: ['sorryAx'] }, { name: 'A.other', axioms: [...STANDARD, 'sorryAx'] }] }));
    expect(checked.verdicts).toEqual(['A.good unknown: sorry: its proof is left open', 'A.other unknown: sorry: it rests on a proof that is left open']);
  });
  it('is not proved where Lean warns of sorry and the axioms hide it', async () => {
    const checked = await checkWith(files, plan({ lines: [message('warning', 2, 8, 'declaration uses `sorry`', 'hasSorry')] }));
    expect(checked.verdicts).toEqual(['A.good unknown: disputed: Lean warns of sorry in it, its axioms name none', 'A.other proved']);
  });
  it('is proved on an axiom that the sources state, and lists it, also where the text does not name it', async () => {
    const source = 'axiom trust : 1 = 2\ntheorem A.good : 1 = 2 := trust\ntheorem A.other : 1 = 2 := by simp_all\ntheorem A.hidden : 1 = 2 := by conjure\n';
    const checked = await checkWith({ 'A.lean': source }, { modules: { A: { constants: [
      { name: 'trust', kind: 'axiom', axioms: ['trust'] }, { name: 'A.good', axioms: ['trust'] }, { name: 'A.other', axioms: [...STANDARD, 'trust'] }, { name: 'A.hidden', axioms: ['trust', 'conjured'] },
    ] } } });
    expect(checked.verdicts).toEqual(['trust nothing-to-prove: an axiom: what it says is taken on trust', 'A.good proved', 'A.other proved', 'A.hidden unknown: it rests on the axiom conjured']);
    const listed = (symbol: string): string[] => {
      const obligation = checked.obligations.find((one) => one.symbol === symbol)!;
      return [...obligation.assumptions, ...(checked.results.find((one) => one.obligation === obligation.id)?.assumptions ?? []).map((one) => one.id)];
    };
    expect(listed('A.good')).toEqual(['lean:A.lean:axiom:trust']);
    expect(listed('A.other')).toEqual(['lean:A.lean:axiom:trust']);
  });
  it('names the axioms of native_decide, old and new, and is not proved under others', async () => {
    const checked = await checkWith(files, plan({ constants: [{ name: 'A.good', axioms: ['propext', 'A.good._native.native_decide.ax_1_1'] }, { name: 'A.other', axioms: ['Lean.ofReduceBool', 'my_axiom'] }] }));
    expect(checked.verdicts).toEqual(['A.good proved', 'A.other unknown: it rests on the axiom my_axiom']);
    expect(checked.results[0]!.diagnostics.map((note) => note.message)).toEqual(['rests on compiled code: A.good._native.native_decide.ax_1_1']);
    expect(checked.results[0]!.assumptions?.map((one) => `${one.kind} ${one.text}`)).toEqual(['native_decide A.good._native.native_decide.ax_1_1']);
    expect((await checkWith(files, plan({ constants: [{ name: 'A.good', axioms: ['x._native.native_decide.ax_1_1.extra'] }, { name: 'A.other' }] }))).verdicts[0]).toMatch(/^A.good unknown/);
  });
  it('counts heartbeats as out of resource', async () => {
    const lines = [message('error', 3, 25, '(deterministic) timeout at `whnf`, maximum number of heartbeats (200000) has been reached', 'runtime.maxHeartbeats')];
    expect((await checkWith(files, plan({ lines, code: 1, copy: { constants } }))).verdicts[1]).toMatch(/^A.other out-of-resource/);
  });
  it('is crashed where a program of the file ends Lean', async () => {
    expect((await checkWith(files, plan({ code: 0, write: false }))).verdicts[0]).toMatch(/^A.good crashed: lean 4.31.0 ended without writing the module/);
    expect((await checkWith(files, plan({ code: 1, stderr: 'Stack overflow detected. Aborting.\n' }))).verdicts[0]).toMatch(/^A.good crashed: .*Stack overflow/);
    expect((await checkWith(files, plan({ signal: 'SIGABRT' }))).verdicts[0]).toMatch(/^A.good crashed/);
  });
  it('is crashed where the output is not whole', async () => {
    expect((await checkWith(files, plan({ tail: '{"caption":"","data":"x' }))).verdicts[0]).toMatch(/^A.good crashed: .*its last line has no end/);
    expect((await checkWith(files, plan({ lines: ['{"severity":"error"'] }))).verdicts[0]).toMatch(/^A.good crashed: .*a message of it cannot be read/);
  });
  it('is not proved by a list of axioms that is cut, of another, or fails', async () => {
    for (const audit of [{ cut: 1 }, { skip: 1 }, { cut: 2 }, { nonce: 'guess' }, { code: 1 }]) {
      const { verdicts } = await checkWith(files, plan({}, { audit }));
      expect(verdicts.every((one) => one.includes('unknown: its axioms could not be read')), JSON.stringify({ audit, verdicts })).toBe(true);
    }
  });
  it('is not proved by another name, an axiom of its name, a double name or a build with holes', async () => {
    expect((await checkWith(files, plan({ constants: [{ name: 'good' }, { name: 'A.other', kind: 'axiom' }] }))).verdicts)
      .toEqual(['A.good unknown: the build does not name it', 'A.other unknown: the build has it as an axiom', 'good proved']);
    expect((await checkWith(files, plan({ constants: [...constants, { name: 'A.good' }] }))).verdicts[0]).toMatch(/names A.good twice/);
    expect((await checkWith(files, plan({ constants: [{ name: 'A.good', missing: ['B.x'] }, { name: 'A.other' }] }))).verdicts[0]).toMatch(/which is not in the build/);
    expect((await checkWith(files, plan({ constants: [{ name: 'A.good', kind: 'definition' }, { name: 'A.other' }] }))).verdicts[0]).toBe('A.good unknown: the build has it as definition, not as a theorem');
  });
  it('proves examples and instances without a name by a copy that names them', async () => {
    const text = 'example : True := trivial\ninstance : Inhabited Nat := ⟨1⟩\ntheorem t : True := trivial\n';
    const checked = await checkWith({ 'X.lean': text }, { modules: { X: { constants: [{ name: 't' }] } } });
    expect(checked.verdicts).toEqual(['example 1 of X proved', 'instance 1 of X proved', 't proved']);
    const open = await checkWith({ 'X.lean': text }, { modules: { X: { constants: [{ name: 't' }], anonymous: ['sorryAx'] } } });
    expect(open.verdicts[0]).toBe('example 1 of X unknown: sorry: it rests on a proof that is left open');
    const without = await checkWith({ 'X.lean': text }, { modules: { X: { constants: [{ name: 't' }], copy: { code: 1, lines: [message('error', 1, 0, 'no')] } } } });
    expect(without.verdicts).toEqual(['example 1 of X unknown: the build does not name it', 'instance 1 of X unknown: the build does not name it', 't proved']);
  });
  it('is timeout where Lean does not end', async () => {
    const aborted = AbortSignal.timeout(1500);
    expect((await checkWith(files, plan({ hang: true }), { signal: aborted })).verdicts[0]).toMatch(/^A.good cancelled/);
  });
});

describe('a Lake package', () => {
  const lake = { 'lakefile.toml': 'name = "p"\nsrcDir = "src"\n[leanOptions]\nautoImplicit = false\n', 'lean-toolchain': 'leanprover/lean4:v4.31.0\n', 'src/P.lean': 'import P.Base\ntheorem top : True := trivial\n', 'src/P/Base.lean': 'theorem base : True := trivial\n' };
  it('is built in import order, with its options, from fresh builds alone', async () => {
    const checked = await checkWith({ ...lake, '.lake/build/lib/lean/P/Base.olean': 'prebuilt' }, { modules: { P: { constants: [{ name: 'top' }] }, 'P.Base': { constants: [{ name: 'base' }] } } });
    expect(checked.verdicts).toEqual(['top proved', 'base proved']);
    const builds = checked.runs.filter((run) => run.argv.includes('--json'));
    expect(builds.map((run) => run.argv.at(-1)!.split(/\/source-main-\w+\//)[1])).toEqual(['P/Base.lean', 'P.lean']);
    expect(builds[0]!.argv).toContain('-DautoImplicit=false');
    expect(checked.runs.every((run) => !(run.env.LEAN_PATH ?? '').includes('.lake'))).toBe(true);
  });
  it('believes no build that a later module changed, and lets nothing stand in for Lean itself', async () => {
    const checked = await checkWith(lake, { modules: { P: { constants: [{ name: 'top' }], spoils: 'P/Base.olean' }, 'P.Base': { constants: [{ name: 'base' }] } } });
    expect(checked.verdicts).toEqual(['top unknown: the build P/Base.olean was changed by what was built after it', 'base proved']);
    expect(checked.runs.every((run) => /\/lib\/lean(?::|$)/.test((run.env.LEAN_PATH ?? '').split(':')[0]!))).toBe(true);
  });
  it('does not go on over a module that was not built', async () => {
    const checked = await checkWith(lake, { modules: { P: { constants: [{ name: 'top' }] }, 'P.Base': { code: 1, lines: [message('error', 1, 0, 'no')], copy: { code: 1 } } } });
    expect(checked.verdicts).toEqual(['top not-run: it imports P.Base, which was not built', 'base failed: no']);
  });
  it('is not checked with another version than it pins, nor without its dependencies', async () => {
    expect((await checkWith({ ...lake, 'lean-toolchain': 'leanprover/lean4:v4.33.0' }, { modules: {} })).verdicts[0]).toMatch(/tool-missing: the project pins leanprover\/lean4:v4.33.0; here is lean 4.31.0/);
    const checked = await checkWith({ 'M.lean': 'import Mathlib\ntheorem t : True := trivial\n' }, { modules: {} });
    expect(checked.verdicts[0]).toMatch(/^t tool-missing: it imports Mathlib, of which there is no build/);
    expect(checked.outlines[0]!.units[0]!.expectedMemoryMb).toBe(6500);
    expect(checked.outlines[0]!.assumptions.map((one) => `${one.kind} ${one.text}`)).toEqual(['unverified-import Mathlib']);
  });
});
