/** Recognises and outlines files that live in memory, as the engine does before anything runs: no tool, no trust, no process. */
import { InputError, type Outline, type OutlineContext, type Project, type RepositoryTree, type Tool, type Toolchain } from '../../toolchains/contract.ts';

export function memoryTree(files: Readonly<Record<string, string>>): RepositoryTree {
  const names = Object.keys(files).sort();
  return {
    root: '/repository', files: names.map((path) => ({ path, bytes: Buffer.byteLength(files[path]!) })), has: (path) => Object.hasOwn(files, path),
    async read(path) {
      const text = files[path];
      if (text === undefined) throw new InputError(path, 'cannot be read');
      return Buffer.from(text);
    },
  };
}

export async function outlined(toolchain: Toolchain, files: Readonly<Record<string, string>>, tools: readonly Tool[] = []): Promise<{ readonly projects: readonly Project[]; readonly outlines: readonly Outline[] }> {
  const tree = memoryTree(files);
  const { projects } = await toolchain.recognise(tree);
  const context: OutlineContext = {
    tree, tools, trusted: false, signal: new AbortController().signal,
    run: () => { throw new Error('an outline without trust runs nothing'); }, workspace: () => { throw new Error('an outline without trust needs no workspace'); },
  };
  return { projects, outlines: await Promise.all(projects.map((project) => toolchain.outline(project, context))) };
}
