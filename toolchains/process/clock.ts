/**
 * Monotonic time without the stretches in which the machine or Assay was suspended. A timer that comes late
 * though this process was not busy means a stop (SIGSTOP, a paused virtual machine, a closed lid): that time
 * is nobody's, and no limit runs in it.
 */

/** Lateness up to this is load, not a stop. */
const LATE_MS = 1000;
/** Above this share of the gap spent on the processor by Assay itself, it was busy, not stopped. */
const BUSY_SHARE = 0.3;

let suspendedMs = 0;
let lastLook: { readonly at: number; readonly cpuMs: number } | undefined;

/** Milliseconds of time that counts. */
export function activeNow(): number { return performance.now() - suspendedMs; }

/** To be called by a timer that was set to `dueMs` after the last call. */
export function lookAtClock(dueMs: number): void {
  const at = performance.now();
  const used = process.cpuUsage();
  const cpuMs = (used.user + used.system) / 1000;
  if (lastLook) {
    const gap = at - lastLook.at - dueMs;
    if (gap > LATE_MS && cpuMs - lastLook.cpuMs < BUSY_SHARE * gap) suspendedMs += gap;
  }
  lastLook = { at, cpuMs };
}

/** No timer runs any more: the next look is a first one. */
export function stopLooking(): void { lastLook = undefined; }

/** The first look, so that a stop soon after it is seen. */
export function startLooking(): void { lookAtClock(0); }
