/**
 * Where Dafny's server sees a text of the editor: never at the file's own place, above which a `dfyconfig.toml` may stand
 * whose solver-path and plugins the server would obey. A program of one file has no place at all (`untitled:`); one of
 * several is copied into a private folder with a project file of our own, which names its files and nothing else.
 *
 * Each version of a text has a name of its own. So nothing that the server says of one can be taken for another's.
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { InputError } from '../../contract.ts';
import type { EditorDocument, EditorRequest } from '../../editor.ts';
import { decodedUri } from '../../language-server/places.ts';
import { includesOf, LARGEST_SOURCE_BYTES, SourceReader } from '../source/cone.ts';

export interface Placed {
  readonly uri: string;
  /** Relative to the repository's root, else absolute; undefined: the document itself. */
  fileOf(uri: string): string | undefined;
  dispose(): Promise<void>;
}

let serial = 0;

/** The words for why it cannot be shown to the server. Other files are as they are on the disk now. */
export async function placeText({ tree, project, workspace }: Pick<EditorRequest, 'tree' | 'project' | 'workspace'>, { file, text }: Pick<EditorDocument, 'file' | 'text'>): Promise<Placed | string> {
  const roots = (project.options.roots as readonly string[] | undefined) ?? [file];
  if (roots.length <= 1 && includesOf(text).length === 0) {
    const uri = `untitled:assay-editor-${process.pid}-${++serial}.dfy`;
    return { uri, fileOf: (other) => (decodedUri(other) === uri ? undefined : other), dispose: async () => undefined };
  }
  const reader = new SourceReader(tree, async (path) => (path === file ? Buffer.from(text) : tree.read(path, LARGEST_SOURCE_BYTES)));
  const named = roots.length > 1 ? [...new Set([file, ...roots])] : [file];
  try {
    const { files } = await reader.cone(named);
    const folder = await mkdtemp(join(workspace, 'text-'));
    for (const one of files) {
      if (one.path.startsWith('/')) continue;
      await mkdir(dirname(join(folder, one.path)), { recursive: true });
      await writeFile(join(folder, one.path), one.text);
    }
    await writeFile(join(folder, 'dfyconfig.toml'), `includes = [${named.map((path) => JSON.stringify(path)).join(', ')}]\n`);
    const uri = pathToFileURL(join(folder, file)).href;
    const fileOf = (other: string): string | undefined => {
      const path = pathOf(other);
      const inside = path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : path;
      return inside === file ? undefined : inside;
    };
    return { uri, fileOf, dispose: () => rm(folder, { recursive: true, force: true }) };
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
}

function pathOf(uri: string): string {
  try { return fileURLToPath(uri); } catch { return uri; }
}
