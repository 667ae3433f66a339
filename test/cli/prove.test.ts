import { chmodSync, existsSync, mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DAFNY_PATH, hasDafny, SLOW_MS } from '../toolchains/dafny/tools.ts';
import { commandRoom, type CommandRoom, type Ended } from './run.ts';

let room: CommandRoom;
beforeEach(() => { room = commandRoom(); });
afterEach(() => { room.dispose(); });

const put = (name: string, text: string): string => { writeFileSync(join(room.folder, name), text); return name; };
const read = (name: string): string => readFileSync(join(room.folder, name), 'utf8');
const prove = (...args: string[]): Promise<Ended> => room.run(['prove', ...args, '--no-progress'], { PATH: DAFNY_PATH });
/** Enough under load; a search that finds a proof does not use it up. */
const AMPLE = ['--budget', 'wall=200s'];

interface ProveJson { readonly goals: readonly { readonly symbol: string; readonly proved: boolean; readonly passes?: number; readonly notes?: readonly string[]; readonly untried?: string }[]; readonly accepted: readonly { readonly additions: readonly { readonly strategy: string; readonly text: string }[]; readonly guard: readonly string[]; readonly cleanRun: { readonly verdicts: readonly { readonly verdict: { readonly kind: string } }[] } }[]; readonly calls: number; readonly patch: string }

const FILL = `method Fill(a: array<int>, v: int)
  modifies a
  ensures forall i :: 0 <= i < a.Length ==> a[i] == v
{
  var n := 0; // the next one
  while n < a.Length
  {
    a[n] := v;
    n := n + 1;
  }
}
`;

