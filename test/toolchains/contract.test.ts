/**
 * What every verifier of the registry does, whatever it is: one table. With real tools where they are installed; Verus and Lean
 * are driven with tools in their own tests (recorded outputs, replayed by real programs), and here without.
 */
import { describe, expect, it } from 'vitest';
import { createToolHost, memoryCache } from '../../toolchains/executables.ts';
import { toolchains } from '../../toolchains/registry.ts';
import { classOf } from '../../toolchains/verdict.ts';
import { installed } from '../false-green/harness.ts';
import { checkFolder, temporaryFolder } from './check-context.ts';
import { outlined } from './outlined.ts';

/** A program that holds, one that does not, and what its check needs. */
const SAMPLES: Readonly<Record<string, { readonly file: string; readonly good: string; readonly bad: string; readonly needs?: readonly string[]; readonly assumes?: string }>> = {
  smt: { file: 'a.smt2', good: '(declare-const x Int)(assert (> x x))(check-sat)\n', bad: '(declare-const x Int)(assert (> x 1))(check-sat)\n', needs: ['z3', 'cvc5'] },
  sat: { file: 'a.cnf', good: 'p cnf 1 2\n1 0\n-1 0\n', bad: 'p cnf 1 1\n1 0\n', needs: ['cadical'] },
  verilog: { file: 'a.sv', good: 'module m(input a);\nalways @* assert (a || !a);\nendmodule\n', bad: 'module m(input a);\nalways @* assert (a);\nendmodule\n', needs: ['yosys', 'z3'], assumes: 'module m(input a);\nalways @* begin assume (a); assert (a); end\nendmodule\n' },
  dafny: { file: 'a.dfy', good: 'lemma L() ensures 1 + 1 == 2 { }\n', bad: 'lemma L() ensures 1 == 2 { }\n', needs: ['dafny', 'z3'], assumes: 'lemma L() ensures 1 == 2 { assume false; }\n' },
  lean: { file: 'a.lean', good: 'theorem t : 1 = 1 := rfl\n', bad: 'theorem t : 1 = 2 := rfl\n', assumes: 'theorem t : 1 = 2 := sorry\n' },
  verus: { file: 'a.rs', good: 'use vstd::prelude::*;\nverus! { proof fn f() ensures true { } }\n', bad: 'use vstd::prelude::*;\nverus! { proof fn f() ensures false { } }\n', assumes: 'use vstd::prelude::*;\nverus! { proof fn f() ensures false { admit(); } }\n' },
  why3: { file: 'a.mlw', good: 'module M goal g: 1 = 1 end\n', bad: 'module M use int.Int\ngoal g: 1 = 2 end\n', needs: ['why3', 'z3'], assumes: 'module M use int.Int\naxiom a: 1 = 1\ngoal g: 1 = 1 end\n' },
};
const GARBAGE = '\ufeff}}) "\u0000 (* /* `define \\ {:';

async function check(id: string, text: string, options: Parameters<typeof checkFolder>[2]): Promise<Awaited<ReturnType<typeof checkFolder>>> {
  const { root, dispose } = await temporaryFolder({ [SAMPLES[id]!.file]: text });
  try { return await checkFolder(toolchains.find((one) => one.id === id)!, root, options); } finally { await dispose(); }
}
const kinds = ({ results }: Awaited<ReturnType<typeof checkFolder>>): string[] => results.map((one) => one.verdict.kind);

it('has a sample of every toolchain', () => { expect(Object.keys(SAMPLES).sort()).toEqual(toolchains.map((one) => one.id).sort()); });

describe.each(toolchains.map((toolchain) => ({ id: toolchain.id, toolchain })))('$id', ({ id, toolchain }) => {
  const { file, good, bad, assumes } = SAMPLES[id]!;

  it('locates nothing on an empty PATH but what is embedded, and says what to do', async () => {
    const { tools, missing } = await toolchain.locate(createToolHost({ path: '', hashCache: memoryCache() }));
    expect(tools.filter((tool) => !tool.embedded)).toEqual([]);
    expect(missing.length).toBeGreaterThan(0);
    for (const one of missing) { expect(one.why).not.toBe(''); expect(one.remedy).not.toBe(''); }
  });

  it('outlines the same twice: unique ids, ranges of the file, every obligation in one unit, edges and assumptions that are there', async () => {
    const [first, second] = [await outlined(toolchain, { [file]: good }), await outlined(toolchain, { [file]: good })];
    expect(second).toEqual(first);
    for (const outline of first.outlines) {
      const ids = outline.obligations.map((one) => one.id);
      expect(new Set(ids).size).toBe(ids.length);
      expect(outline.units.flatMap((unit) => unit.obligations).sort()).toEqual([...ids].sort());
      for (const one of outline.obligations) {
        expect(one.file).toBe(file);
        expect(one.range.end.line).toBeLessThanOrEqual(good.split('\n').length);
        expect((one.uses ?? []).filter((used) => !ids.includes(used))).toEqual([]);
        expect(one.assumptions.filter((assumption) => !outline.assumptions.some((each) => each.id === assumption))).toEqual([]);
      }
    }
  });

  it('takes any text without throwing what is no input error, and is green of nothing in it', async () => {
    const checked = await check(id, GARBAGE, { tools: [] });
    for (const kind of kinds(checked)) expect(classOf(kind as 'proved')).not.toBe('green');
  });

  it('reports every asked obligation where it has no tool, and none is green', async () => {
    const checked = await check(id, good, { tools: [], trusted: true });
    expect(checked.results.map((one) => one.obligation).sort()).toEqual(checked.obligations.map((one) => one.id).sort());
    expect(kinds(checked).length).toBeGreaterThan(0);
    for (const kind of kinds(checked)) expect(kind).toBe('tool-missing');
  });

  it.skipIf(assumes === undefined)('lists what is taken on trust, and links it', async () => {
    const { outlines } = await outlined(toolchain, { [file]: assumes! });
    expect(outlines.flatMap((outline) => outline.assumptions).length).toBeGreaterThan(0);
    expect(outlines.flatMap((outline) => outline.obligations).some((one) => one.assumptions.length > 0)).toBe(true);
  });

  const { needs } = SAMPLES[id]!;
  describe.skipIf(!needs || needs.some((name) => !installed(name)))(`with its tools (needs ${(needs ?? [id]).join(', ')})`, { timeout: 120_000 }, () => {
    it('proves what holds with evidence that can be pasted, and not what does not', async () => {
      const checked = await check(id, good, { limits: { wallSeconds: 17, memoryMb: 2048 } });
      expect(kinds(checked)).toEqual(['proved']);
      const [result] = checked.results;
      expect(result!.attempts[0]).toMatchObject({ exit: { reason: 'exited' }, limits: { wallSeconds: 17, memoryMb: 2048 } });
      expect(result!.attempts[0]!.outputs.length).toBeGreaterThan(0);
      const command = toolchain.reproduce(result!.attempts[0]!, checked.obligations[0]!);
      expect(command).toMatch(/^\S.*\S$/);
      for (const kind of kinds(await check(id, bad, {}))) expect(['refuted', 'failed']).toContain(kind);
    });
    it('is green of nothing that was cancelled before it began', async () => {
      for (const kind of kinds(await check(id, good, { signal: AbortSignal.abort() }))) expect(classOf(kind as 'proved')).not.toBe('green');
    });
  });
});
