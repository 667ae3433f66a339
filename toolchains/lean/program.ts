/** A project's declarations as obligations, and what they take on trust: by names, so rather too much than too little. */
import type { Assumption, Obligation, Position, Project, Range } from '../contract.ts';
import { signedContent, tokensText } from '../assumption.ts';
import { withUses } from '../graph.ts';
import { Places } from '../places.ts';
import { isOfToolchain } from './modules.ts';
import { projectOptions } from './recognise.ts';
import { References } from './references.ts';
import { readModule, type Declaration, type Module } from './source/declarations.ts';
import { findingsOf } from './source/findings.ts';

export interface Symbol {
  readonly obligation: Obligation;
  readonly declaration: Declaration;
  readonly file: ProgramFile;
  /** Of the whole declaration. */
  readonly range: Range;
}

export interface ProgramFile {
  readonly path: string;
  readonly module: string;
  readonly imports: readonly string[];
  readonly source: Module;
  readonly places: Places;
}

export interface Program {
  readonly files: readonly ProgramFile[];
  readonly symbols: readonly Symbol[];
  readonly assumptions: readonly Assumption[];
}

/** Of a project whose graph is drawn: by names, that of a library as large as Mathlib takes minutes and shows nothing. */
const MOST_DECLARATIONS = 20_000;

export function readProgram(project: Project, contents: ReadonlyMap<string, string>): Program {
  const files = projectOptions(project).modules.flatMap(({ file, module }): ProgramFile[] => {
    const text = contents.get(file);
    if (text === undefined) return [];
    const source = readModule(text);
    return [{ path: file, module, imports: source.imports, source, places: new Places(text) }];
  });
  const references = new References(files);
  const trust = trustOf(project, files, references);
  const taken = new Set<string>();
  const symbols = files.flatMap((file) => file.source.declarations.map((declaration): Symbol => {
    let symbol = declaration.anonymous ? `${declaration.name} of ${file.module}` : declaration.name;
    if (taken.has(symbol)) symbol = `${declaration.name} of ${file.module}`;
    for (let count = 2; taken.has(symbol); count++) symbol = `${declaration.name} of ${file.module} (${count})`;
    taken.add(symbol);
    const { command } = declaration;
    const { tokens } = file.source;
    let first = command.from;
    while (first < command.keyword && tokens[first]!.kind === 'doc') first++;
    const range = file.places.range(tokens[first]!.start, tokens[command.to]!.end);
    return {
      declaration, file, range,
      obligation: {
        id: `${project.id}#${symbol}`, project: project.id, toolchain: project.toolchain, symbol, kind: declaration.kind, file: file.path, range, specification: { start: range.start, end: specificationEnd(file, declaration) },
        assumptions: [...trust.of(file, declaration)], assumptionScope: 'exact',
      },
    };
  }));
  if (references.size > MOST_DECLARATIONS) return { files, symbols, assumptions: trust.all };
  const ids = new Map(symbols.map(({ declaration, obligation }) => [declaration, obligation.id]));
  const declarations = new Map(symbols.map(({ declaration, obligation }) => [obligation.id, declaration]));
  const graph = withUses(symbols.map((symbol) => symbol.obligation), 'names', ({ id }) => references.usedBy(declarations.get(id)!).map((used) => ids.get(used)!));
  return { files, symbols: symbols.map((symbol, index) => ({ ...symbol, obligation: graph[index]! })), assumptions: trust.all };
}

const WITH_VALUE: ReadonlySet<string> = new Set(['theorem', 'lemma', 'def', 'abbrev', 'instance', 'opaque', 'example']);

/** A structure and its like are their own specification. */
function lastOfContract({ command, kind, value }: Declaration): number { return value === undefined || !WITH_VALUE.has(kind) ? command.to : value - 1; }

function specificationEnd(file: ProgramFile, declaration: Declaration): Position { return file.places.at(file.source.tokens[lastOfContract(declaration)]!.end); }

function contractOf({ source: { tokens } }: ProgramFile, declaration: Declaration): string {
  let first = declaration.command.from;
  while (tokens[first]!.kind === 'doc' && first < declaration.command.keyword) first++;
  return tokensText(tokens, first, lastOfContract(declaration));
}

interface Trust { readonly all: readonly Assumption[]; of(file: ProgramFile, declaration: Declaration): ReadonlySet<string> }

/**
 * A declaration rests on what stands in it, in what it names, in instances and declarations with attributes (`simp`
 * and its like are used without being named), and on what stands between declarations of its file and of imports.
 */
function trustOf(project: Project, files: readonly ProgramFile[], references: References): Trust {
  const all: Assumption[] = [];
  const own = new Map<Declaration, string[]>();
  const ambient = new Map<ProgramFile, string[]>();
  for (const file of files) {
    const shared: string[] = [];
    ambient.set(file, shared);
    const counts = new Map<string, number>();
    const assume = (kind: string, text: string, start: number, end: number, where: string, declaration?: Declaration): string => {
      const stem = `${project.toolchain}:${file.path}:${kind}:${where}`;
      const count = (counts.get(stem) ?? 0) + 1;
      counts.set(stem, count);
      const id = count === 1 ? stem : `${stem}:${count}`;
      all.push({ id, toolchain: project.toolchain, kind, file: file.path, range: file.places.range(start, end), text, ...(declaration ? { symbol: declaration.name, content: signedContent(text, contractOf(file, declaration)) } : {}) });
      return id;
    };
    for (const name of file.imports) {
      if (isOfToolchain(name) || files.some((other) => other.module === name)) continue;
      const token = file.source.tokens.find((one) => one.text.replace(/[«»]/g, '') === name.replace(/[«»]/g, ''));
      shared.push(assume('unverified-import', name, token?.start ?? 0, token?.end ?? 0, name));
    }
    for (const finding of findingsOf(file.source)) {
      const id = assume(finding.kind, finding.text, finding.start, finding.end, finding.declaration?.name ?? '', finding.declaration);
      const owned = finding.declaration && own.get(finding.declaration);
      if (owned) owned.push(id); else if (finding.declaration) own.set(finding.declaration, [id]); else shared.push(id);
    }
  }
  if (all.length === 0) return { all, of: () => new Set() };
  const implicit = [...references.all()].filter((one) => one.kind === 'instance' || one.command.attributes.length > 0);
  return {
    all,
    of(file, declaration) {
      const visible = references.visibleFrom(file);
      const reached = new Set([declaration, ...implicit.filter((one) => visible.has(references.fileOf(one)))]);
      for (const one of reached) for (const used of references.usedBy(one)) if (visible.has(references.fileOf(used))) reached.add(used);
      return new Set([...[...visible].flatMap((one) => ambient.get(one)!), ...[...reached].flatMap((one) => own.get(one) ?? [])]);
    },
  };
}
