/** Which waiting job may start now, and what each of the others waits for. Decides; changes nothing but `passedSince`. */
import { delays, reserve, type Occupant, type Reservation } from './backfill.ts';
import type { Memory } from './memory.ts';
import { before, type Entry, type Queue } from './queue.ts';
import type { Resources } from './resources.ts';
import type { Wait } from './wait.ts';

/** More reservations at once would leave nothing to backfill. */
const RESERVATIONS = 4;
/** Labels named in a wait. */
const HOLDERS_NAMED = 3;

export interface Situation {
  readonly resources: Resources;
  readonly queue: Queue;
  readonly memory: Memory;
  readonly running: ReadonlySet<Entry>;
  /** Cores that other processes leave us; undefined where they are not shared. */
  readonly sharedIdle: () => number | undefined;
  readonly now: () => number;
  /** A job passed over for longer gets a reservation. */
  readonly patienceSeconds: number;
}

interface Reserved extends Reservation { readonly entry: Entry }

export class Admission {
  #headroomMb = 0;
  #memoryHeld = false;
  #reserved: readonly Reserved[] = [];
  #heads: readonly Entry[] = [];
  #now = 0;
  /** Some job did not get the memory it asks for. */
  #memoryLacked = false;

  constructor(readonly situation: Situation) {
    this.refresh();
  }

  /** To be called after a start. */
  refresh(): void {
    const { queue, memory, running } = this.situation;
    this.#now = this.situation.now();
    const heads = this.#heads = queue.heads();
    this.#memoryHeld = false;
    for (const entry of running) if (entry.memoryMb > 0) this.#memoryHeld = true;
    this.#headroomMb = heads.length === 0 ? 0 : memory.headroomMb(holders(running));
    this.#reserved = heads.some((entry) => this.#starves(entry)) ? this.#reservations() : [];
  }

  #reservations(): Reserved[] {
    const { resources, running } = this.situation, now = this.#now;
    const starving = this.#heads.filter((entry) => this.#starves(entry) && this.#lacks(entry) !== undefined);
    starving.sort((a, b) => (before(a, b) ? -1 : 1));
    const occupants = [...running].map((entry) => occupant(entry, now));
    return starving.slice(0, RESERVATIONS).map((entry) => ({ entry, ...reserve(entry, resources.free, this.#headroomMb, occupants, now) }));
  }

  #starves(entry: Entry): boolean {
    return entry.passedSince !== undefined && this.#now - entry.passedSince >= this.situation.patienceSeconds;
  }

  get heads(): readonly Entry[] { return this.#heads; }
  get memoryLacked(): boolean { return this.#memoryLacked; }
  get now(): number { return this.#now; }

  /** Also while nothing waits, when no decision needs it. */
  get headroomMb(): number { return this.situation.memory.headroomMb(holders(this.situation.running)); }

  /** The first in order that may start, or undefined. */
  next(): Entry | undefined {
    let best: Entry | undefined;
    for (const head of this.#heads) {
      if (best && !before(head, best)) continue;
      if (this.#lacks(head) === undefined && !this.#inTheWayOf(head) && !this.#lacksShared(head)) best = head;
    }
    return best;
  }

  /** The first in order that would start if other processes left it their cores. */
  wantsShared(): Entry | undefined {
    let best: Entry | undefined;
    for (const head of this.#heads) {
      if (best && !before(head, best)) continue;
      if (this.#lacks(head) === undefined && !this.#inTheWayOf(head) && this.#lacksShared(head)) best = head;
    }
    return best;
  }

  wait(entry: Entry): Wait {
    const { resources, running } = this.situation;
    const lacks = this.#lacks(entry);
    if (lacks === 'memory') {
      const heldBy = named([...running].filter((each) => each.memoryMb > 0).sort((a, b) => b.memoryMb - a.memoryMb));
      return { for: 'memory', needsMb: entry.memoryMb, freeMb: this.#headroomMb, heldBy };
    }
    if (lacks !== undefined) {
      const heldBy = named([...running].filter((each) => each.amounts[lacks]! > 0));
      return { for: 'resource', resource: resources.names[lacks]!, needs: entry.amounts[lacks]!, free: resources.free[lacks]!, heldBy };
    }
    const first = this.#inTheWayOf(entry);
    if (first) return { for: 'job', label: first.job.label };
    if (this.#lacksShared(entry)) return { for: 'other-process', cores: entry.amounts[0]! };
    return { for: 'turn' };
  }

  #lacks(entry: Entry): number | 'memory' | undefined {
    const lacking = this.situation.resources.lacking(entry.amounts);
    if (lacking >= 0) return lacking;
    // Alone it may start whatever the system says is free: else a job could wait for ever for memory that others hold.
    if (entry.memoryMb <= this.#headroomMb || entry.memoryMb === 0 || !this.#memoryHeld) return undefined;
    this.#memoryLacked = true;
    return 'memory';
  }

  #lacksShared(entry: Entry): boolean {
    const idle = this.situation.sharedIdle();
    return idle !== undefined && entry.amounts[0]! > idle;
  }

  /** The reserved job that this one would delay. One that has waited too long itself yields only to those before it, also when it needs no reservation any more because it fits now; what the user looks at yields to none that he does not. */
  #inTheWayOf(entry: Entry): Entry | undefined {
    if (this.#reserved.length === 0) return undefined;
    const starves = this.#starves(entry);
    for (const reserved of this.#reserved) {
      if (reserved.entry === entry || (entry.asked && !reserved.entry.asked) || (starves && before(entry, reserved.entry))) continue;
      if (delays(reserved, entry, this.#now)) return reserved.entry;
    }
    return undefined;
  }
}

/** Those before `started` in order have been passed over. */
export function passOver(heads: readonly Entry[], started: Entry, now: number): void {
  for (const head of heads) if (head !== started && before(head, started)) head.passedSince ??= now;
}

function* holders(running: ReadonlySet<Entry>): Iterable<{ memoryMb: number; startedAt: number; seconds?: number; reportedMb?: number }> {
  for (const entry of running) {
    if (entry.memoryMb > 0) yield { memoryMb: entry.memoryMb, startedAt: entry.running!.startedAt, seconds: entry.seconds, reportedMb: entry.running!.reportedMb };
  }
}

function occupant(entry: Entry, now: number): Occupant {
  const startedAt = entry.running!.startedAt;
  return { amounts: entry.amounts, memoryMb: entry.memoryMb, startedAt, endsAt: entry.seconds === undefined ? Number.POSITIVE_INFINITY : Math.max(now, startedAt + entry.seconds) };
}

function named(entries: readonly Entry[]): string[] {
  return entries.slice(0, HOLDERS_NAMED).map((entry) => entry.job.label);
}
