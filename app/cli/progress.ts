/**
 * Live progress on a terminal: one block at the end of the output, redrawn at most ten times a second and taken
 * back before anything else is written. Where it is not enabled it writes nothing at all.
 */
import type { VerdictKind } from '../../toolchains/verdict.ts';
import type { EngineEvent } from '../engine/events.ts';
import { progressBlock, type ProgressState } from './progress-block.ts';
import { styleFor, type OutputStream } from './style.ts';

/** What progress asks the engine while it runs. */
export interface ProgressSource {
  readonly parts: {
    readonly scheduler: {
      snapshot(queuedAtMost?: number): { readonly running: readonly { readonly label: string; readonly seconds: number }[]; readonly queuedCount: number };
      timeLeft(): { readonly seconds: number } | undefined;
    };
  };
}

export interface ProgressOptions {
  readonly stream: OutputStream & { readonly rows?: number; write(text: string): unknown };
  readonly enabled: boolean;
}

export interface LiveProgress {
  event(event: EngineEvent): void;
  /** Shows the block while `body` runs. */
  during<T>(source: ProgressSource, body: () => Promise<T>): Promise<T>;
  /** Takes the block back, so that other words can be written. */
  clear(): void;
  close(): void;
}

const REDRAW_MS = 100;
/** Nothing flashes by for runs that are over at once (WINDOW: longer than 300 ms shows progress). */
const SILENT_MS = 300;

export function openProgress(options: ProgressOptions): LiveProgress {
  return options.enabled && process.env.TERM !== 'dumb' ? new TerminalProgress(options.stream) : SILENT;
}

const SILENT: LiveProgress = { event() {}, during: (_source, body) => body(), clear() {}, close() {} };

class TerminalProgress implements LiveProgress {
  private readonly counts = new Map<VerdictKind, number>();
  private readonly known = new Map<string, VerdictKind>();
  private total = 0;
  private drawnLines = 0;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly stream: ProgressOptions['stream']) {}

  event(event: EngineEvent): void {
    if (event.type === 'run-started') {
      this.total = event.total;
      this.counts.clear();
      this.known.clear();
    } else if (event.type === 'verdicts') {
      for (const { obligation, result } of event.entries) this.count(obligation.id, result.verdict.kind);
    }
  }

  /** The last report of an obligation holds. */
  private count(id: string, kind: VerdictKind): void {
    const before = this.known.get(id);
    if (before !== undefined) this.counts.set(before, this.counts.get(before)! - 1);
    this.known.set(id, kind);
    this.counts.set(kind, (this.counts.get(kind) ?? 0) + 1);
  }

  async during<T>(source: ProgressSource, body: () => Promise<T>): Promise<T> {
    const started = performance.now();
    this.timer = setInterval(() => {
      const elapsed = performance.now() - started;
      if (elapsed >= SILENT_MS) this.draw(this.state(source, elapsed / 1_000));
    }, REDRAW_MS);
    try {
      return await body();
    } finally {
      this.close();
    }
  }

  private state(source: ProgressSource, elapsedSeconds: number): ProgressState {
    const { running, queuedCount } = source.parts.scheduler.snapshot(0);
    // What only running finds counts too: done never passes total.
    return {
      total: Math.max(this.total, this.known.size), done: this.known.size, counts: this.counts, running, queued: queuedCount,
      elapsedSeconds, timeLeftSeconds: source.parts.scheduler.timeLeft()?.seconds,
    };
  }

  private draw(state: ProgressState): void {
    // Asked anew each time: windows are resized.
    const block = progressBlock(state, styleFor(this.stream));
    // What has scrolled off the screen could not be taken back.
    const lines = block.slice(0, Math.max(1, (this.stream.rows ?? block.length + 1) - 1));
    this.stream.write(`${this.erasure()}${lines.join('\n')}\n`);
    this.drawnLines = lines.length;
  }

  /** Up over the block, to the first column, and clear to the end of the screen. */
  private erasure(): string {
    return this.drawnLines === 0 ? '' : `\x1b[${this.drawnLines}A\r\x1b[0J`;
  }

  clear(): void {
    if (this.drawnLines > 0) this.stream.write(this.erasure());
    this.drawnLines = 0;
  }

  close(): void {
    clearInterval(this.timer);
    this.timer = undefined;
    this.clear();
  }
}
