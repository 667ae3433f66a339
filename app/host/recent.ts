/** Repositories that were opened, the newest first. */
import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';
import type { RecentRepository } from '../contract.ts';
import { readKept, writeKept } from './kept.ts';

const KEPT = 30;
const entries = z.array(z.object({ path: z.string(), kind: z.enum(['folder', 'file', 'archive']), openedAt: z.string() }));

export class RecentRepositories {
  readonly #file: string;
  constructor(home: string) { this.#file = join(home, 'recent.json'); }

  list(): RecentRepository[] {
    return this.#read().map((entry) => ({ ...entry, name: basename(entry.path) || entry.path, exists: existsSync(entry.path) }));
  }

  add(path: string, kind: RecentRepository['kind']): void {
    writeKept(this.#file, [{ path, kind, openedAt: new Date().toISOString() }, ...this.#read().filter((entry) => entry.path !== path)].slice(0, KEPT));
  }

  forget(path: string): void {
    writeKept(this.#file, this.#read().filter((entry) => entry.path !== path));
  }

  #read(): z.infer<typeof entries> {
    const parsed = entries.safeParse(readKept(this.#file));
    return parsed.success ? parsed.data : [];
  }
}
