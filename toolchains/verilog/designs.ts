/**
 * Groups bare Verilog files into designs: a top module (one that no other module uses), with the files of all that it
 * uses. Only designs with a property become projects. Test benches (modules that end the simulation) are no parents:
 * they cannot be elaborated, and would hide the design they drive.
 */
import { posix } from 'node:path';
import type { RepositoryTree, TreeFile, Uncovered } from '../contract.ts';
import { InputError } from '../contract.ts';
import type { BareDesign } from './bare.ts';
import { Preprocessor } from './source/preprocess.ts';
import { SCANNED_BYTES } from './source/scan.ts';
import { scanStatements, type SourceModule } from './source/statements.ts';

export interface FoundDesign extends BareDesign {
  /** Where the top stands; names the project, whatever is read first. */
  readonly file: string;
  /** The only design whose top stands in this file. */
  readonly alone: boolean;
}

const PROPERTY_WORD = /\b(assert|assume|cover|restrict)\b/;
const BENCH_WORDS = ['$finish', '$stop', '$dumpfile', '$dumpvars', '$monitor'];

interface FileScan { readonly path: string; readonly modules: readonly SourceModule[]; readonly withProperty: ReadonlySet<string>; readonly included: readonly string[] }

export async function findDesigns(tree: RepositoryTree, files: readonly TreeFile[]): Promise<{ readonly found: readonly FoundDesign[]; readonly uncovered: readonly Uncovered[] }> {
  const uncovered: Uncovered[] = [];
  const texts = new Map<string, string>();
  for (const file of files) {
    try { texts.set(file.path, (await tree.read(file.path, SCANNED_BYTES)).toString('utf8')); } catch (error) {
      if (!(error instanceof InputError)) throw error;
      uncovered.push({ file: file.path, why: error.message });
    }
  }
  if (![...texts.values()].some(text => PROPERTY_WORD.test(text))) return { found: [], uncovered: [...uncovered, ...[...texts.keys()].map(noAssertion)] };

  const includedSomewhere = new Set<string>();
  const scans: FileScan[] = [];
  for (const [path, text] of texts) {
    const scan = scanFile(path, text, texts, tree);
    for (const file of scan.included) includedSomewhere.add(file);
    scans.push(scan);
  }
  const own = scans.filter(scan => !includedSomewhere.has(scan.path));
  const definitions = new Map<string, FileScan[]>();
  for (const scan of own) for (const module of scan.modules) definitions.set(module.name, [...definitions.get(module.name) ?? [], scan]);

  const used = new Set<string>();
  for (const scan of own) for (const module of scan.modules) {
    if (isBench(module)) continue;
    for (const word of module.words) { const target = resolve(word, scan, definitions); if (target && !(target === scan && word === module.name)) used.add(key(target, word)); }
  }
  const found: FoundDesign[] = [];
  const covered = new Set<string>();
  const isRoot = (scan: FileScan, module: SourceModule): boolean =>
    !module.isPackage && !used.has(key(scan, module.name)) && (!isBench(module) || scan.withProperty.has(module.name));
  const roots = own.flatMap(scan => scan.modules.filter(module => isRoot(scan, module)).map(module => ({ scan, module })));
  const designs = roots.flatMap(({ scan, module }) => {
    const reached = reach(scan, module, definitions);
    if (![...reached].some(([name, at]) => at.withProperty.has(name))) return [];
    return [{ scan, module, reached }];
  });
  for (const { scan, module, reached } of designs) {
    const packages = [...reached].filter(([name, at]) => at.modules.some(one => one.name === name && one.isPackage)).map(([, at]) => at.path);
    const sources = [...new Set([scan.path, ...[...reached.values()].map(at => at.path)])];
    const ordered = [...new Set([...packages, ...sources])];
    for (const path of ordered) covered.add(path);
    const included = [...new Set(ordered.flatMap(path => scans.find(one => one.path === path)!.included))];
    for (const path of included) covered.add(path);
    found.push({ file: scan.path, top: module.name, sources: ordered, included, alone: designs.filter(one => one.scan === scan).length === 1 });
  }
  for (const scan of scans) if (!covered.has(scan.path)) uncovered.push(whyNot(scan));
  return { found, uncovered };
}

function whyNot(scan: FileScan): Uncovered {
  if (scan.withProperty.size > 0) return { file: scan.path, why: 'its assertions are in no module that a design uses' };
  return scan.modules.some(isBench) ? { file: scan.path, why: 'a test bench without assertions' } : noAssertion(scan.path);
}

function noAssertion(file: string): Uncovered {
  return { file, why: 'no assertion' };
}

function scanFile(path: string, text: string, texts: ReadonlyMap<string, string>, tree: RepositoryTree): FileScan {
  const preprocessor = new Preprocessor([['FORMAL', '1'], ['YOSYS', '1']], (name, from) => {
    for (const folder of [posix.dirname(from), posix.dirname(path), '.']) {
      const candidate = posix.normalize(posix.join(folder, name));
      const found = texts.get(candidate);
      if (found !== undefined) return { file: candidate, text: found };
    }
    return undefined;
  });
  const stream = [...preprocessor.read(path, text)];
  const { modules, statements } = scanStatements(stream);
  // Contents of memories: yosys looks for them beside the source.
  const contents = stream.flatMap((token, index) => {
    const name = stream[index + 2];
    if ((token.text !== '$readmemh' && token.text !== '$readmemb') || name?.kind !== 'string') return [];
    const found = posix.join(posix.dirname(token.file), name.text.replace(/^"|"$/g, ''));
    return tree.has(found) ? [found] : [];
  });
  const withProperty = new Set(statements.filter(statement => statement.kind === 'assert' || statement.kind === 'cover' || statement.kind === 'live').map(statement => statement.module));
  return { path, modules, withProperty, included: [...preprocessor.included, ...contents] };
}

function isBench(module: SourceModule): boolean {
  return BENCH_WORDS.some(word => module.words.has(word));
}

/** The definition that a use in this file means: in the file, then the only one in its folder, then the only one at all. */
function resolve(name: string, from: FileScan, definitions: ReadonlyMap<string, readonly FileScan[]>): FileScan | undefined {
  const all = definitions.get(name);
  if (!all) return undefined;
  if (all.includes(from)) return from;
  const beside = all.filter(scan => posix.dirname(scan.path) === posix.dirname(from.path));
  if (beside.length > 0) return beside.length === 1 ? beside[0] : undefined;
  return all.length === 1 ? all[0] : undefined;
}

function key(scan: FileScan, name: string): string {
  return `${scan.path}\0${name}`;
}

/** Everything under a module, itself included: name → file. */
function reach(scan: FileScan, top: SourceModule, definitions: ReadonlyMap<string, readonly FileScan[]>): ReadonlyMap<string, FileScan> {
  const reached = new Map<string, FileScan>([[top.name, scan]]);
  const open: [FileScan, SourceModule][] = [[scan, top]];
  for (let next = open.pop(); next; next = open.pop()) {
    const [file, module] = next;
    for (const word of module.words) {
      if (reached.has(word)) continue;
      const target = resolve(word, file, definitions);
      const definition = target?.modules.find(one => one.name === word);
      if (!target || !definition) continue;
      reached.set(word, target);
      open.push([target, definition]);
    }
  }
  return reached;
}
