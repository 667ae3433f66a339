/** Places in a body where a proof step can be put, with the names that are in scope there. */
import type { Places } from '../../places.ts';
import type { Diagnostic } from '../../contract.ts';
import type { Block, Callable, Statement, Type } from '../syntax/tree.ts';
import type { Syntax } from '../syntax/program.ts';
import { blocksOf, expressionsOf, visitExpression, visitStatements } from '../syntax/visit.ts';
import { indentAt } from './candidate.ts';
import { meantBy, typeFrom } from './resolve.ts';

export interface Point {
  readonly offset: number;
  readonly indent: string;
  /** Name and declared type, parameters first. A type that is not written is absent. */
  readonly scope: ReadonlyMap<string, Type | undefined>;
  readonly kind: 'start' | 'before' | 'end';
  readonly statement?: Statement;
}

/** Starts and ends of all blocks and the places before statements, in the order of the text. With the syntax, types that are not written are told from calls. */
export function pointsOf(callable: Callable, text: string, syntax?: Syntax): Point[] {
  const points: Point[] = [];
  if (!callable.body) return points;
  const used = syntax ? typesByUse(syntax, callable) : new Map<string, Type>();
  const walk = (block: Block, outer: ReadonlyMap<string, Type | undefined>): void => {
    const scope = new Map(outer);
    const braced = text[block.start] === '{';
    const place = (offset: number, kind: Point['kind'], statement?: Statement): void => {
      const inner = block.statements[0] ? indentAt(text, block.statements[0].start) : `${indentAt(text, block.start)}  `;
      points.push({ offset, indent: inner, scope: new Map([...scope].map(([name, type]) => [name, type ?? used.get(name)])), kind, ...(statement ? { statement } : {}) });
    };
    block.statements.forEach((statement, at) => {
      place(statement.start, at === 0 ? 'start' : 'before', statement);
      const own = new Map(scope);
      if (statement.kind === 'for' && statement.counter) own.set(statement.counter.name, statement.counter.type ?? { name: 'int', args: [], text: 'int' });
      if (statement.kind === 'forall') for (const one of statement.variables) own.set(one.name, one.type);
      const inner = statement.kind === 'label' ? statement.statement : statement;
      const patterns = inner.kind === 'match' ? inner.cases.map((one) => namesOf(one.pattern)) : [];
      blocksOf(statement).forEach((one, index) => { const more = new Map(own); for (const name of patterns[index] ?? []) more.set(name, undefined); walk(one, more); });
      if (statement.kind === 'variables') for (const local of statement.locals) scope.set(local.name, local.type);
    });
    place(braced ? block.end - 1 : block.end, 'end', block.statements.at(-1));
  };
  const scope = new Map<string, Type | undefined>([...callable.parameters, ...callable.results].map((one) => [one.name, one.type]));
  walk(callable.body, scope);
  return points;
}

/** A variable that is an argument of a call has the parameter's type, up to what both can be. */
function typesByUse(syntax: Syntax, callable: Callable): Map<string, Type> {
  const types = new Map<string, Type>();
  visitStatements(callable.body!, (statement) => {
    for (const expression of expressionsOf(statement)) visitExpression(expression, (inner) => {
      if (inner.kind !== 'call') return;
      const meant = meantBy(syntax, inner, callable.path);
      if (meant) inner.args.forEach((arg, at) => { if (arg.kind === 'name' && !types.has(arg.name)) types.set(arg.name, typeFrom(syntax, meant, meant.callable.parameters[at]!.type)); });
    });
  });
  return types;
}

function namesOf(pattern: { readonly name: string; readonly args?: readonly { readonly name: string }[] }): string[] { return pattern.args ? pattern.args.map((one) => one.name).filter((name) => name !== '' && name !== '_') : [pattern.name]; }

/** Where a step can help with a failure: before the statement at its line, or at the end of the block whose end it is. */
export function pointsNear(points: readonly Point[], places: Places, open: readonly Diagnostic[]): Point[] {
  const found = new Set<Point>();
  for (const { range } of open) {
    if (!range) continue;
    const own = points.filter((point) => point.statement && point.kind !== 'end' && places.at(point.statement.start).line <= range.start.line && places.at(point.statement.end).line >= range.start.line);
    // The innermost statement at this line.
    const nearest = own.sort((a, b) => (a.statement!.end - a.statement!.start) - (b.statement!.end - b.statement!.start))[0];
    if (nearest) found.add(nearest);
    for (const point of points) if (point.kind === 'end' && !endsByLeaving(point)) found.add(point);
  }
  return [...found];
}

function endsByLeaving(point: Point): boolean { return point.statement?.kind === 'return' || point.statement?.kind === 'break' || point.statement?.kind === 'continue'; }
