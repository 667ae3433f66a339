/** The interval of a share from a sample (Wilson 1927), 95 per cent: says also for none or all of a few how little that tells. */

export interface Interval { readonly share: number; readonly low: number; readonly high: number }

const Z = 1.959964;

/** @param of at least 1 */
export function wilson(count: number, of: number): Interval {
  const share = count / of, z2 = Z * Z;
  const middle = (share + z2 / (2 * of)) / (1 + z2 / of);
  const half = (Z / (1 + z2 / of)) * Math.sqrt((share * (1 - share)) / of + z2 / (4 * of * of));
  return { share, low: count === 0 ? 0 : middle - half, high: count === of ? 1 : middle + half };
}
