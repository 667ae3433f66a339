/** Integer vectors that vanish on every row of a matrix, by exact elimination over fractions. */

/** @param columns of equal length; @returns one vector for each column that depends on the columns before it, so that each speaks of few */
export function nullSpace(columns: readonly (readonly number[])[], largest: number): number[][] {
  const height = columns[0]?.length ?? 0;
  const rows: bigint[][] = [];
  const seen = new Set<string>();
  for (let at = 0; at < height; at++) {
    const row = columns.map((column) => column[at]!);
    if (row.some((value) => !Number.isSafeInteger(value))) return [];
    const key = row.join();
    if (!seen.has(key)) { seen.add(key); rows.push(row.map(BigInt)); }
  }
  const pivots: number[] = [];
  let rank = 0;
  for (let column = 0; column < columns.length && rank <= rows.length; column++) {
    const pivot = rows.findIndex((row, at) => at >= rank && row[column] !== 0n);
    if (pivot < 0) continue;
    [rows[rank], rows[pivot]] = [rows[pivot]!, rows[rank]!];
    const lead = rows[rank]!;
    for (let at = 0; at < rows.length; at++) {
      const row = rows[at]!;
      if (at === rank || row[column] === 0n) continue;
      const [mine, theirs] = [lead[column]!, row[column]!];
      rows[at] = reduced(row.map((value, index) => value * mine - lead[index]! * theirs));
    }
    rows[rank] = reduced(lead);
    pivots.push(column);
    rank++;
  }
  const vectors: number[][] = [];
  for (let free = 0; free < columns.length; free++) {
    if (pivots.includes(free)) continue;
    // x[free] = scale, and each pivot row gives its own unknown.
    const scale = pivots.reduce((product, column, at) => (rows[at]![free] === 0n ? product : product / gcd(product, absolute(rows[at]![column]!)) * absolute(rows[at]![column]!)), 1n);
    const vector = columns.map(() => 0n);
    vector[free] = scale;
    pivots.forEach((column, at) => { vector[column] = -rows[at]![free]! * scale / rows[at]![column]!; });
    const divisor = vector.reduce((common, value) => gcd(common, absolute(value)), 0n) || 1n;
    const small = vector.map((value) => Number(value / divisor));
    if (small.every((value) => Math.abs(value) <= largest)) vectors.push(small);
  }
  return vectors;
}

function absolute(value: bigint): bigint { return value < 0n ? -value : value; }
function gcd(one: bigint, other: bigint): bigint { while (other !== 0n) [one, other] = [other, one % other]; return one; }
function reduced(row: bigint[]): bigint[] {
  const divisor = row.reduce((common, value) => gcd(common, absolute(value)), 0n);
  return divisor > 1n ? row.map((value) => value / divisor) : row;
}
