/** SMT-LIB scripts: one obligation for each check-sat, answered by framed runs of several solvers. */
import type { Attempt, Obligation, Project, RepositoryTree, Toolchain } from '../contract.ts';
import { shellWord } from '../shell.ts';
import { locateSolvers } from './locate.ts';
import { kept } from './kept.ts';

const ID = 'smt';

export const smt: Toolchain = {
  id: ID,
  name: 'SMT-LIB',
  capabilities: { perSymbol: false, counterexamples: true, goals: false, certificates: false, resourceLimit: true, bounded: false },
  revision: 2,
  locate: locateSolvers,
  references: () => [],
  async recognise(tree: RepositoryTree) {
    const claimed = tree.files.filter((file) => file.path.toLowerCase().endsWith('.smt2')).map((file) => file.path);
    return { projects: claimed.map(projectOf), claimed, uncovered: [] };
  },
  outline: async (project, context) => (await import('./outline.ts')).outlineScript(project, context.tree),
  check: async (context) => (await import('./check.ts')).checkScript(context),
  guard: async (request) => (await import('./guard/guard.ts')).guardSmt(request),
  reproduce,
  dispose: () => kept.end(),
};

function projectOf(path: string): Project {
  const slash = path.lastIndexOf('/');
  return { id: `${ID}:${path}`, toolchain: ID, root: slash < 0 ? '' : path.slice(0, slash), name: path, files: [path], options: {}, executes: [] };
}

/** The same solver and limits on the user's file; from the root of the repository. */
function reproduce(attempt: Attempt, obligation: Obligation): string {
  const [program = attempt.tool, ...args] = attempt.argv;
  if (program.startsWith('npm:')) return `./assay verify ${shellWord(obligation.file)} --fresh --toolchain ${ID}`;
  return [program, ...args.slice(0, -1), obligation.file].map(shellWord).join(' ');
}
