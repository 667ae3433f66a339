/** What the engine tells while it works; the command line and the window render the same events. */
import type { LedgerEntry } from './ledger/types.ts';
import type { ToolInventory } from './tools.ts';

export interface RunningJob { readonly label: string; readonly obligations: readonly string[]; readonly sinceMs: number }

export interface Progress {
  readonly total: number;
  readonly done: number;
  readonly cached: number;
  readonly running: readonly RunningJob[];
  readonly queued: number;
  /** Seconds, from past runs; absent while nothing is known. */
  readonly timeLeft?: number;
}

export type EngineEvent =
  | { readonly type: 'notice'; readonly severity: 'info' | 'warning'; readonly message: string }
  | { readonly type: 'tools'; readonly tools: ToolInventory }
  | { readonly type: 'run-started'; readonly runId: string; readonly total: number }
  /** Already in the store when it is sent. */
  | { readonly type: 'verdicts'; readonly entries: readonly LedgerEntry[] }
  | { readonly type: 'progress'; readonly progress: Progress }
  /** A cached verdict that a fresh run contradicts: the entry is void, the fresh verdict holds. */
  | { readonly type: 'disagreement'; readonly before: LedgerEntry; readonly after: LedgerEntry }
  | { readonly type: 'run-ended'; readonly runId: string; readonly outcome: 'finished' | 'cancelled' };

export type EventSink = (event: EngineEvent) => void;
