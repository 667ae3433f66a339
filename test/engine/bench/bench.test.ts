import fc from 'fast-check';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MANIFEST, readManifest } from '../../../app/engine/bench/manifest.ts';
import { meanOf, passAtK } from '../../../app/engine/bench/pass-at-k.ts';
import { commandRoom, type CommandRoom } from '../../cli/run.ts';
import { DAFNY_PATH, hasDafny, SLOW_MS } from '../../toolchains/dafny/tools.ts';

describe('pass@k', () => {
  it('is the share of choices of k attempts that have a success among them', () => {
    fc.assert(fc.property(fc.array(fc.boolean(), { minLength: 1, maxLength: 9 }), fc.nat(), (attempts, draw) => {
      const k = 1 + (draw % attempts.length);
      let all = 0, good = 0;
      for (let mask = 0; mask < 2 ** attempts.length; mask++) {
        const chosen = attempts.filter((_, at) => (mask >> at) & 1);
        if (chosen.length !== k) continue;
        all++;
        if (chosen.some(Boolean)) good++;
      }
      expect(passAtK(attempts.length, attempts.filter(Boolean).length, k)).toBeCloseTo(good / all, 9);
    }));
  });
  it('has an interval that holds the mean, is the same each time, and is narrower with more tasks', () => {
    const few = meanOf([1, 0, 1, 1]), many = meanOf(Array.from({ length: 400 }, (_, at) => (at % 4 === 1 ? 0 : 1)));
    expect(few).toEqual(meanOf([1, 0, 1, 1]));
    for (const one of [few, many]) { expect(one.low).toBeLessThanOrEqual(0.75); expect(one.high).toBeGreaterThanOrEqual(0.75); expect(one.share).toBe(0.75); }
    expect(many.high - many.low).toBeLessThan(few.high - few.low);
  });
});

describe('a manifest', () => {
  let folder: string;
  beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'assay-bench-')); });
  afterEach(() => { rmSync(folder, { recursive: true, force: true }); });
  const read = (value: unknown): ReturnType<typeof readManifest> => { writeFileSync(join(folder, MANIFEST), typeof value === 'string' ? value : JSON.stringify(value)); return readManifest(folder, ['dafny']); };
  const task = { language: 'dafny', task: 'a.dfy' };

  it('gives tasks with the limits of all and their own', () => {
    expect(read({ schema: 1, name: 'n', limits: { wall: 60, calls: 9 }, tasks: [task, { ...task, only: 'M', limits: { wall: 5 } }] }).tasks).toEqual([
      { id: 'a.dfy', ...task, limits: { wall: 60, calls: 9 } }, { id: 'a.dfy#M', ...task, only: 'M', limits: { wall: 5, calls: 9 } },
    ]);
  });
  it('is refused by name where it cannot be meant', () => {
    expect(() => readManifest(folder, [])).toThrow(MANIFEST);
    for (const [value, why] of [['{', 'no JSON'], [{ schema: 2, name: 'n', tasks: [task] }, 'schema'], [{ schema: 1, name: 'n', tasks: [task, task] }, 'twice'], [{ schema: 1, name: 'n', tasks: [{ ...task, task: '../a.dfy' }] }, 'below the folder'], [{ schema: 1, name: 'n', tasks: [{ ...task, language: 'coq' }] }, 'no language "coq"'], [{ schema: 1, name: 'n', tasks: [{ ...task, wal: 1 }] }, 'wal']] as const) expect(() => read(value), why).toThrow(why);
  });
});

describe('assay bench FOLDER', () => {
  let room: CommandRoom;
  beforeEach(() => { room = commandRoom(); });
  afterEach(() => { room.dispose(); });
  const put = (name: string, text: string): void => { writeFileSync(join(room.folder, name), text); };
  const FILL = 'method Fill(a: array<int>, v: int)\n  modifies a\n  ensures forall i :: 0 <= i < a.Length ==> a[i] == v\n{\n  var n := 0;\n  while n < a.Length\n  {\n    a[n] := v;\n    n := n + 1;\n  }\n}\n';

  it.skipIf(!hasDafny)('counts what was proved, and sets apart what says nothing (needs dafny and z3)', async () => {
    put('fill.dfy', FILL);
    put('false.dfy', 'lemma False(x: int) ensures x == x + 1 { }\n');
    put('holds.dfy', 'lemma Holds(x: int) ensures x == x { }\n');
    put('broken.dfy', 'lemma Broken( {\n');
    put(MANIFEST, JSON.stringify({ schema: 1, name: 'four', limits: { wall: 900 }, tasks: [
      { language: 'dafny', task: 'fill.dfy' }, { id: 'no', language: 'dafny', task: 'false.dfy', limits: { calls: 2 } }, { language: 'dafny', task: 'holds.dfy' }, { language: 'dafny', task: 'broken.dfy' },
      { id: 'bad reference', language: 'dafny', task: 'fill.dfy', reference: 'false.dfy' }, { id: 'nowhere', language: 'dafny', task: 'nowhere.dfy' },
    ] }));
    const { code, stdout, stderr } = await room.run(['bench', '.', '--json', 'out.json'], { PATH: DAFNY_PATH });
    expect(code, stdout + stderr).toBe(0);
    const json = JSON.parse(readFileSync(join(room.folder, 'out.json'), 'utf8')) as { counted: number; first: { share: number }; tasks: { task: { id: string }; apart?: string; attempts: { proved: boolean }[] }[] };
    expect(json.counted).toBe(2);
    expect(json.first.share).toBe(0.5);
    expect(json.tasks.map((one) => one.apart ?? one.attempts.map((attempt) => attempt.proved))).toEqual([
      [true], [false], 'it is proved as it stands', expect.stringMatching(/cannot be checked|nothing to prove/), expect.stringContaining('its reference does not verify'), expect.stringContaining('nowhere.dfy'),
    ]);
    expect(stdout).toContain('2 of 6 tasks counted, 4 set apart');
    expect(stdout).toMatch(/first attempt: 50 % \(\d+–\d+\), Wilson/);
  }, 4 * SLOW_MS);
});
