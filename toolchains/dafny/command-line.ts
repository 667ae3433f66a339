/** What the command line of a run depends on; apart from running, so that a command can be written down without it. */

/** From this effort on every assertion is a proof task of its own. */
export const ISOLATED_FROM = 3;
export const COUNTEREXAMPLES_FROM = 2;

/** For `--solver-log`, in a folder of its own. */
export const CONDITION_PATTERN = 'vc-@PROC@.smt2';
