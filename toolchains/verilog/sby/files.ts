/** [files] of an .sby: "path" or "name path", relative to the .sby's folder; a folder stands for all files under it. */
import { posix } from 'node:path';
import type { RepositoryTree } from '../../contract.ts';
import type { LaidOutFile } from '../design.ts';
import { leavesFolder } from './commands.ts';
import type { SbyLine, SbyProblem } from './expand.ts';
import type { Sections } from './sections.ts';

export interface LaidOut { readonly files: readonly LaidOutFile[]; readonly problems: readonly SbyProblem[]; readonly absent: readonly string[] }

/** The name in the private folder and the path as written. */
export function fileEntry(line: SbyLine): { readonly name: string; readonly path: string } | undefined {
  const words = [...line.text.replace(/\s#.*$/, '').trim().matchAll(/"([^"]*)"|(\S+)/g)].map(match => match[1] ?? match[2]!);
  if (words.length === 0 || words.length > 2) return undefined;
  const path = words[words.length - 1]!;
  return { name: words.length === 2 ? words[0]! : posix.basename(path), path };
}

/** Repository path of a path as written; undefined where it leaves the repository. */
export function repositoryPath(folder: string, path: string, root: string): string | undefined {
  const absolute = posix.isAbsolute(path) ? path : posix.join(root, folder, path);
  const relative = posix.relative(root, absolute);
  return relative === '' || relative.startsWith('../') || relative === '..' ? undefined : relative;
}

export function layOut(sections: Sections, origin: string, tree: RepositoryTree): LaidOut {
  const folder = posix.dirname(origin) === '.' ? '' : posix.dirname(origin);
  const files = new Map<string, LaidOutFile>();
  const problems: SbyProblem[] = [];
  const absent: string[] = [];
  const put = (line: number, file: LaidOutFile): void => {
    if (leavesFolder(file.path) || file.path === '' || file.path.startsWith('-')) problems.push({ line, message: `"${file.path}" is no name inside the task's folder` });
    else if (files.has(file.path)) problems.push({ line, message: `two files are called "${file.path}"` });
    else files.set(file.path, file);
  };
  for (const line of sections.files) {
    const entry = fileEntry(line);
    if (!entry) { problems.push({ line: line.line, message: `"${line.text.trim()}": one path, or a name and a path` }); continue; }
    const source = repositoryPath(folder, entry.path, tree.root);
    if (source === undefined) { problems.push({ line: line.line, message: `${entry.path} lies outside the repository` }); continue; }
    if (tree.has(source)) { put(line.line, { path: posix.normalize(entry.name), source, lineOffset: 0 }); continue; }
    const under = tree.files.filter(file => file.path.startsWith(`${source}/`));
    if (under.length === 0) { problems.push({ line: line.line, message: `${source} is not there` }); absent.push(source); continue; }
    for (const file of under) put(line.line, { path: posix.join(entry.name, file.path.slice(source.length + 1)), source: file.path, lineOffset: 0 });
  }
  for (const one of sections.inline)
    put(one.line - 1, { path: posix.normalize(one.name), source: origin, inline: one.text, lineOffset: one.line - 1 });
  return { files: [...files.values()], problems, absent };
}
