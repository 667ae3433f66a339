/** Why3: WhyML files, a verdict for each goal and program function from provers of this machine, on private copies. */
import { readdir, realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Located, MissingTool, ToolHost, Toolchain } from '../contract.ts';
import { locateProgram, missingTool, type ProgramDescription } from '../locate.ts';
import { shellWord } from '../shell.ts';
import { PROGRAMS } from '../smt/locate.ts';
import { outlineProject, recogniseWhy3, references } from './outline.ts';

const WHY3: ProgramDescription = {
  id: 'why3', names: ['why3'], versionArgs: ['--version'], parseVersion: (output) => /^Why3 platform, version (\d+\.\d+\.\d+)/m.exec(output)?.[1], companions: loadedFiles,
  // `--json` of `prove` came with 1.4.
  minimum: '1.4', remedy: 'apt install why3',
};
const CVC4: ProgramDescription = { id: 'cvc4', names: ['cvc4'], versionArgs: ['--version'], parseVersion: (output) => /^This is CVC4 version (\d+\.\d+)/m.exec(output)?.[1], remedy: 'apt install cvc4' };
const Z3 = PROGRAMS.find((program) => program.id === 'z3')!;

export const why3: Toolchain = {
  id: 'why3', name: 'Why3', revision: 1,
  capabilities: { perSymbol: false, counterexamples: false, goals: false, certificates: false, resourceLimit: true, bounded: false },
  locate,
  references: (path, content) => (/\.(?:mlw|why)$/.test(path) ? references(content) : []),
  recognise: recogniseWhy3, outline: outlineProject, check: async (context) => (await import('./check.ts')).checkProject(context),
  reproduce: (attempt, { file }) => {
    const [prover, module] = ['-P', '-T'].map((flag) => attempt.argv[attempt.argv.indexOf(flag) + 1] ?? '');
    return ['why3', 'prove', '-L', dirname(file), '-P', prover!.split(',')[0]! + ',' + prover!.split(',')[1]! + ',', '-t', String(Math.ceil(attempt.limits.wallSeconds)), file, '-T', module!].map(shellWord).join(' ');
  },
};

async function locate(host: ToolHost): Promise<Located> {
  const own = await locateProgram(host, WHY3);
  // Provers that nobody uses without it.
  const provers = own.length > 0 ? (await Promise.all([Z3, CVC4].map((program) => locateProgram(host, program)))).flat() : [];
  const tools = [...own, ...provers];
  return { tools, missing: [WHY3, ...(own.length > 0 ? [Z3] : [])].map((program) => missingTool(program, tools)).filter((one): one is MissingTool => one !== undefined) };
}

/** Drivers, the standard library and what else decides on a proof task: /usr/bin/why3 reads /usr/share/why3 and starts what lies in /usr/lib. */
async function loadedFiles(path: string): Promise<readonly string[]> {
  const prefix = join(dirname(await realpath(path)), '..');
  const folders = ['share/why3', 'lib/why3', 'lib/ocaml/why3'].map((folder) => join(prefix, folder));
  const entries = await Promise.all(folders.map((folder) => readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])));
  return entries.flat().filter((entry) => entry.isFile() && !/\.(?:png|gif|cmx?a?|cmi|cmt|cmti|a|o|ml|mli|vim|lang)$/.test(entry.name)).map((entry) => join(entry.parentPath, entry.name));
}
