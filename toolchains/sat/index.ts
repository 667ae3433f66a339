/** SAT: one DIMACS file is one project with one obligation, the claim that the formula has no model. */
import type { Attempt, Located, Obligation, Outline, Project, Recognition, RepositoryTree, Tool, ToolHost, Toolchain, Uncovered } from '../contract.ts';
import { locateProgram, missingTool } from '../locate.ts';
import { shellWord } from '../shell.ts';
import { locateEmbedded } from './embedded-location.ts';
import { CHECKERS, EMBEDDED, ENGINES, engineOf } from './engines.ts';
import { kept } from './kept.ts';

const FORMULA = /\.(cnf|dimacs)$/i;
const COMPRESSED = /\.(cnf|dimacs)\.(gz|xz|bz2|lzma|zst)$/i;

export const sat: Toolchain = {
  id: 'sat',
  name: 'SAT (DIMACS)',
  capabilities: { perSymbol: false, counterexamples: true, goals: false, certificates: true, resourceLimit: false, bounded: false },
  revision: 2,
  locate,
  references: () => [],
  recognise,
  outline: async (project) => outline(project),
  check: async (context) => (await import('./check.ts')).check(context),
  reproduce,
  dispose: () => kept.end(),
};

async function locate(host: ToolHost): Promise<Located> {
  const programs = [...ENGINES, ...CHECKERS];
  const found = await Promise.all(programs.map((program) => locateProgram(host, program)));
  const embedded = await locateEmbedded(host);
  const tools: Tool[] = [...found.flat(), ...(embedded ? [embedded] : [])];
  return { tools, missing: programs.flatMap((program) => missingTool(program, tools) ?? []) };
}

async function recognise(tree: RepositoryTree): Promise<Recognition> {
  const projects: Project[] = [];
  const uncovered: Uncovered[] = [];
  for (const { path } of tree.files) {
    if (FORMULA.test(path)) {
      const slash = path.lastIndexOf('/');
      projects.push({
        id: `sat:${path}`, toolchain: 'sat', root: slash < 0 ? '' : path.slice(0, slash), name: path.slice(slash + 1),
        files: [path], options: {}, executes: [],
      });
    } else if (COMPRESSED.test(path)) uncovered.push({ file: path, why: 'compressed; unpack it first' });
  }
  return { projects, claimed: [...projects.flatMap((project) => project.files), ...uncovered.map((one) => one.file)], uncovered };
}

function outline(project: Project): Outline {
  const file = project.files[0]!;
  const id = `${project.id}#cnf`;
  const start = { line: 1, column: 1 };
  return {
    obligations: [{
      id, project: project.id, toolchain: 'sat', symbol: 'cnf', kind: 'cnf', file, range: { start, end: start },
      assumptions: [], assumptionScope: 'exact', uses: [], usesScope: 'exact',
    }],
    assumptions: [],
    units: [{ id: project.id, project: project.id, label: file, obligations: [id], inputs: { files: [file] }, options: {}, executesCode: false }],
    uncovered: [],
    diagnostics: [],
  };
}

/** The solver on the file itself; certificates and results go beside where the person stands. */
function reproduce(attempt: Attempt, obligation: Obligation): string {
  const engine = engineOf(attempt.tool);
  if (attempt.tool === EMBEDDED || !engine) return `assay verify --fresh ${shellWord(obligation.file)}`;
  const format = engine.certificate(attempt.toolVersion);
  const files = { formula: obligation.file.startsWith('-') ? `./${obligation.file}` : obligation.file, result: 'result', seed: 0, ...(format ? { proof: `proof.${format}` } : {}) };
  return [attempt.argv[0] ?? engine.id, ...engine.args(files, attempt.toolVersion)].map(shellWord).join(' ');
}
