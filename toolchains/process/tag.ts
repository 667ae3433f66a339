/**
 * A mark that every descendant of a program inherits, also one that leaves the process group, the session
 * and its parent, and that clears its environment: the soft limit RLIMIT_RSS, which Linux has ignored since
 * 2.4.30 (getrlimit(2)) and shows in /proc/<pid>/limits. It holds a number of this Assay process and a
 * serial number of the run.
 *
 * Layout in KiB, the unit of `ulimit -m`: 27 random bits with the top one set, then 24 bits of serial
 * number; in bytes that stays below 2^61 and, as a limit, above any memory.
 */
import { randomInt } from 'node:crypto';
import { readFileSync } from 'node:fs';

const SERIAL_BITS = 24;
const BYTES_PER_UNIT = 1024;
const HALF = 2 ** 26;

/** Of this Assay process. */
export const ASSAY_NUMBER = HALF + randomInt(HALF);
/** Dividing a tag in bytes by this and rounding down gives the number of the Assay process. */
export const BYTES_PER_NUMBER = 2 ** SERIAL_BITS * BYTES_PER_UNIT;

/** False where there is no /proc, or a hard limit forbids the numbers: then programs register by pid (watchdog.ts). */
export const TAGS_WORK = tagsWork();

function tagsWork(): boolean {
  try { return /^Max resident set\s+\S+\s+unlimited/m.test(readFileSync('/proc/self/limits', 'latin1')); } catch { return false; }
}

let serial = 0;

/** The next tag, in KiB; exact as a double. */
export function nextTag(): number {
  serial = (serial + 1) % 2 ** SERIAL_BITS;
  return ASSAY_NUMBER * 2 ** SERIAL_BITS + serial;
}

/** The tag in the text of /proc/<pid>/limits, if it is one of this Assay process. */
export function tagIn(limits: string): number | undefined {
  const soft = /^Max resident set\s+(\d+)/m.exec(limits)?.[1];
  if (soft === undefined) return undefined;
  const tag = Number(BigInt(soft) / BigInt(BYTES_PER_UNIT));
  return Math.floor(tag / 2 ** SERIAL_BITS) === ASSAY_NUMBER ? tag : undefined;
}
