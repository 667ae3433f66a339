/** Modules by file and files by module: "src/A/B.lean" under the folder "src" is the module A.B. */
import { partsOf, printName } from './source/names.ts';

/** Come with the toolchain. */
const OF_TOOLCHAIN = new Set(['Init', 'Std', 'Lean', 'Lake', 'LeanChecker']);

export function moduleOf(path: string, folder: string): string | undefined {
  const inside = folder === '' ? path : path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : undefined;
  return inside === undefined ? undefined : printName(inside.replace(/\.lean$/, '').split('/'));
}

export function pathOf(module: string): string { return `${partsOf(module).join('/')}.lean`; }

export function isOfToolchain(module: string): boolean { return OF_TOOLCHAIN.has(partsOf(module)[0]!); }

/** Imports first; of modules that import each other in a ring, which Lean refuses, in the order given. */
export function inImportOrder<T extends { readonly module: string; readonly imports: readonly string[] }>(modules: readonly T[]): T[] {
  const byName = new Map(modules.map((one) => [one.module, one]));
  const order = new Set<T>();
  const visiting = new Set<T>();
  const visit = (one: T): void => {
    if (order.has(one) || visiting.has(one)) return;
    visiting.add(one);
    for (const name of one.imports) { const imported = byName.get(name); if (imported) visit(imported); }
    order.add(one);
  };
  modules.forEach(visit);
  return [...order];
}
