/** Applications of the file's functions to terms of a loop, with their values in its states. */
import { number } from '../syntax/build.ts';
import { printExpression } from '../syntax/print.ts';
import { freeNames } from '../syntax/substitute.ts';
import type { Callable, Expression, Type } from '../syntax/tree.ts';
import type { Value } from '../interpret/values.ts';
import { distinct, indices, lengths, minusOne, ofSort, plusOne, relevantFunctions, scalars, sequences } from './pool.ts';
import { sortOf, vectorOf, type Site } from './site.ts';

export interface Applied { readonly expression: Expression; readonly vector: readonly (Value | undefined)[] }

const MOST_APPLICATIONS = 260;
const known = new WeakMap<Site, Map<string, readonly Applied[]>>();

/** Those whose values in the states are of that sort, well-formed in every state. */
export function functionTerms(site: Site, wanted: 'int' | 'bool' | 'other'): readonly Applied[] {
  let bySort = known.get(site);
  if (!bySort) known.set(site, bySort = new Map());
  let found = bySort.get(wanted);
  if (!found) bySort.set(wanted, found = apply(site, wanted));
  return found;
}

function apply(site: Site, wanted: string): readonly Applied[] {
  const names = relevantFunctions(site);
  const list: Applied[] = [];
  for (const callable of site.syntax.callables) {
    if (!callable.value || !names.has(callable.name) || callable.parameters.length === 0) continue;
    const result = callable.results[0]?.type.name;
    const sort = result === 'int' || result === 'nat' ? 'int' : result === 'bool' ? 'bool' : 'other';
    if (sort !== wanted) continue;
    let count = 0;
    for (const args of argumentsOf(site, callable)) {
      if (count++ > MOST_APPLICATIONS) break;
      const expression: Expression = { kind: 'call', callee: { kind: 'name', name: callable.name, start: -1, end: -1 }, args, start: -1, end: -1 };
      const vector = vectorOf(site, expression);
      if (vector && vector.some((value) => value !== undefined && (wanted === 'other' || sortOf(value) === wanted))) list.push({ expression, vector });
    }
  }
  return list;
}

/** Argument lists; those of fewer unusual terms first. */
function argumentsOf(site: Site, callable: Callable): readonly (readonly Expression[])[] {
  const choices = callable.parameters.map((parameter) => choicesFor(site, parameter.type));
  let lists: { args: readonly Expression[]; cost: number }[] = [{ args: [], cost: 0 }];
  for (const choice of choices) lists = lists.flatMap(({ args, cost }) => choice.map((one, at) => ({ args: [...args, one], cost: cost + at }))).sort((a, b) => a.cost - b.cost).slice(0, MOST_APPLICATIONS * 4);
  return lists.map(({ args }) => args).filter((args) => args.some((one) => freeNames(one).size > 0));
}

function choicesFor(site: Site, type: Type): readonly Expression[] {
  const at = indices(site);
  switch (type.name) {
    case 'int': case 'nat': {
      const stable = [...scalars(site).filter((one) => !site.modified.has(printExpression(one))), ...lengths(site)];
      return distinct([...at.slice(0, 3), ...stable.slice(0, 3), ...at.slice(0, 3).map(plusOne), ...scalars(site), number(0), ...stable, ...at.slice(0, 2).map(minusOne), ...at.slice(0, 2).map((one) => plusOne(plusOne(one)))]).slice(0, 12);
    }
    case 'seq': case 'string': return distinct(sequences(site, [...at.slice(0, 2), ...at.slice(0, 1).map(plusOne)])).slice(0, 12);
    case 'array': return ofSort(site, 'array').slice(0, 4);
    case 'array2': return ofSort(site, 'matrix').slice(0, 3);
    case 'bool': return ofSort(site, 'bool').slice(0, 4);
    case 'char': return ofSort(site, 'char').slice(0, 4);
    case 'set': return ofSort(site, 'set').slice(0, 4);
    case 'multiset': return ofSort(site, 'multiset').slice(0, 4);
    case 'map': return ofSort(site, 'map').slice(0, 4);
    default: {
      const generic = ofSort(site, 'int', 'data', 'object', 'char', 'bool');
      return generic.slice(0, 5);
    }
  }
}
