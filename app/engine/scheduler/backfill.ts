/**
 * Reservations for a job that has been passed over for too long (EASY backfilling: Lifka 1995, over several
 * resources). Until it starts, another job may start only if it does not delay it: because it ends before the
 * reserved one can start at all, or because both fit beside each other then.
 */
import type { Amounts } from './resources.ts';

export interface Wanted { readonly amounts: Amounts; readonly memoryMb: number }

export interface Occupant extends Wanted {
  readonly startedAt: number;
  /** Infinity where nothing is known of how long it takes. */
  readonly endsAt: number;
}

export interface Reservation {
  /** When the reserved job is expected to start; Infinity where that is not known. */
  readonly startsAt: number;
  /** What is left beside it then. Negative: nothing may start. */
  readonly extra: Amounts;
  readonly extraMemoryMb: number;
}

export function reserve(wanted: Wanted, free: Amounts, headroomMb: number, running: readonly Occupant[], now: number): Reservation {
  const byEnd = [...running].sort((a, b) => (a.endsAt === b.endsAt ? a.startedAt - b.startedAt : a.endsAt - b.endsAt));
  const amounts = [...free];
  let memoryMb = headroomMb, startsAt = now;
  for (const occupant of byEnd) {
    if (wanted.memoryMb <= memoryMb && wanted.amounts.every((amount, index) => amount <= amounts[index]!)) break;
    occupant.amounts.forEach((amount, index) => { amounts[index]! += amount; });
    memoryMb += occupant.memoryMb;
    startsAt = Math.max(now, occupant.endsAt);
  }
  return { startsAt, extra: amounts.map((amount, index) => amount - wanted.amounts[index]!), extraMemoryMb: memoryMb - wanted.memoryMb };
}

export function delays(reservation: Reservation, job: Wanted & { readonly seconds?: number }, now: number): boolean {
  const over = job.seconds !== undefined && Number.isFinite(reservation.startsAt) && now + job.seconds <= reservation.startsAt;
  if (over) return false;
  return job.memoryMb > reservation.extraMemoryMb || job.amounts.some((amount, index) => amount > 0 && amount > reservation.extra[index]!);
}
