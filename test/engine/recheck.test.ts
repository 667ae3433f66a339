import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Engine, type OpenedPlan } from '../../app/engine/engine.ts';
import type { EngineEvent } from '../../app/engine/events.ts';
import type { Ledger } from '../../app/engine/ledger/types.ts';
import { recheckShare, recheckSome } from '../../app/engine/running/recheck.ts';
import type { Attempt, Tool, Toolchain } from '../../toolchains/contract.ts';
import type { Verdict } from '../../toolchains/verdict.ts';

let folder = '';
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'assay-recheck-')); });
afterEach(() => { rmSync(folder, { recursive: true, force: true }); });

/** A toolchain of one obligation a `.claim` file, whose verdict the test decides: the engine's part is what is tested. */
function fickle(say: () => Verdict): Toolchain {
  const tool: Tool = { id: 'fickle', version: '1', path: 'npm:fickle', sha256: 'f', fingerprint: 'f', embedded: true };
  const range = { start: { line: 1, column: 1 }, end: { line: 1, column: 2 } };
  return {
    id: 'fickle', name: 'Fickle', revision: 1,
    capabilities: { perSymbol: false, counterexamples: false, goals: false, certificates: false, resourceLimit: false, bounded: false },
    locate: async () => ({ tools: [tool], missing: [] }), references: () => [], reproduce: () => 'true',
    recognise: async (tree) => {
      const claimed = tree.files.map((file) => file.path);
      return { claimed, uncovered: [], projects: claimed.map((path) => ({ id: `fickle:${path}`, toolchain: 'fickle', root: '', name: path, files: [path], options: {}, executes: [] })) };
    },
    outline: async (project) => ({
      assumptions: [], uncovered: [], diagnostics: [],
      obligations: [{ id: `${project.id}#claim`, project: project.id, toolchain: 'fickle', symbol: 'claim', kind: 'claim', file: project.name, range, assumptions: [], assumptionScope: 'exact' }],
      units: [{ id: project.id, project: project.id, label: project.name, obligations: [`${project.id}#claim`], inputs: { files: project.files }, options: {}, executesCode: false }],
    }),
    check: async (context) => {
      const verdict = say(), output = Buffer.from(verdict.kind);
      const attempt: Attempt = {
        tool: 'fickle', toolVersion: '1', fingerprint: 'f', argv: ['fickle'], cwd: '/', env: {}, exit: { code: 0, signal: null, reason: 'exited' }, limits: context.limits,
        startedAt: new Date().toISOString(), seconds: 0.01, peakMemoryMb: 1, outputs: [{ name: 'stdout', content: output, bytes: output.length, truncated: false }], said: verdict,
      };
      for (const { id } of context.asked) context.report({ obligation: id, verdict, diagnostics: [], attempts: [attempt], confirmed: [], seconds: 0.01, memoryMb: 1 });
    },
  };
}

async function verify(engine: Engine, share: number, fresh = false): Promise<{ ledger: Ledger; events: EngineEvent[] }> {
  const events: EngineEvent[] = [];
  const signal = new AbortController().signal;
  const opened: OpenedPlan = await engine.plan({ path: join(folder, 'r'), trusted: false, signal });
  const onEvent = (event: EngineEvent): void => { events.push(event); };
  const outcome = await engine.verify(opened, { limits: { wallSeconds: 5, memoryMb: 64, effort: 1 }, trusted: false, fresh, selection: {}, command: [], recheckShare: share, signal, onEvent });
  return { ledger: await recheckSome(engine.parts, outcome, outcome.ledger, { share, signal, onEvent }), events };
}

it('a re-check that disagrees is shown, voids what was kept, and the fresh verdict holds', async () => {
  mkdirSync(join(folder, 'r'));
  writeFileSync(join(folder, 'r', 'a.claim'), 'x');
  let answer: Verdict = { kind: 'proved' };
  const engine = await Engine.create({ toolchains: [fickle(() => answer)], home: join(folder, 'home') });
  try {
    expect((await verify(engine, 0)).ledger.entries[0]).toMatchObject({ cached: false, result: { verdict: { kind: 'proved' } } });
    expect((await verify(engine, 0)).ledger.entries[0]).toMatchObject({ cached: true, result: { verdict: { kind: 'proved' } } });

    answer = { kind: 'refuted' };
    expect((await verify(engine, 0)).ledger.entries[0], 'without re-checks nothing is noticed').toMatchObject({ cached: true });
    const { ledger, events } = await verify(engine, 1);
    expect(ledger.entries[0]).toMatchObject({ cached: false, result: { verdict: { kind: 'refuted' } } });
    expect(events.filter((event) => event.type === 'disagreement')).toHaveLength(1);
    expect(events).toContainEqual({ type: 'notice', severity: 'warning', message: expect.stringContaining('A kept verdict did not hold') as string });

    const after = await verify(engine, 0);
    expect(after.ledger.entries[0]!.result.verdict.kind, 'the void verdict does not come back').toBe('refuted');
  } finally {
    await engine.dispose();
  }
});

it('a re-check that agrees, or says nothing this time, changes nothing', async () => {
  mkdirSync(join(folder, 'r'));
  writeFileSync(join(folder, 'r', 'a.claim'), 'x');
  let answer: Verdict = { kind: 'proved' };
  const engine = await Engine.create({ toolchains: [fickle(() => answer)], home: join(folder, 'home') });
  try {
    await verify(engine, 0);
    for (answer of [{ kind: 'proved' }, { kind: 'timeout' }] as Verdict[]) {
      const { ledger, events } = await verify(engine, 1);
      expect(ledger.entries[0]).toMatchObject({ cached: true, result: { verdict: { kind: 'proved' } } });
      expect(events.filter((event) => event.type === 'disagreement')).toEqual([]);
    }
  } finally {
    await engine.dispose();
  }
});

it('a fresh run that disagrees with what is kept says so, and what was kept is void', async () => {
  mkdirSync(join(folder, 'r'));
  writeFileSync(join(folder, 'r', 'a.claim'), 'x');
  let answer: Verdict = { kind: 'refuted' };
  const engine = await Engine.create({ toolchains: [fickle(() => answer)], home: join(folder, 'home') });
  try {
    await verify(engine, 0);
    answer = { kind: 'proved' };
    const { ledger, events } = await verify(engine, 0, true);
    expect(ledger.entries[0]).toMatchObject({ cached: false, result: { verdict: { kind: 'proved' } } });
    expect(events).toContainEqual({ type: 'notice', severity: 'warning', message: expect.stringContaining('was refuted, a fresh run says proved') as string });
    expect((await verify(engine, 0)).ledger.entries[0]).toMatchObject({ cached: true, result: { verdict: { kind: 'proved' } } });
  } finally {
    await engine.dispose();
  }
});

it('the share is settable, and anything that is none is one in a hundred', () => {
  expect([recheckShare('0'), recheckShare('0.5'), recheckShare('1')]).toEqual([0, 0.5, 1]);
  expect([recheckShare(undefined), recheckShare(''), recheckShare('2'), recheckShare('x')]).toEqual([0.01, 0.01, 0.01, 0.01]);
});
