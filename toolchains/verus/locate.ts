/** Verus with the solver that it asks for, and cargo-verus for crates. */
import { existsSync } from 'node:fs';
import { readdir, realpath } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';
import type { Located, MissingTool, Tool, ToolHost } from '../contract.ts';
import { compareVersions, firstFit, locateProgram, missingTool, type ProgramDescription } from '../locate.ts';
import { PROGRAMS } from '../smt/locate.ts';
import { expectedZ3, locateSolversOf } from './solver.ts';

export const REMEDY = './assay install verus, or put the folder of a release of github.com/verus-lang/verus on PATH';

const VERUS: ProgramDescription = {
  id: 'verus', names: ['verus'], versionArgs: ['--version', '--output-json'],
  parseVersion: (output) => /"version"\s*:\s*"(\d+\.[\w.+-]+)"/.exec(output)?.[1] ?? /^\s*Version:\s*(\d+\.[\w.+-]+)/m.exec(output)?.[1],
  companions: loadedFiles,
  // The records by function with success in them came to the JSON in 2025.
  minimum: '0.2025', remedy: REMEDY,
};
const CARGO_VERUS: ProgramDescription = {
  id: 'cargo-verus', names: ['cargo-verus'], versionArgs: ['--version'],
  parseVersion: (output) => /cargo[- ]verus(?:-verus)? (\d+\.[\w.+-]+)/.exec(output)?.[1],
  remedy: REMEDY,
};

/** A second opinion on queries. */
const CVC5 = PROGRAMS.find((program) => program.id === 'cvc5')!;

export async function locateVerus(host: ToolHost): Promise<Located> {
  const [verus, cargo] = await Promise.all([locateProgram(host, VERUS), locateProgram(host, CARGO_VERUS)]);
  const newest = [...verus].sort((a, b) => compareVersions(b.version, a.version));
  const solvers = newest.length > 0 ? await locateSolversOf(host, newest, process.env.VERUS_Z3_PATH) : [];
  const second = newest.length > 0 ? await locateProgram(host, CVC5) : [];
  const tools = [...newest, ...cargo, ...solvers, ...second];
  const missing: MissingTool[] = [];
  const none = missingTool(VERUS, tools);
  if (none) missing.push(none);
  const used = firstFit(tools, 'verus');
  if (used && !firstFit(tools, 'z3')) missing.push({ id: 'z3', why: 'Verus has no solver', remedy: `put z3 ${expectedZ3(used.version)} beside ${used.path}, or set VERUS_Z3_PATH` });
  const rust = used && await missingRust(host, used);
  if (rust) missing.push(rust);
  return { tools, missing };
}

/** Every Verus runs inside one Rust toolchain, which it names and rustup must have; asked here so that nobody learns it from a failed run. */
async function missingRust(host: ToolHost, verus: Tool): Promise<MissingTool | undefined> {
  const said = (await host.capture(verus.path, VERUS.versionArgs)).stdout.content.toString('utf8');
  const toolchain = /"toolchain"\s*:\s*"([\w.-]+)"/.exec(said)?.[1];
  if (toolchain === undefined) return undefined;
  const { RUSTUP_HOME } = process.env;
  const home = RUSTUP_HOME !== undefined && isAbsolute(RUSTUP_HOME) ? RUSTUP_HOME : join(homedir(), '.rustup');
  if (existsSync(join(home, 'toolchains', toolchain))) return undefined;
  const remedy = `rustup toolchain install ${toolchain}`;
  return { id: 'rust', why: `verus ${verus.version} runs inside Rust ${toolchain}, which is not in ${home}`, remedy: existsSync(home) ? remedy : `install rustup (https://rustup.rs), then: ${remedy}` };
}

/** The launcher starts rust_verify, which loads the built vstd; all lie beside it. */
async function loadedFiles(path: string): Promise<readonly string[]> {
  const folder = dirname(await realpath(path));
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => /^rust_verify(?:\.exe)?$|^libvstd\.rlib$|^vstd\.vir$|^lib(?:verus_)?builtin.*\.(?:rlib|so|dylib|dll)$|^libverus_state_machines_macros\.|^version\.json$/.test(name)).map((name) => join(folder, name));
}