describe('assay prove', () => {
  it('is 64 for what cannot be meant', async () => {
    put('a.dfy', FILL);
    for (const args of [[], ['a.dfy', 'a.dfy'], ['a.dfy', '--strategy', 'magic'], ['a.dfy', '--budget', 'wall=soon'], ['a.dfy', '--budget', 'calls=0'], ['a.dfy', '--apply', '--diff', 'x'], ['a.dfy', '--json', '-', '--diff', '-']]) {
      const { code, stderr } = await prove(...args);
      expect(code, args.join(' ')).toBe(64);
      expect(stderr).toContain('usage');
    }
    expect((await room.run(['prove', '--help'])).stdout).toContain('postconditions');
  });

  it.skipIf(!hasDafny)('finds, shows and does not write; then writes, and the file verifies (needs dafny and z3)', async () => {
    put('a.dfy', FILL);
    const shown = await prove('a.dfy', ...AMPLE, '--json', 'out.json');
    expect(shown).toMatchObject({ code: 0, stdout: expect.stringContaining('Nothing was written') });
    expect(shown.stdout).toMatch(/^\+\s+invariant /m);
    expect(read('a.dfy')).toBe(FILL);
    const json = JSON.parse(read('out.json')) as ProveJson;
    expect(json.goals).toMatchObject([{ symbol: 'Fill', proved: true }]);
    expect(json.accepted[0]!.cleanRun.verdicts.map((one) => one.verdict.kind)).toEqual(['proved']);
    expect(json.accepted[0]!.guard[0]).toContain('only proof text');
    expect(json.accepted[0]!.guard[1]).toMatch(/equal bytes/);
    expect(json.accepted[0]!.guard[2]).toContain('none anew');
    expect((await prove('a.dfy', ...AMPLE, '--apply')).code).toBe(0);
    const written = read('a.dfy');
    expect(written.split('\n').filter((line) => !/^\s*invariant /.test(line)).join('\n')).toBe(FILL);
    const again = await room.verify(['a.dfy', '--fresh'], { PATH: DAFNY_PATH });
    expect(again.code).toBe(0);
    expect((await prove('a.dfy', ...AMPLE)).stdout).toContain('proved already');
  }, 2 * SLOW_MS);

  it.skipIf(!hasDafny)('proves in a folder where other files are green already (needs dafny and z3)', async () => {
    mkdirSync(join(room.folder, 'src'));
    put('src/a.dfy', FILL);
    put('src/b.dfy', 'lemma Green(x: int) ensures x + x == 2 * x { }\n');
    const { code, stdout } = await prove('src', ...AMPLE);
    expect(stdout).toContain('1 of 1 goal proved, 1 green before');
    expect(code).toBe(0);
  }, 2 * SLOW_MS);

  /** The first of them in each run; all of them with ASSAY_LONG. */
  const FAMILIES: readonly (readonly [string, string])[] = [
    ['a search that returns early', 'method M(s: seq<int>, x: int) returns (b: bool) ensures b <==> x in s {\n  var i := 0;\n  while i < |s| { if s[i] == x { return true; } i := i + 1; }\n  return false;\n}\n'],
    ['a function of a prefix, by assertions', 'function Max(s: seq<int>): int requires |s| > 0 { if |s| == 1 then s[0] else var m := Max(s[..|s| - 1]); if s[|s| - 1] >= m then s[|s| - 1] else m }\nmethod M(a: array<int>) returns (m: int) requires a.Length > 0 ensures m == Max(a[..]) {\n  m := a[0];\n  for i := 1 to a.Length { if a[i] > m { m := a[i]; } }\n}\n'],
    ['an induction and a call of another lemma', 'function F(n: nat): nat { if n == 0 then 1 else 2 * F(n - 1) }\nlemma {:induction false} Large(n: nat) ensures F(n) > n {\n}\nlemma {:induction false} Far(n: nat) ensures F(n + 4) > n + 4 {\n}\n'],
    ['a function of the index', 'function F(n: nat): nat { if n < 2 then n else F(n - 1) + F(n - 2) }\nmethod M(n: nat) returns (a: nat) ensures a == F(n) {\n  var b := 1; a := 0;\n  for i := 0 to n { a, b := b, a + b; }\n}\n'],
    ['a minimum and where it is', 'method M(a: array<int>) returns (m: int) requires a.Length > 0 ensures m in a[..] && forall i :: 0 <= i < a.Length ==> m <= a[i] {\n  m := a[0]; var i := 1;\n  while i < a.Length { if a[i] < m { m := a[i]; } i := i + 1; }\n}\n'],
    ['a product', 'method M(x: nat, y: nat) returns (r: int) ensures r == x * y {\n  r := 0; var m, k := x, y;\n  while k > 0 { r := r + m; k := k - 1; }\n}\n'],
    ['a recursion that falls by two parameters', 'function G(a: int, b: int): int requires a >= 0 && b >= 0 { if a == 0 || b == 0 then 0 else if a < b then G(a, b - 1) else G(a - 1, b) }\n'],
    ['a witness', 'datatype Step = Up | Down\npredicate Next(a: int, b: int, s: Step) { match s case Up => b == a + 1 case Down => b == a - 1 }\nlemma L(a: int, b: int) requires b == a + 1 ensures exists s :: Next(a, b, s) { }\n'],
  ];
  it.skipIf(!hasDafny).each(process.env.ASSAY_LONG === '1' ? FAMILIES : FAMILIES.slice(0, 3))('proves %s (needs dafny and z3)', async (_, text) => {
    put('a.dfy', text);
    const { code, stdout } = await prove('a.dfy', ...AMPLE);
    expect(code, stdout).toBe(0);
  }, SLOW_MS);

  it.skipIf(!hasDafny)('says honestly what it tried where there is no proof, and writes nothing (needs dafny and z3)', async () => {
    // True, and no strategy knows why.
    const text = 'lemma Cubes(a: nat, b: nat, c: nat) requires a > 0 && b > 0 ensures a * a * a + b * b * b != c * c * c {\n}\n';
    put('a.dfy', text);
    const { code, stdout } = await prove('a.dfy', '--budget', 'wall=200s,calls=6', '--apply', '--json', 'out.json');
    expect(code, stdout).toBe(2);
    expect(stdout).toContain('not found');
    expect(stdout).toContain('blocked by');
    const json = JSON.parse(read('out.json')) as ProveJson;
    expect(json.accepted).toEqual([]);
    expect(json.calls).toBeLessThanOrEqual(6);
    expect(read('a.dfy')).toBe(text);
  }, SLOW_MS);

  it.skipIf(!hasDafny || !existsSync('/usr/bin/bwrap'))('is 1 for a program that a run shows to be wrong, and searches no proof of it (needs dafny, z3 and bwrap)', async () => {
    const text = 'method M(n: nat) returns (r: nat) ensures r == n {\n  r := 0;\n  while r < n { r := r + 2; }\n}\n';
    put('a.dfy', text);
    const { code, stdout } = await prove('a.dfy', ...AMPLE, '--apply', '--json', 'out.json');
    expect(code, stdout).toBe(1);
    expect(stdout).toMatch(/^refuted .*\bM\b/m);
    expect(stdout).toMatch(/broke the specification.*\(n = \d+\)/);
    const json = JSON.parse(read('out.json')) as ProveJson;
    expect(json).toMatchObject({ accepted: [], calls: 0, goals: [{ proved: false, before: { kind: 'refuted', counterexample: { status: 'checked' } } }] });
    expect(read('a.dfy')).toBe(text);
  }, SLOW_MS);

  it.skipIf(!hasDafny)('is 3 for a file that does not parse, and leaves a link and a read-only file alone (needs dafny and z3)', async () => {
    put('broken.dfy', 'method M( { }');
    expect((await prove('broken.dfy', ...AMPLE)).code).toBe(3);
    put('a.dfy', FILL);
    symlinkSync('a.dfy', join(room.folder, 'b.dfy'));
    chmodSync(join(room.folder, 'a.dfy'), 0o444);
    const { code, stdout } = await prove('a.dfy', ...AMPLE, '--apply');
    expect(code).toBe(3);
    expect(stdout).toMatch(/not written: a\.dfy (is read-only|may not be written)/);
    expect(read('a.dfy')).toBe(FILL);
    expect(readdirSync(room.folder).filter((name) => name.endsWith('.assay'))).toEqual([]);
  }, 2 * SLOW_MS);

  it.skipIf(!hasDafny)('leaves a patch, and ends within its wall when it is short (needs dafny and z3)', async () => {
    put('a.dfy', FILL);
    expect((await prove('a.dfy', ...AMPLE, '--diff', 'a.patch')).code).toBe(0);
    expect(read('a.patch')).toMatch(/^--- a\/a\.dfy\n\+\+\+ b\/a\.dfy\n@@/);
    put('b.dfy', FILL.replace('== v', '== v + 1'));
    const short = await prove('b.dfy', '--budget', 'wall=3s');
    expect(short.code).toBe(2);
    expect(short.seconds).toBeLessThan(60);
  }, 2 * SLOW_MS);

  it.skipIf(!hasDafny)('is 130 when it is interrupted, and leaves nothing running or written (needs dafny and z3)', async () => {
    put('a.dfy', FILL.replace('== v', '== v + 1'));
    const { child, ended } = room.start(['prove', 'a.dfy', ...AMPLE, '--apply', '--no-progress'], { PATH: DAFNY_PATH });
    await new Promise((resolve) => setTimeout(resolve, 4000));
    child.kill('SIGINT');
    expect((await ended).code).toBe(130);
    expect(existsSync(join(room.folder, 'a.dfy.assay'))).toBe(false);
  }, SLOW_MS);
});
