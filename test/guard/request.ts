/** A guard's question about one file, or about some files of which the first is changed. */
import type { Project, RepositoryTree } from '../../toolchains/contract.ts';
import type { GuardAnswer, GuardCaps, GuardRequest, GuardRule } from '../../toolchains/guard.ts';

export interface Question {
  readonly toolchain: string;
  readonly file: string;
  readonly base: string;
  readonly candidate: string;
  /** Further files of the project, unchanged. */
  readonly others?: Readonly<Record<string, string>>;
  readonly caps?: GuardCaps;
  readonly allowedImports?: readonly string[];
}

export function requestOf({ toolchain, file, base, candidate, others = {}, caps = {}, allowedImports = [] }: Question): GuardRequest {
  const texts: Record<string, string> = { [file]: base, ...others };
  const files = Object.keys(texts);
  const tree: RepositoryTree = {
    root: '/repository',
    files: files.map((path) => ({ path, bytes: Buffer.byteLength(texts[path]!) })),
    has: (path) => path in texts,
    read: async (path) => Buffer.from(texts[path]!),
  };
  const project: Project = { id: `${toolchain}:${file}`, toolchain, root: '', name: file, files, options: { roots: [file] }, executes: [] };
  return { tree, project, before: new Map([[file, base]]), after: new Map([[file, candidate]]), caps, allowedImports: new Set(allowedImports) };
}

export function rulesOf(answer: GuardAnswer): readonly GuardRule[] {
  return answer.kind === 'refused' ? answer.reasons.map((reason) => reason.rule) : [];
}
