/**
 * Builds an {@link Aig} gate by gate: constants are folded and equal gates are shared, and since a gate is
 * made only from literals that exist, the order of evaluation is right by construction.
 */
import { type Aig, FALSE, type Latch, type Literal, MAXIMUM_VARIABLES, negate, TRUE } from './model.ts';

export class AigBuilder {
  private maximumVariable = 0;
  private readonly inputs: number[] = [];
  private readonly latches: { variable: number; next: Literal; reset: Latch['reset'] }[] = [];
  private readonly latchOf = new Map<number, number>();
  private readonly gate: number[] = [];
  private readonly left: number[] = [];
  private readonly right: number[] = [];
  private readonly shared = new Map<number, Literal>();

  input(): Literal {
    const variable = this.variable();
    this.inputs.push(variable);
    return 2 * variable;
  }

  /** Its next value is set later by {@link setNext}; until then it holds. */
  latch(reset: Latch['reset']): Literal {
    const variable = this.variable();
    this.latchOf.set(variable, this.latches.length);
    this.latches.push({ variable, next: 2 * variable, reset });
    return 2 * variable;
  }

  setNext(latch: Literal, next: Literal): void {
    const index = this.latchOf.get(latch >>> 1);
    if (index === undefined || (latch & 1) !== 0) throw new Error('not a latch');
    this.latches[index]!.next = next;
  }

  and(a: Literal, b: Literal): Literal {
    const left = Math.max(a, b);
    const right = Math.min(a, b);
    if (right === FALSE || left === negate(right)) return FALSE;
    if (right === TRUE || left === right) return left;
    // Literals stay below 2^27 (MAXIMUM_VARIABLES), so that two of them fit a double exactly.
    const key = left * 2 ** 27 + right;
    const known = this.shared.get(key);
    if (known !== undefined) return known;
    const variable = this.variable();
    this.gate.push(variable);
    this.left.push(left);
    this.right.push(right);
    this.shared.set(key, 2 * variable);
    return 2 * variable;
  }

  or(a: Literal, b: Literal): Literal {
    return negate(this.and(negate(a), negate(b)));
  }

  exclusiveOr(a: Literal, b: Literal): Literal {
    return this.or(this.and(a, negate(b)), this.and(negate(a), b));
  }

  /** `condition` ? `yes` : `no` */
  choose(condition: Literal, yes: Literal, no: Literal): Literal {
    return this.or(this.and(condition, yes), this.and(negate(condition), no));
  }

  all(literals: Iterable<Literal>): Literal {
    let result = TRUE;
    for (const literal of literals) result = this.and(result, literal);
    return result;
  }

  any(literals: Iterable<Literal>): Literal {
    let result = FALSE;
    for (const literal of literals) result = this.or(result, literal);
    return result;
  }

  finish(roots: Partial<Pick<Aig, 'outputs' | 'bads' | 'constraints' | 'symbols'>>): Aig {
    return {
      maximumVariable: this.maximumVariable,
      inputs: this.inputs,
      latches: this.latches,
      ands: { variable: Uint32Array.from(this.gate), left: Uint32Array.from(this.left), right: Uint32Array.from(this.right) },
      outputs: roots.outputs ?? [], bads: roots.bads ?? [], constraints: roots.constraints ?? [], symbols: roots.symbols ?? new Map(),
    };
  }

  private variable(): number {
    if (this.maximumVariable + 1 >= MAXIMUM_VARIABLES) throw new RangeError(`more than ${MAXIMUM_VARIABLES} variables`);
    return ++this.maximumVariable;
  }
}
