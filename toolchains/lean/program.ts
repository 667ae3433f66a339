/** A project's declarations as obligations, and what they take on trust: by names, so rather too much than too little. */
import type { Assumption, Obligation, Project, Range } from '../contract.ts';
import { Places } from '../places.ts';
import { isOfToolchain } from './modules.ts';
import { partsOf } from './source/names.ts';
import { projectOptions } from './recognise.ts';
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

export function readProgram(project: Project, contents: ReadonlyMap<string, string>): Program {
  const files = projectOptions(project).modules.flatMap(({ file, module }): ProgramFile[] => {
    const text = contents.get(file);
    if (text === undefined) return [];
    const source = readModule(text);
    return [{ path: file, module, imports: source.imports, source, places: new Places(text) }];
  });
  const trust = trustOf(project, files);
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
        id: `${project.id}#${symbol}`, project: project.id, toolchain: project.toolchain, symbol, kind: declaration.kind, file: file.path, range,
        assumptions: [...trust.of(file, declaration)], assumptionScope: 'exact',
      },
    };
  }));
  return { files, symbols, assumptions: trust.all };
}

interface Trust { readonly all: readonly Assumption[]; of(file: ProgramFile, declaration: Declaration): ReadonlySet<string> }

/**
 * A declaration rests on what stands in it, in what it names, in instances and declarations with attributes (`simp`
 * and its like are used without being named), and on what stands between declarations of its file and of imports.
 */
function trustOf(project: Project, files: readonly ProgramFile[]): Trust {
  const all: Assumption[] = [];
  const own = new Map<Declaration, string[]>();
  const ambient = new Map<ProgramFile, string[]>();
  const byPart = new Map<string, Declaration[]>();
  const fileOf = new Map<Declaration, ProgramFile>();
  for (const file of files) {
    const shared: string[] = [];
    ambient.set(file, shared);
    const counts = new Map<string, number>();
    const assume = (kind: string, text: string, start: number, end: number, where: string): string => {
      const stem = `${project.toolchain}:${file.path}:${kind}:${where}`;
      const count = (counts.get(stem) ?? 0) + 1;
      counts.set(stem, count);
      const id = count === 1 ? stem : `${stem}:${count}`;
      all.push({ id, toolchain: project.toolchain, kind, file: file.path, range: file.places.range(start, end), text });
      return id;
    };
    for (const name of file.imports) {
      if (isOfToolchain(name) || files.some((other) => other.module === name)) continue;
      const token = file.source.tokens.find((one) => one.text.replace(/[«»]/g, '') === name.replace(/[«»]/g, ''));
      shared.push(assume('unverified-import', name, token?.start ?? 0, token?.end ?? 0, name));
    }
    for (const declaration of file.source.declarations) {
      own.set(declaration, []);
      fileOf.set(declaration, file);
      const part = partsOf(declaration.name).at(-1)!;
      byPart.set(part, [...(byPart.get(part) ?? []), declaration]);
    }
    for (const finding of findingsOf(file.source)) {
      const id = assume(finding.kind, finding.text, finding.start, finding.end, finding.declaration?.name ?? '');
      if (finding.declaration) own.get(finding.declaration)!.push(id); else shared.push(id);
    }
  }
  const implicit = [...own.keys()].filter((one) => one.kind === 'instance' || one.command.attributes.length > 0);
  const closures = new Map<ProgramFile, ReadonlySet<ProgramFile>>();
  const seenFrom = (file: ProgramFile): ReadonlySet<ProgramFile> => {
    const known = closures.get(file);
    if (known) return known;
    const reached = new Set([file]);
    for (const one of reached) for (const name of one.imports) { const next = files.find((other) => other.module === name); if (next) reached.add(next); }
    closures.set(file, reached);
    return reached;
  };
  if (all.length === 0) return { all, of: () => new Set() };
  return {
    all,
    of(file, declaration) {
      const visible = seenFrom(file);
      const reached = new Set([declaration, ...implicit.filter((one) => visible.has(fileOf.get(one)!))]);
      for (const one of reached) {
        const { tokens } = fileOf.get(one)!.source;
        for (let at = one.command.from; at <= one.command.to; at++) {
          const token = tokens[at]!;
          if (token.kind !== 'word' && token.kind !== 'name') continue;
          for (const part of partsOf(token.text.replace(/^`+/, ''))) for (const used of byPart.get(part) ?? []) if (visible.has(fileOf.get(used)!)) reached.add(used);
        }
      }
      return new Set([...[...visible].flatMap((one) => ambient.get(one)!), ...[...reached].flatMap((one) => own.get(one)!)]);
    },
  };
}
