/** Which declaration a name means, in the module where it stands, and what that declaration says as seen from elsewhere. */
import { select } from '../syntax/build.ts';
import type { Syntax } from '../syntax/program.ts';
import { freeNames, substitute } from '../syntax/substitute.ts';
import type { Callable, DataType, Expression, Type } from '../syntax/tree.ts';
import { visitExpression } from '../syntax/visit.ts';

export interface Meant {
  readonly callable: Callable;
  /** The module's name as it was written before it, or "". */
  readonly qualifier: string;
}

function moduleOf(path: string): string { return path.slice(0, Math.max(0, path.lastIndexOf('.'))); }
function joined(qualifier: string, name: string): string { return qualifier === '' ? name : `${qualifier}.${name}`; }

/** @param from path of the declaration in which the call stands */
export function meantBy(syntax: Syntax, call: Expression & { kind: 'call' }, from: string): Meant | undefined {
  const { callee, args } = call;
  const fits = (one: Callable): boolean => one.parameters.length === args.length;
  if (callee.kind === 'name') {
    const named = syntax.callables.filter((one) => one.name === callee.name && fits(one));
    const callable = named.find((one) => moduleOf(one.path) === moduleOf(from)) ?? named[0];
    return callable && { callable, qualifier: '' };
  }
  if (callee.kind !== 'select') return undefined;
  const named = syntax.callables.filter((one) => one.name === callee.member && fits(one));
  if (callee.of.kind !== 'name') return named[0] && { callable: named[0], qualifier: '' };
  const { name } = callee.of;
  const qualified = named.find((one) => one.path === `${name}.${one.name}` || one.path.endsWith(`.${name}.${one.name}`));
  if (qualified) return { callable: qualified, qualifier: name };
  return named[0] && { callable: named[0], qualifier: '' };
}

/** The body of a function with the arguments in place, its own module's names qualified as the call was. */
export function unfoldedCall(syntax: Syntax, { callable, qualifier }: Meant, args: readonly Expression[]): Expression | undefined {
  if (!callable.value) return undefined;
  const parameters = new Map(callable.parameters.map((parameter, at) => [parameter.name, args[at]!]));
  return substitute(callable.value, new Map([...qualifiedNames(syntax, callable, qualifier, callable.value), ...parameters]));
}

/** A type of a declaration's module, as seen from where the declaration was named with this qualifier. */
export function typeFrom(syntax: Syntax, { callable, qualifier }: Meant, type: Type): Type {
  const path = joined(moduleOf(callable.path), type.name);
  return qualifier !== '' && syntax.datatypes.some((one) => one.path === path) ? { ...type, name: joined(qualifier, type.name) } : type;
}

/** @param from path of the declaration in which the type is written */
export function dataTypeOf(syntax: Syntax, type: string, from: string): DataType | undefined {
  const local = joined(moduleOf(from), type);
  return syntax.datatypes.find((one) => one.path === type || one.path.endsWith(`.${type}`) && type.includes('.')) ?? syntax.datatypes.find((one) => one.path === local) ?? syntax.datatypes.find((one) => one.name === type);
}

function qualifiedNames(syntax: Syntax, callable: Callable, qualifier: string, value: Expression): Map<string, Expression> {
  const names = new Map<string, Expression>();
  if (qualifier === '') return names;
  const module = moduleOf(callable.path);
  const own = new Set([
    ...syntax.callables.filter((one) => moduleOf(one.path) === module).map((one) => one.name),
    ...syntax.datatypes.filter((one) => moduleOf(one.path) === module).flatMap((one) => one.constructors.map((constructor) => constructor.name)),
  ]);
  const note = (name: string): void => { if (own.has(name)) names.set(name, select({ kind: 'name', name: qualifier, start: -1, end: -1 }, name)); };
  for (const name of freeNames(value)) note(name);
  visitExpression(value, (inner) => { if (inner.kind === 'call' && inner.callee.kind === 'name') note(inner.callee.name); });
  return names;
}
