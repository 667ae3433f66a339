/** The files of the built window, for whoever serves them. A path leads nowhere but into the bundle. */
import { readFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { contentType } from './policy.ts';

export interface WindowFile { readonly content: Buffer; readonly type: string }

/** Beside the bundle that this runs from, or in the sources' dist under test. @throws where the window is not built */
export function windowFolder(from: string = dirname(fileURLToPath(import.meta.url))): string {
  for (let folder = from; ; folder = dirname(folder)) {
    for (const found of [join(folder, 'window'), join(folder, 'dist', 'window')]) if (existsSync(join(found, 'index.html'))) return found;
    if (dirname(folder) === folder) throw new Error('the window is not built: run "npm run build"');
  }
}

/** @param path of a URL, still encoded: "/assets/main-1a2b.js" */
export async function windowFile(folder: string, path: string): Promise<WindowFile | undefined> {
  let name: string;
  try { name = decodeURIComponent(path === '/' ? '/index.html' : path); } catch { return undefined; }
  // The bundler makes names of these characters only; dots at the start of a part are of nobody.
  if (!/^(\/[A-Za-z0-9_-][A-Za-z0-9_.-]*)+$/.test(name)) return undefined;
  const type = contentType(extname(name));
  if (type === undefined) return undefined;
  try { return { content: await readFile(join(folder, ...name.split('/'))), type }; } catch { return undefined; }
}
