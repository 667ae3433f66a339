/** Accepted texts as one patch, as `git apply` and `patch -p1` read it. */
import { createTwoFilesPatch } from 'diff';

export function patchOf(base: ReadonlyMap<string, Buffer>, texts: ReadonlyMap<string, string>): string {
  return [...texts].map(([path, text]) => createTwoFilesPatch(`a/${path}`, `b/${path}`, base.get(path)!.toString('utf8'), text, undefined, undefined, { context: 3 }).replace(/^=+\n/, '')).join('');
}
