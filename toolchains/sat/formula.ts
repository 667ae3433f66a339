/**
 * A parsed propositional formula in conjunctive normal form. Literals are DIMACS's: variable v is v, its
 * negation −v; every clause ends with a 0, in the order of the file, nothing dropped, nothing simplified.
 */
export interface Formula {
  /** As the header declares. */
  readonly declaredVariables: number;
  /** The largest that occurs; never above the declared number. */
  readonly largestVariable: number;
  readonly clauses: number;
  /** All clauses one after the other, each closed by 0. */
  readonly literals: Int32Array;
}

/** The truth of each variable: 1 true, −1 false, 0 not said. Index 0 is unused. */
export type Assignment = Int8Array;

/**
 * The first clause (counted from 1) that this assignment does not make true, or 0. A clause counts only by a
 * literal that was said: a partial assignment that returns 0 satisfies the formula however it is completed.
 */
export function firstUnsatisfied(formula: Formula, assignment: Assignment): number {
  const { literals } = formula;
  let clause = 1;
  let satisfied = false;
  for (let i = 0; i < literals.length; i++) {
    const literal = literals[i]!;
    if (literal === 0) {
      if (!satisfied) return clause;
      clause++;
      satisfied = false;
    } else if (!satisfied) satisfied = literal > 0 ? assignment[literal] === 1 : assignment[-literal] === -1;
  }
  return 0;
}

/** A model as literals, or why it is none: a variable outside the formula, or one with both values. */
export function assignmentOf(formula: Formula, model: Int32Array): Assignment | string {
  const assignment = new Int8Array(formula.largestVariable + 1);
  for (const literal of model) {
    const variable = Math.abs(literal);
    // Solvers that add variables of their own do not print them; a declared variable that no clause uses may be printed.
    if (variable === 0 || variable > Math.max(formula.largestVariable, formula.declaredVariables)) return `it names variable ${literal}, which the formula has not`;
    if (variable > formula.largestVariable) continue;
    if (assignment[variable] !== 0) return `it gives variable ${variable} twice`;
    assignment[variable] = literal > 0 ? 1 : -1;
  }
  return assignment;
}
