/** A folder of its own for a test, removed afterwards, and opening with nothing special asked. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { openRepository } from '../../../app/engine/repository/open.ts';
import type { OpenedRepository, OpenOptions } from '../../../app/engine/repository/types.ts';

export function scratch(files: Readonly<Record<string, string | Buffer>> = {}): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'assay-repository-')));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [path, content] of Object.entries(files)) write(folder, path, content);
  return folder;
}

export function write(folder: string, path: string, content: string | Buffer): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), content);
}

export async function open(path: string, options: Partial<OpenOptions> = {}): Promise<OpenedRepository> {
  const repository = await openRepository(path, { references: () => [], home: options.home ?? scratch(), signal: new AbortController().signal, ...options });
  onTestFinished(() => repository.dispose());
  return repository;
}

export const paths = (repository: OpenedRepository): string[] => repository.tree.files.map((file) => file.path);
export const reasons = (repository: OpenedRepository): Record<string, string> =>
  Object.fromEntries(repository.uncovered.map((entry) => [entry.file, entry.why]));
