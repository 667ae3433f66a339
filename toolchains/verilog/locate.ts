/** Programs of the Verilog toolchain: yosys with its companions, python3 under them, the SMT solvers they drive, and yosys in WebAssembly. */
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Located, MissingTool, Tool, ToolHost } from '../contract.ts';
import { locateProgram, missingTool, type ProgramDescription } from '../locate.ts';
import { locateSolvers } from '../smt/locate.ts';
import { BTOR_TOOLS } from './native/btor/engine.ts';
import { locateEmbedded } from './embedded/locate.ts';

/** Solvers that yosys-smtbmc can drive. */
const DRIVEN: ReadonlySet<string> = new Set(['z3', 'boolector', 'yices', 'mathsat', 'bitwuzla', 'cvc5']);
const REMEDY = 'apt install yosys, or put a release of the OSS CAD suite on PATH';

const YOSYS_VERSION = /^Yosys (\d+\.\d+(?:\.\d+)*(?:\+\d+)?)/m;

/** Folders of yosys's share files, seen from the program. */
function shareFolders(path: string): readonly string[] {
  return [join(dirname(path), '..', 'share', 'yosys'), '/usr/share/yosys', '/usr/local/share/yosys'];
}

async function shareFiles(path: string, pattern: RegExp): Promise<readonly string[]> {
  const folder = shareFolders(path).find(existsSync);
  if (!folder) return [];
  return (await readdir(folder, { withFileTypes: true })).filter(entry => entry.isFile() && pattern.test(entry.name)).map(entry => join(folder, entry.name)).sort();
}

function programs(yosysVersion: string | undefined): readonly ProgramDescription[] {
  return [
    {
      id: 'yosys', names: ['yosys'], versionArgs: ['-V'], parseVersion: output => YOSYS_VERSION.exec(output)?.[1],
      companions: path => shareFiles(path, /\.(v|lib|sv)$/), minimum: '0.23', remedy: REMEDY,
    },
    {
      // It does not tell its version; it is installed with yosys, and known by its bytes and those of its modules.
      id: 'yosys-smtbmc', names: ['yosys-smtbmc'], versionArgs: ['--help'], parseVersion: output => (output.includes('yosys-smtbmc [options]') ? yosysVersion ?? 'unknown' : undefined),
      companions: path => shareFiles(path, /^(smtio|ywio)\.py$/), remedy: REMEDY,
    },
    {
      id: 'yosys-abc', names: ['yosys-abc', 'abc', 'berkeley-abc'], versionArgs: ['-s', '-q', 'version'], parseVersion: output => /UC Berkeley, ABC (\d+\.\d+)/.exec(output)?.[1], remedy: REMEDY,
    },
    { id: 'btormc', names: ['btormc'], versionArgs: ['--version'], parseVersion: output => /^(\d+\.\d+(?:\.\d+)*)/m.exec(output)?.[1], minimum: '3.0', remedy: 'put btormc of boolector 3 on PATH (only for engine lines "btor btormc")' },
    { id: 'pono', names: ['pono'], versionArgs: ['--version'], parseVersion: output => /^(?:Pono )?v?(\d+\.\d+(?:\.\d+)*)/im.exec(output)?.[1], remedy: 'put pono on PATH (only for engine lines "btor pono")' },
    { id: 'python3', names: ['python3'], versionArgs: ['-I', '--version'], parseVersion: output => /^Python (3\.\d+\.\d+)/m.exec(output)?.[1], remedy: 'apt install python3' },
  ];
}

export async function locateVerilog(host: ToolHost): Promise<Located> {
  const [yosysProgram, ...others] = programs(undefined);
  const yosys = await locateProgram(host, yosysProgram!);
  const version = yosys.find(tool => tool.unfit === undefined)?.version;
  const rest = (await Promise.all(programs(version).slice(1).map(program => locateProgram(host, program)))).flat();
  const solvers = await locateSolvers(host);
  const embedded = await locateEmbedded(host);
  const tools: Tool[] = [...yosys, ...rest, ...solvers.tools.filter(tool => DRIVEN.has(tool.id)), ...('path' in embedded ? [embedded] : [])];
  // Those that only single engine lines ask for are no lack of the machine.
  const missing = [...[yosysProgram!, ...others].filter(program => !BTOR_TOOLS.includes(program.id)).map(program => missingTool(program, tools)), ...('path' in embedded ? [] : [embedded])];
  return { tools, missing: missing.filter((one): one is MissingTool => one !== undefined) };
}
