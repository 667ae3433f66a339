import { beforeEach, describe, expect, it, vi } from 'vitest';
import { progressBlock, type ProgressState } from '../../app/cli/progress-block.ts';
import { openProgress, type ProgressSource } from '../../app/cli/progress.ts';
import { widthOf } from '../../app/cli/layout.ts';
import type { Style } from '../../app/cli/style.ts';
import { entry } from '../engine/made-up-ledger.ts';

const state: ProgressState = {
  total: 40, done: 12, counts: new Map([['proved', 10], ['refuted', 1], ['timeout', 1]]), queued: 26, elapsedSeconds: 3.4, timeLeftSeconds: 7.6,
  running: [{ label: 'z3 queries/a.smt2', seconds: 1.2 }, { label: `yosys ${'long/'.repeat(20)}\x1b[2Jx\ny.sv`, seconds: 75 }],
};
const style: Style = { color: false, unicode: true, width: 60 };

describe('the live block', () => {
  it('says what is done, by verdict, what runs and how long it still takes', () => {
    expect(progressBlock(state, style).join('\n')).toMatchInlineSnapshot(`
      "██████░░░░░░░░░░░░░░ 12/40  3.4 s, about 8 s left
        ✓ 10 proved  ✗ 1 refuted  ◷ 1 out of time
        z3 queries/a.smt2  1.2 s
        yosys long/long/long/long/long/long/long/long/long/long/…
        26 waiting"
    `);
  });

  it('never breaks a line and passes no control character', () => {
    for (const width of [10, 20, 40, 60, 200, Infinity]) for (const unicode of [true, false]) {
      for (const line of progressBlock({ ...state, running: Array.from({ length: 20 }, () => state.running[1]!) }, { color: false, unicode, width })) {
        expect(widthOf(line), line).toBeLessThan(Number.isFinite(width) ? width : 80);
        expect(line).not.toMatch(/\p{Cc}/u);
      }
    }
  });

  it('stands for an empty run too', () => {
    expect(progressBlock({ total: 0, done: 0, counts: new Map(), running: [], queued: 0, elapsedSeconds: 0 }, style)).toEqual(['░░░░░░░░░░░░░░░░░░░░ 0/0  0.00 s']);
  });
});

describe('live progress', () => {
  beforeEach(() => {
    vi.stubEnv('TERM', 'xterm');
    return () => { vi.unstubAllEnvs(); };
  });
  const source: ProgressSource = { parts: { scheduler: { snapshot: () => ({ running: state.running, queuedCount: 0 }), timeLeft: () => undefined } } };
  const wait = (ms: number): Promise<void> => new Promise((resolve) => { setTimeout(resolve, ms); });

  it('draws no more lines than the screen has', async () => {
    const written: string[] = [];
    const progress = openProgress({ stream: { isTTY: true, columns: 60, rows: 3, write: (text: string) => written.push(text) }, enabled: true });
    await progress.during(source, () => wait(500));
    expect(written.length).toBeGreaterThan(0);
    for (const text of written) expect(text.split('\n').length - 1).toBeLessThan(3);
  });

  it('writes nothing where it is not enabled, or the run is over at once', async () => {
    const written: string[] = [];
    const stream = { isTTY: true, columns: 60, write: (text: string) => written.push(text) };
    const silent = openProgress({ stream, enabled: false });
    expect(await silent.during(source, async () => { await wait(500); return 7; })).toBe(7);
    await openProgress({ stream, enabled: true }).during(source, () => wait(20));
    expect(written).toEqual([]);
  });

  it('takes back every block that it drew, even when the run throws, and counts the last report of each obligation', async () => {
    const written: string[] = [];
    const progress = openProgress({ stream: { isTTY: true, columns: 60, write: (text: string) => written.push(text) }, enabled: true });
    const run = progress.during(source, async () => {
      progress.event({ type: 'run-started', runId: 'r', total: 2 });
      progress.event({ type: 'verdicts', entries: [entry({ kind: 'timeout' })] });
      progress.event({ type: 'verdicts', entries: [entry({ kind: 'proved' })] });
      await wait(700);
      throw new Error('stop');
    });
    await expect(run).rejects.toThrow('stop');
    const screen = written.join('');
    expect(screen).toContain(' 1/2  ');
    expect(screen).toContain('1 proved');
    expect(screen).not.toContain('out of time');
    let lines = 0;
    for (const text of written) {
      const up = /^\x1b\[(\d+)A\r\x1b\[0J/.exec(text); // eslint-disable-line no-control-regex
      expect(Number(up?.[1] ?? 0)).toBe(lines);
      lines = text.split('\n').length - 1;
    }
    expect(lines).toBe(0);
    expect(written.length).toBeLessThan(10);
  });
});
