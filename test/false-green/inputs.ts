/** Small honest inputs that the families share: what each says is known. */

/** Satisfiable: never proved. */
export const SATISFIABLE = '(declare-const x Int)\n(assert (> x 7))\n(check-sat)\n';
/** Unsatisfiable: proved. */
export const UNSATISFIABLE = '(declare-const x Int)\n(assert (and (> x 7) (< x 3)))\n(check-sat)\n';
/** Proved, then refuted, then proved. */
export const THREE = `(declare-const x Int)
(push)(assert (and (> x 7) (< x 3)))(check-sat)(pop)
(push)(assert (> x 7))(check-sat)(pop)
(push)(assert (distinct x x))(check-sat)(pop)
`;

/** x1 and not x2: satisfiable. */
export const CNF_SATISFIABLE = 'p cnf 2 2\n1 0\n-2 0\n';
/** All four clauses over two variables. */
export const CNF_UNSATISFIABLE = 'p cnf 2 4\n1 2 0\n1 -2 0\n-1 2 0\n-1 -2 0\n';
/** A DRAT certificate of it. */
export const CNF_PROOF = '1 0\n0\n';
/** One pigeon more than holes: unsatisfiable, and no solver settles it at once for many holes. */
export function pigeons(holes: number): string {
  const variable = (pigeon: number, hole: number): number => pigeon * holes + hole + 1;
  const clauses: string[] = [];
  for (let pigeon = 0; pigeon <= holes; pigeon++) clauses.push(`${Array.from({ length: holes }, (_, hole) => variable(pigeon, hole)).join(' ')} 0`);
  for (let hole = 0; hole < holes; hole++)
    for (let one = 0; one <= holes; one++) for (let other = one + 1; other <= holes; other++) clauses.push(`-${variable(one, hole)} -${variable(other, hole)} 0`);
  return `p cnf ${(holes + 1) * holes} ${clauses.length}\n${clauses.join('\n')}\n`;
}
