/** What a run is bounded by where nobody says otherwise. */

/** Wall seconds of an obligation and engine attempt by effort (DESIGN, "The command line"). */
export const EFFORT_WALL_SECONDS = [2, 10, 30, 120, 600] as const;
/** Per process tree: a Mathlib import needs 6.5 GB, a solver hardly ever 4. */
export const DEFAULT_MEMORY_MB = 4096;
