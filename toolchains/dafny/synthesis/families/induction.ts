/**
 * The induction hypothesis of a lemma as a call of itself: with the arguments that a recursive function of its claim takes, under
 * the conditions under which it takes them; and for each number or sequence alone one step smaller (functional induction: Boyer
 * and Moore, "A Computational Logic", 1979). The verifier asks that something falls.
 */
import { bare, binary, conjunction, name, number, select, size, slice } from '../../syntax/build.ts';
import { printExpression } from '../../syntax/print.ts';
import type { Syntax } from '../../syntax/program.ts';
import { substitute } from '../../syntax/substitute.ts';
import type { Callable, Expression } from '../../syntax/tree.ts';
import { visitExpression } from '../../syntax/visit.ts';
import { statement, type Candidate } from '../candidate.ts';
import { pointsOf } from '../points.ts';
import { dataTypeOf, meantBy } from '../resolve.ts';
import { negated } from './posts.ts';
import type { StepRequest } from './steps.ts';

export const NAME = 'induction';

const MOST = 16;

export function hypothesesOf({ syntax, callable }: StepRequest): Candidate[] {
  if (callable.kind !== 'lemma' || !callable.body) return [];
  const [point] = pointsOf(callable, syntax.file.text, syntax);
  if (!point) return [];
  const found = new Map<string, Candidate>();
  for (const { condition, args } of [...byFunctions(syntax, callable), ...byParameters(callable)]) {
    const call = `${callable.name}(${args.map(printExpression).join(', ')});`;
    const text = condition.length === 0 ? call : `if ${printExpression(conjunction(condition))} { ${call} }`;
    if (found.size < MOST) found.set(text, { ...statement(callable.path, NAME, point, text), order: 60 });
  }
  return [...found.values()];
}

interface Hypothesis { readonly condition: readonly Expression[]; readonly args: readonly Expression[] }

function byFunctions(syntax: Syntax, callable: Callable): Hypothesis[] {
  const own = callable.parameters.map((one) => one.name);
  const hypotheses: Hypothesis[] = [];
  for (const clause of callable.clauses) if (clause.kind === 'ensures') for (const value of clause.values) visitExpression(value, (inner) => {
    if (inner.kind !== 'call') return;
    const meant = meantBy(syntax, inner, callable.path);
    if (!meant?.callable.value) return;
    const inPlace = new Map(meant.callable.parameters.map((parameter, at) => [parameter.name, inner.args[at]!]));
    for (const { condition, args } of callsOfItself(syntax, meant.callable)) {
      const changed = new Map<string, Expression>();
      inner.args.forEach((arg, at) => { const plain = bare(arg); if (plain.kind === 'name' && own.includes(plain.name)) changed.set(plain.name, substitute(args[at]!, inPlace)); });
      if (changed.size > 0) hypotheses.push({ condition: condition.map((one) => substitute(one, inPlace)), args: own.map((one) => changed.get(one) ?? name(one)) });
    }
  });
  return hypotheses;
}

/** Calls of a function in its own body, with what must hold on the way to each. */
export function callsOfItself(syntax: Syntax, callable: Callable): Hypothesis[] {
  const found: Hypothesis[] = [];
  const walk = (expression: Expression, condition: readonly Expression[]): void => {
    const e = bare(expression);
    switch (e.kind) {
      case 'if': walk(e.condition, condition); walk(e.then, [...condition, e.condition]); walk(e.else, [...condition, negated(e.condition)]); return;
      case 'binary':
        walk(e.left, condition);
        walk(e.right, e.operator === '&&' || e.operator === '==>' ? [...condition, e.left] : e.operator === '||' ? [...condition, negated(e.left)] : condition);
        return;
      case 'let': {
        for (const value of e.values) walk(value, condition);
        const values = e.suchThat ? undefined : e.patterns.map((one, at) => [one.name, e.values[at]!] as const);
        if (values && e.patterns.every((one) => !one.args)) walk(substitute(e.body, new Map(values)), condition);
        return;
      }
      case 'match': {
        for (const one of e.cases) {
          const parts = takenApart(syntax, e.of, one.pattern, callable.path);
          if (parts) walk(substitute(one.body, parts.values), [...condition, parts.condition]);
        }
        return;
      }
      case 'call':
        if (e.callee.kind === 'name' && e.callee.name === callable.name && e.args.length === callable.parameters.length) found.push({ condition, args: e.args });
        for (const arg of e.args) walk(arg, condition);
        return;
      case 'quantifier': case 'comprehension': case 'lambda': return;
      case 'unary': case 'size': case 'convert': walk(e.operand, condition); return;
      case 'index': walk(e.of, condition); for (const at of e.at) walk(at, condition); return;
      case 'display': case 'tuple': for (const one of e.elements) walk(one, condition); return;
      case 'proof': walk(e.body, condition); return;
      default:
    }
  };
  if (callable.value) walk(callable.value, []);
  return found;
}

/** `Cons(h, t)` of `xs` as `xs.Cons?`, `xs.head` and `xs.tail`; undefined where a part has no name. */
function takenApart(syntax: Syntax, of: Expression, pattern: { readonly name: string; readonly args?: readonly { readonly name: string; readonly args?: unknown }[]; readonly literal?: unknown }, from: string): { condition: Expression; values: Map<string, Expression> } | undefined {
  if (pattern.literal) return undefined;
  const constructor = syntax.datatypes.flatMap((one) => one.constructors).find((one) => one.name === pattern.name && one.parameters.length === (pattern.args?.length ?? 0));
  if (!constructor || !dataTypeOf(syntax, syntax.datatypes.find((one) => one.constructors.includes(constructor))!.name, from)) return undefined;
  const values = new Map<string, Expression>();
  for (const [at, part] of (pattern.args ?? []).entries()) {
    const field = constructor.parameters[at]!.name;
    if (part.name === '_' || part.name === '') continue;
    if (field === undefined || part.args) return undefined;
    values.set(part.name, select(of, field));
  }
  return { condition: select(of, `${constructor.name}?`), values };
}

function byParameters({ parameters }: Callable): Hypothesis[] {
  return parameters.flatMap((parameter, at): Hypothesis[] => {
    const own = name(parameter.name);
    const replaced = (by: Expression): readonly Expression[] => parameters.map((one, index) => (index === at ? by : name(one.name)));
    if (parameter.type.name === 'nat' || parameter.type.name === 'int') return [{ condition: [binary(own, '>', number(0))], args: replaced(binary(own, '-', number(1))) }];
    if (parameter.type.name !== 'seq' && parameter.type.name !== 'string') return [];
    const filled = [binary(size(own), '>', number(0))];
    return [{ condition: filled, args: replaced(slice(own, number(1))) }, { condition: filled, args: replaced(slice(own, undefined, binary(size(own), '-', number(1)))) }];
  });
}
