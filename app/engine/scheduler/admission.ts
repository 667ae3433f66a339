/** Which waiting job may start now, and what each of the others waits for. Decides; changes nothing but `passedSince`. */
import { delays, reserve, type Occupant, type Reservation } from './backfill.ts';
import type { Memory } from './memory.ts';
import { before, type Entry } from './queue.ts';
import type { Resources } from './resources.ts';
import type { Wait } from './wait.ts';

/** More reservations at once would leave nothing to backfill. */
const RESERVATIONS = 4;
/** Labels named in a wait. */
const HOLDERS_NAMED = 3;

export interface Situation {
  readonly resources: Resources;
  readonly memory: Memory;
  readonly running: ReadonlySet<Entry>;
  /** Cores that other processes leave us; undefined where they are not shared. */
  readonly sharedIdle: () => number | undefined;
  readonly now: number;
  /** A job passed over for longer gets a reservation. */
  readonly patienceSeconds: number;
}

interface Reserved extends Reservation { readonly entry: Entry }

export class Admission {
  readonly #headroomMb: number;
  readonly #memoryHeld: boolean;
  readonly #reserved: Reserved[];

  constructor(readonly situation: Situation, readonly heads: readonly Entry[]) {
    const { memory, running, now, patienceSeconds } = situation;
    this.#headroomMb = memory.headroomMb(holders(running));
    this.#memoryHeld = [...running].some((entry) => entry.memoryMb > 0);
    const starving = heads.filter((entry) => entry.passedSince !== undefined && now - entry.passedSince >= patienceSeconds && this.#lacks(entry) !== undefined);
    starving.sort((a, b) => (before(a, b) ? -1 : 1));
    const occupants = starving.length > 0 ? [...running].map((entry) => occupant(entry, now)) : [];
    this.#reserved = starving.slice(0, RESERVATIONS).map((entry) => ({ entry, ...reserve(entry, situation.resources.free, this.#headroomMb, occupants, now) }));
  }

  get headroomMb(): number { return this.#headroomMb; }

  /** The first in order that may start, or undefined. */
  next(): Entry | undefined {
    let best: Entry | undefined;
    for (const head of this.heads) {
      if (best && !before(head, best)) continue;
      if (this.#lacks(head) === undefined && !this.#inTheWayOf(head) && !this.#lacksShared(head)) best = head;
    }
    return best;
  }

  /** The first in order that would start if other processes left it their cores. */
  wantsShared(): Entry | undefined {
    let best: Entry | undefined;
    for (const head of this.heads) {
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
    return entry.memoryMb > this.#headroomMb && entry.memoryMb > 0 && this.#memoryHeld ? 'memory' : undefined;
  }

  #lacksShared(entry: Entry): boolean {
    const idle = this.situation.sharedIdle();
    return idle !== undefined && entry.amounts[0]! > idle;
  }

  /** The reserved job that this one would delay. A reserved one yields only to those before it; what the user looks at yields to none that he does not. */
  #inTheWayOf(entry: Entry): Entry | undefined {
    if (this.#reserved.length === 0) return undefined;
    const isReserved = this.#reserved.some((reserved) => reserved.entry === entry);
    for (const reserved of this.#reserved) {
      if (reserved.entry === entry || (entry.asked && !reserved.entry.asked) || (isReserved && before(entry, reserved.entry))) continue;
      if (delays(reserved, entry, this.situation.now)) return reserved.entry;
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
