/**
 * The names that Verus gives to functions: crate::module::function, and for a function of an impl the path of the type it is
 * for (friendly names of its JSON and its logs). Where the type is not of this crate the name is a guess, and said to be one.
 */
import type { RustFile, RustFunction } from './items.ts';

export interface NamedFunction {
  readonly file: RustFile;
  readonly declaration: RustFunction;
  /** As Verus prints it. */
  readonly symbol: string;
  /** The type of its impl is not of this crate: Verus may print crate::…::impl&%N::name. */
  readonly guessed: boolean;
}

export function nameFunctions(crate: string, files: readonly RustFile[]): NamedFunction[] {
  const types = typesOf(files);
  const imports = importsOf(files);
  return files.flatMap((file) => file.functions.map((declaration): NamedFunction => {
    const { scope, name } = declaration;
    const module = [crate, ...scope.modules];
    if (scope.impl) {
      const path = resolve(scope.impl.type, scope.modules, types, imports);
      return { file, declaration, symbol: [...(path ? [crate, ...path] : [...module, scope.impl.text]), name].join('::'), guessed: path === undefined };
    }
    return { file, declaration, symbol: [...module, ...(scope.trait === undefined ? [] : [scope.trait]), name].join('::'), guessed: false };
  }));
}

/** Name of a type to the modules that define one of that name. */
function typesOf(files: readonly RustFile[]): ReadonlyMap<string, readonly (readonly string[])[]> {
  const types = new Map<string, (readonly string[])[]>();
  const add = (name: string, modules: readonly string[]): void => {
    const known = types.get(name);
    if (known) known.push(modules); else types.set(name, [modules]);
  };
  for (const file of files) for (const item of file.items) {
    if (item.kind === 'type') add(item.name, item.scope.modules);
    // struct_with_invariants! and its like declare the type that stands inside them.
    if (item.kind === 'macro') for (let at = item.first; at < item.last; at++) {
      const { kind, text } = file.tokens[at]!;
      if (kind === 'word' && (text === 'struct' || text === 'enum') && file.tokens[at + 1]?.kind === 'word') add(file.tokens[at + 1]!.text, item.scope.modules);
    }
  }
  return types;
}

/** For each module ("a::b"): name in it to the path that a `use` gives it. */
function importsOf(files: readonly RustFile[]): ReadonlyMap<string, ReadonlyMap<string, readonly string[]>> {
  const imports = new Map<string, Map<string, readonly string[]>>();
  for (const file of files) for (const item of file.items) {
    if (item.kind !== 'use') continue;
    const key = item.scope.modules.join('::');
    const names = imports.get(key) ?? new Map<string, readonly string[]>();
    imports.set(key, names);
    const words = file.tokens.slice(item.first, item.last).filter((token) => token.text !== 'pub').map((token) => token.text);
    const start = words.indexOf('use') + 1;
    expand(words, start, words.length, [], (name, path) => { names.set(name, path); });
  }
  return imports;
}

/** Reads `a::{b, c as d, e::*}`; star imports are found by the name being unique. */
function expand(words: readonly string[], from: number, to: number, prefix: readonly string[], take: (name: string, path: readonly string[]) => void): void {
  const path = [...prefix];
  for (let at = from; at < to; at++) {
    const word = words[at]!;
    if (word === '{') {
      let depth = 0;
      let start = at + 1;
      for (let index = at; index < to; index++) {
        if (words[index] === '{') depth++;
        else if (words[index] === '}' && --depth === 0) { if (start < index) expand(words, start, index, path, take); return; }
        else if (words[index] === ',' && depth === 1) { expand(words, start, index, path, take); start = index + 1; }
      }
      return;
    }
    if (word === 'as') { take(words[at + 1] ?? '', path); return; }
    if (word !== '::' && word !== ';') path.push(word);
  }
  const last = path.at(-1);
  if (last === 'self') take(path.at(-2) ?? '', path.slice(0, -1));
  else if (last !== undefined && last !== '*') take(last, path);
}

/** Modules and name of the type, or undefined where it is not one of the crate's. */
function resolve(
  type: readonly string[], modules: readonly string[], types: ReadonlyMap<string, readonly (readonly string[])[]>,
  imports: ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>,
): readonly string[] | undefined {
  const name = type.at(-1);
  if (name === undefined) return undefined;
  const candidates = types.get(name) ?? [];
  const at = (path: readonly string[]): readonly string[] | undefined => candidates.some((one) => same(one, path)) ? [...path, name] : undefined;
  if (type.length === 1) {
    const here = at(modules);
    if (here) return here;
    const imported = imports.get(modules.join('::'))?.get(name);
    if (imported) {
      const path = absolute(imported, modules);
      const original = path.at(-1)!;
      if (types.get(original)?.some((one) => same(one, path.slice(0, -1)))) return path;
      if (candidates.length !== 1) return undefined;
    }
  } else {
    const found = at(absolute(type, modules).slice(0, -1)) ?? at([...modules, ...type.slice(0, -1)]);
    if (found) return found;
  }
  return candidates.length === 1 ? [...candidates[0]!, name] : undefined;
}

function absolute(path: readonly string[], modules: readonly string[]): readonly string[] {
  if (path[0] === 'crate') return path.slice(1);
  let up = 0;
  if (path[0] === 'self') return [...modules, ...path.slice(1)];
  while (path[up] === 'super') up++;
  return up > 0 ? [...modules.slice(0, Math.max(0, modules.length - up)), ...path.slice(up)] : path;
}

function same(a: readonly string[], b: readonly string[]): boolean { return a.length === b.length && a.every((word, index) => word === b[index]); }
