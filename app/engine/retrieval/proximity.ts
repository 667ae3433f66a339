/** How near two chunks are to each other in the repository: who calls whom, the same file, the same project, the same folder. */
import { dirname } from 'node:path';
import { callsIn } from './calls.ts';
import type { Chunk } from './chunk.ts';

const MOST_STEPS = 3, MOST_FOUND = 400;

export class Neighbourhood {
  readonly #byName = new Map<string, number[]>();
  readonly #edges: number[][];
  readonly #byFile = new Map<string, number[]>();
  readonly #byFolder = new Map<string, number[]>();

  constructor(private readonly chunks: readonly Chunk[], calls: (chunk: Chunk) => readonly string[] = namesCalled) {
    chunks.forEach((chunk, index) => {
      push(this.#byName, chunk.name, index);
      push(this.#byFile, chunk.file, index);
      push(this.#byFolder, dirname(chunk.file), index);
    });
    this.#edges = chunks.map(() => []);
    chunks.forEach((chunk, index) => {
      for (const name of calls(chunk)) for (const other of this.named(name, chunk)) if (other !== index) { this.#edges[index]!.push(other); this.#edges[other]!.push(index); }
    });
  }

  everywhere(name: string): readonly number[] { return this.#byName.get(name) ?? []; }

  /** Those of this name that a text of this chunk's project can mean: the project's own first, else all of the toolchain. */
  named(name: string, from: Pick<Chunk, 'project' | 'toolchain'>): readonly number[] {
    const all = (this.#byName.get(name) ?? []).filter((index) => this.chunks[index]!.toolchain === from.toolchain);
    const own = all.filter((index) => this.chunks[index]!.project === from.project);
    return own.length > 0 ? own : all;
  }

  /**
   * The nearest first: callers and callees, step after step, then the file, then the folder, nearest lines first.
   * @param calls names that the text calls; `self` itself is passed over, and so are the edges that start at it
   */
  around(from: Pick<Chunk, 'project' | 'toolchain' | 'file' | 'range'>, calls: Iterable<string>, self: ReadonlySet<number> = new Set()): number[] {
    const found = new Set<number>();
    let ring: number[] = [];
    for (const name of calls) for (const index of this.named(name, from)) if (!self.has(index)) ring.push(index);
    for (let step = 0; step < MOST_STEPS && ring.length > 0 && found.size < MOST_FOUND; step++) {
      const next: number[] = [];
      for (const index of ring) {
        if (found.has(index) || found.size >= MOST_FOUND) continue;
        found.add(index);
        for (const other of this.#edges[index]!) if (!found.has(other) && !self.has(other)) next.push(other);
      }
      ring = next;
    }
    const line = from.range.start.line;
    const near = [...this.#byFile.get(from.file) ?? []].sort((a, b) => Math.abs(this.chunks[a]!.range.start.line - line) - Math.abs(this.chunks[b]!.range.start.line - line));
    for (const index of near) if (!self.has(index)) found.add(index);
    const folder = dirname(from.file);
    for (const index of this.#byFolder.get(folder) ?? []) {
      if (found.size >= MOST_FOUND) break;
      if (!self.has(index)) found.add(index);
    }
    return [...found];
  }
}

export function namesCalled(chunk: Chunk): string[] { return [...new Set(callsIn(chunk.text).map((call) => call.name))].filter((name) => name !== chunk.name); }

function push(map: Map<string, number[]>, key: string, value: number): void { const list = map.get(key); if (list) list.push(value); else map.set(key, [value]); }
