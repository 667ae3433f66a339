/** One shared timer for all running programs: looks at time, memory and processor use. */
import { activeNow, lookAtClock, startLooking, stopLooking } from './clock.ts';
import { census, type Tree } from './tree.ts';
import type { ProcessRow } from './table.ts';

/** Below the 100 ms that the limits promise, with room for a late timer. */
const PERIOD_MS = 80;

export interface Watched {
  readonly tree: Tree;
  /** In the time of {@link activeNow}. */
  readonly deadline: number;
  /** Time is up. */
  overdue(): void;
  sampled(members: readonly ProcessRow[]): void;
}

const watched = new Set<Watched>();
let timer: NodeJS.Timeout | undefined;
let lastSample = 0;

/** Returns what ends the watch; may be called twice. */
export function watch(one: Watched): () => void {
  if (watched.size === 0) startLooking();
  watched.add(one);
  arm();
  return () => {
    watched.delete(one);
    if (watched.size === 0 && timer) { clearTimeout(timer); timer = undefined; stopLooking(); }
  };
}

function arm(): void {
  if (timer) return;
  let due = PERIOD_MS;
  const now = activeNow();
  for (const one of watched) due = Math.min(due, Math.max(1, one.deadline - now));
  timer = setTimeout(() => { void tick(due); }, due);
}

async function tick(due: number): Promise<void> {
  const own = timer;
  lookAtClock(due);
  const now = activeNow();
  for (const one of [...watched]) if (now >= one.deadline) one.overdue();
  // A deadline shortly after a sample does not cost another pass.
  if (performance.now() - lastSample >= PERIOD_MS / 2 && watched.size > 0) {
    lastSample = performance.now();
    const found = await census();
    for (const one of [...watched]) {
      const members = found.get(one.tree);
      if (members) one.sampled(members);
    }
  }
  if (timer !== own) return; // all have ended meanwhile, and perhaps a new watch has begun
  timer = undefined;
  arm();
}
