/** The SMT solvers of this machine. */
import type { Located, MissingTool, Tool, ToolHost } from '../contract.ts';
import { EMBEDDED_ID, locateEmbedded } from './embedded-location.ts';
import { locateProgram, missingTool, type ProgramDescription } from '../locate.ts';

/** Versions that distributions and release archives put beside the plain name. */
const Z3_NAMES = ['z3', 'z3-4.8.12', 'z3-4.12.1', 'z3-4.12.5', 'z3-4.13.3', 'z3-4.13', 'z3-4.14', 'z3-4.15', 'z3-4.16', 'z3-new'];

export const PROGRAMS: readonly ProgramDescription[] = [
  {
    id: 'z3', names: Z3_NAMES, versionArgs: ['--version'],
    parseVersion: (output) => /^Z3 version (\d+\.\d+(?:\.\d+)*)/m.exec(output)?.[1],
    // 4.5 is the first whose SMT-LIB 2.6 front end knows declare-datatypes and check-sat-assuming as used here.
    minimum: '4.5', remedy: 'apt install z3, or put a release of github.com/Z3Prover/z3 on PATH',
  },
  {
    id: 'cvc5', names: ['cvc5'], versionArgs: ['--version'],
    parseVersion: (output) => /This is cvc5 version (\d+\.\d+(?:\.\d+)*)/.exec(output)?.[1],
    remedy: 'apt install cvc5, or put a release of github.com/cvc5/cvc5 on PATH',
  },
  {
    id: 'bitwuzla', names: ['bitwuzla'], versionArgs: ['--version'],
    parseVersion: (output) => /^(?:Bitwuzla )?(\d+\.\d+(?:\.\d+)*)/m.exec(output)?.[1],
    // The 1.0 prototype of 2020 had another command line; 0.1 is the first release of the rewrite.
    minimum: '0.1', remedy: 'put a release of github.com/bitwuzla/bitwuzla on PATH',
  },
  {
    id: 'boolector', names: ['boolector'], versionArgs: ['--version'],
    parseVersion: (output) => /^(\d+\.\d+(?:\.\d+)*)/m.exec(output)?.[1],
    // Debian's 1.5.118 reads SMT-LIB 1 and has no models for it.
    minimum: '3.0', remedy: 'put boolector 3 on PATH',
  },
  {
    id: 'yices', names: ['yices-smt2', 'yices_smt2'], versionArgs: ['--version'],
    parseVersion: (output) => /^Yices (\d+\.\d+(?:\.\d+)*)/m.exec(output)?.[1],
    minimum: '2.6', remedy: 'put yices-smt2 on PATH',
  },
  {
    id: 'mathsat', names: ['mathsat'], versionArgs: ['-version'],
    parseVersion: (output) => /MathSAT5 version (\d+\.\d+(?:\.\d+)*)/.exec(output)?.[1],
    minimum: '5.6', remedy: 'put mathsat 5.6 on PATH',
  },
];

export async function locateSolvers(host: ToolHost): Promise<Located> {
  const [embedded, ...found] = await Promise.all([locateEmbedded(host), ...PROGRAMS.map((program) => locateProgram(host, program))]);
  const tools: readonly Tool[] = [...found.flat(), ...(embedded ? [embedded] : [])];
  const missing = PROGRAMS.map((program) => missingTool(program, tools)).filter((each): each is MissingTool => each !== undefined);
  if (!embedded) missing.push({ id: EMBEDDED_ID, why: 'the package z3-solver is not there', remedy: 'npm install' });
  return { tools, missing };
}
