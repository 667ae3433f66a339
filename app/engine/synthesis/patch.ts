/** Accepted texts as one patch, as `git apply` and `patch -p1` read it; both pass over what stands before the first file. */
import { createTwoFilesPatch } from 'diff';

export function patchOf(base: ReadonlyMap<string, Buffer>, texts: ReadonlyMap<string, string>, head: readonly string[] = []): string {
  return (texts.size === 0 ? '' : head.map((line) => `# ${line}\n`).join('')) + [...texts].map(([path, text]) => createTwoFilesPatch(`a/${path}`, `b/${path}`, base.get(path)!.toString('utf8'), text, undefined, undefined, { context: 3 }).replace(/^=+\n/, '')).join('');
}
