/** Which declarations the text of one names, among those of its file and of what that imports: by parts of names, so never too few. */
import type { ProgramFile } from './program.ts';
import type { Declaration } from './source/declarations.ts';
import { partsOf } from './source/names.ts';

export class References {
  private readonly byPart = new Map<string, Declaration[]>();
  private readonly files = new Map<Declaration, ProgramFile>();
  private readonly byModule: ReadonlyMap<string, ProgramFile>;
  private readonly closures = new Map<ProgramFile, ReadonlySet<ProgramFile>>();
  private readonly known = new Map<Declaration, readonly Declaration[]>();

  constructor(files: readonly ProgramFile[]) {
    this.byModule = new Map(files.map((file) => [file.module, file]));
    for (const file of files) for (const declaration of file.source.declarations) {
      this.files.set(declaration, file);
      const part = partsOf(declaration.name).at(-1)!;
      const same = this.byPart.get(part);
      if (same) same.push(declaration); else this.byPart.set(part, [declaration]);
    }
  }

  get size(): number { return this.files.size; }
  all(): Iterable<Declaration> { return this.files.keys(); }
  fileOf(declaration: Declaration): ProgramFile { return this.files.get(declaration)!; }

  /** The file and all that it imports, directly or not. */
  visibleFrom(file: ProgramFile): ReadonlySet<ProgramFile> {
    const known = this.closures.get(file);
    if (known) return known;
    const reached = new Set([file]);
    for (const one of reached) for (const name of one.imports) { const next = this.byModule.get(name); if (next) reached.add(next); }
    this.closures.set(file, reached);
    return reached;
  }

  usedBy(declaration: Declaration): readonly Declaration[] {
    const known = this.known.get(declaration);
    if (known) return known;
    const file = this.fileOf(declaration);
    const visible = this.visibleFrom(file);
    const used = new Set<Declaration>();
    for (let at = declaration.command.from; at <= declaration.command.to; at++) {
      const token = file.source.tokens[at]!;
      if (token.kind !== 'word' && token.kind !== 'name') continue;
      for (const part of partsOf(token.text.replace(/^`+/, ''))) for (const one of this.byPart.get(part) ?? []) if (visible.has(this.fileOf(one))) used.add(one);
    }
    const found = [...used];
    this.known.set(declaration, found);
    return found;
  }
}
