/**
 * Waiting jobs, grouped by what they need and about how long they take, each group a heap in order of rank. Whether
 * a group's first job may start tells it for (nearly) all of the group, so that finding the best one that may costs
 * the number of groups, not of jobs.
 */
import type { HeldCores } from './gate.ts';
import { Heap } from './heap.ts';
import type { Job } from './job.ts';
import type { Amounts } from './resources.ts';

/** A submitted job and where it stands. */
export interface Entry {
  readonly job: Job<unknown>;
  readonly sequence: number;
  readonly amounts: Amounts;
  /** Expected peak, MiB. */
  readonly memoryMb: number;
  /** Learned seconds. */
  readonly seconds?: number;
  readonly kind: string;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
  state: 'queued' | 'running' | 'done';
  /** Holds an obligation that was asked for first. */
  asked: boolean;
  /** Since when jobs behind it have started before it. */
  passedSince?: number;
  running?: Running;
}

export interface Running {
  readonly startedAt: number;
  readonly lanes: readonly string[];
  readonly controller: AbortController;
  readonly shared: HeldCores;
  /** Count of standstills when it started. */
  readonly jumps: number;
  reportedMb?: number;
}

export function before(a: Entry, b: Entry): boolean {
  if (a.asked !== b.asked) return a.asked;
  return a.job.rank === b.job.rank ? a.sequence < b.sequence : a.job.rank < b.job.rank;
}

export function firstOf(entries: readonly Entry[]): Entry | undefined {
  let first: Entry | undefined;
  for (const entry of entries) if (!first || before(entry, first)) first = entry;
  return first;
}

/** Memory needs within a fifth of each other share a group, and learned seconds within a factor of four. */
const MEMORY_STEP = Math.log2(1.2);
const SECONDS_STEP = 2;

/** Groups that have run empty are kept for the next job like theirs, up to so many. */
const GROUPS_KEPT = 32;

function isGone(entry: Entry): boolean { return entry.state !== 'queued'; }

function step(amount: number | undefined, width: number): string {
  return amount === undefined ? 'unknown' : amount > 0 ? `${Math.round(Math.log2(amount) / width)}` : 'none';
}

export class Queue {
  readonly #groups = new Map<string, Heap<Entry>>();
  /** The same groups, for walking over them at each start. */
  #list: Heap<Entry>[] = [];
  readonly #heads: Entry[] = [];
  #size = 0;
  #cores = 0;

  get size(): number { return this.#size; }
  /** Sum of the cores that waiting jobs need. */
  get cores(): number { return this.#cores; }

  push(entry: Entry): void {
    const key = `${entry.amounts.join()} ${step(entry.memoryMb, MEMORY_STEP)} ${step(entry.seconds, SECONDS_STEP)}`;
    let group = this.#groups.get(key);
    if (!group) {
      if (this.#list.length >= GROUPS_KEPT) this.#dropEmpty();
      this.#groups.set(key, group = new Heap<Entry>(before, isGone));
      this.#list.push(group);
    }
    group.push(entry);
    this.#size += 1;
    this.#cores += entry.amounts[0]!;
  }

  /** To be called once for each entry that leaves the state "queued". */
  left(entry: Entry): void {
    this.#size -= 1;
    this.#cores -= entry.amounts[0]!;
  }

  /** The first of each group; the array is good until the next call. */
  heads(): readonly Entry[] {
    const heads = this.#heads;
    heads.length = 0;
    if (this.#size === 0) return heads;
    for (const group of this.#list) {
      const head = group.peek();
      if (head) heads.push(head);
    }
    return heads;
  }

  #dropEmpty(): void {
    for (const [key, group] of this.#groups) if (!group.peek()) this.#groups.delete(key);
    this.#list = [...this.#groups.values()];
  }

  *entries(): Iterable<Entry> {
    for (const group of this.#list) yield* group.values();
  }

  /** The first `count` in order. */
  first(count: number): Entry[] {
    if (count <= 0) return [];
    const kept = new Heap<Entry>((a, b) => before(b, a));
    let size = 0;
    for (const entry of this.entries()) {
      if (size === count && !before(entry, kept.peek()!)) continue;
      kept.push(entry);
      if (size === count) kept.pop();
      else size += 1;
    }
    const sorted: Entry[] = [];
    for (let entry = kept.pop(); entry; entry = kept.pop()) sorted.push(entry);
    return sorted.reverse();
  }

  rebuild(): void {
    for (const group of this.#list) group.rebuild();
  }
}
