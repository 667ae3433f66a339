/**
 * How the cores of a machine are divided among the Assay processes that want some: a pure rule, so that all
 * of them come to the same answer from the same rows.
 *
 * In the order of their turn, each that fits gets what its next job needs; what is left over goes round one
 * by one to those that could use more. The first in turn always fits, and who ends a job while another has
 * nothing goes to the end of the order: everybody gets a turn, and the sum never exceeds the machine.
 */
export interface Claim {
  readonly process: number;
  /** Cores of the largest job that is running or waits; at least 1. */
  readonly need: number;
  /** Cores it could use at this moment. */
  readonly demand: number;
  /** Order of turns; the smaller is first. */
  readonly turn: number;
}

export function divide(claims: readonly Claim[], total: number): Map<number, number> {
  const order = [...claims].filter((claim) => claim.demand > 0).sort((a, b) => a.turn - b.turn || a.process - b.process);
  const shares = new Map<number, number>();
  let left = total;
  for (const claim of order) {
    const need = Math.min(Math.max(1, claim.need), total);
    const share = need <= left ? need : 0;
    shares.set(claim.process, share);
    left -= share;
  }
  for (let given = true; given && left > 0;) {
    given = false;
    for (const claim of order) {
      const share = shares.get(claim.process) ?? 0;
      if (left === 0 || share === 0 || share >= claim.demand) continue;
      shares.set(claim.process, share + 1);
      left--;
      given = true;
    }
  }
  return shares;
}
