/**
 * The environment of every program that Assay starts: a short allow-list, so that a run here and a run
 * elsewhere see the same, and so that no secret of the user's shell reaches a solver.
 */
import { delimiter, isAbsolute } from 'node:path';

/** Passed on where set. Everything that decides on a verdict must be in the cache key: {@link allowedEnvironment}. */
const PASSED_ON = process.platform === 'win32'
  ? ['SystemRoot', 'SystemDrive', 'windir', 'ComSpec', 'PATHEXT', 'TEMP', 'TMP', 'USERPROFILE', 'LOCALAPPDATA', 'APPDATA']
  : ['HOME', 'TMPDIR'];

/** Keeps absolute entries only: an empty or relative one would find programs in whatever folder a tool runs in. */
export function absoluteEntries(path: string): string[] {
  return [...new Set(path.split(delimiter).filter((entry) => isAbsolute(entry)))];
}

/** What a program sees before its request adds to it. */
export function allowedEnvironment(source: NodeJS.ProcessEnv = process.env): Record<string, string> {
  const allowed: Record<string, string> = {};
  for (const name of PASSED_ON) {
    const value = source[name];
    if (value !== undefined) allowed[name] = value;
  }
  allowed.PATH = absoluteEntries(source.PATH ?? '').join(delimiter);
  // Messages in English and UTF-8: the readers match on text.
  allowed.LANG = 'C.UTF-8';
  return allowed;
}

/** Where verdicts may differ between machines with the same tools: part of the cache key. */
export function platformName(): string {
  return `${process.platform}-${process.arch}`;
}
