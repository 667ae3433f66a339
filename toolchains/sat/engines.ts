/**
 * The SAT solvers and proof checkers that Assay knows, preferred ones first: those that write certificates, then
 * by general strength. The embedded engine is Z3 (npm z3-solver): it is kept up with Z3's releases, is there
 * anyway for SMT, reads DIMACS, runs in a thread that can be ended, and writes DRAT. The SAT solvers on npm are
 * builds of solvers from before 2013 without certificates.
 */
import { compareVersions, type ProgramDescription } from '../locate.ts';
import { CLASP, COMPETITION, MINISAT, type AnswerFormat } from './answer.ts';

export type CertificateFormat = 'drat' | 'lrat';

export interface SatEngine extends ProgramDescription {
  readonly format: AnswerFormat;
  /** What certificates this version writes, if any. */
  certificate(version: string): CertificateFormat | undefined;
  /** `proof` only where a certificate is wanted; `seed` 0 is the solver's own default. */
  args(files: { readonly formula: string; readonly proof?: string; readonly result: string; readonly seed: number }, version: string): readonly string[];
}

/** The first release of CaDiCaL with --lrat (its NEWS, release 1.7.0). */
const CADICAL_WITH_LRAT = '1.7.0';
const NO_CERTIFICATE = (): undefined => undefined;

export const ENGINES: readonly SatEngine[] = [
  {
    id: 'cadical', names: ['cadical'], versionArgs: ['--version'], parseVersion: (output) => /^(\d+\.\d+\.\d+|sc\d{4}\w*)\s*$/m.exec(output)?.[1],
    remedy: 'Install CaDiCaL (Debian: apt install cadical).', format: COMPETITION,
    certificate: (version) => /^\d/.test(version) && compareVersions(version, CADICAL_WITH_LRAT) >= 0 ? 'lrat' : 'drat',
    args(files, version) {
      const proof = files.proof === undefined ? [] : [...(this.certificate(version) === 'lrat' ? ['--lrat'] : []), '--no-binary'];
      return ['-q', ...(files.seed > 0 ? [`--seed=${files.seed}`] : []), ...proof, files.formula, ...(files.proof === undefined ? [] : [files.proof])];
    },
  },
  {
    id: 'kissat', names: ['kissat'], versionArgs: ['--version'], parseVersion: (output) => /^(\d+\.\d+\.\d+)\s*$/m.exec(output)?.[1],
    remedy: 'Install Kissat (Debian 13 and later: apt install kissat).', format: COMPETITION, certificate: () => 'drat',
    args: (files) => ['-q', ...(files.seed > 0 ? [`--seed=${files.seed}`] : []), ...(files.proof === undefined ? [] : ['--no-binary']), files.formula, ...(files.proof === undefined ? [] : [files.proof])],
  },
  {
    id: 'cryptominisat5', names: ['cryptominisat5'], versionArgs: ['--version'], parseVersion: (output) => /CryptoMiniSat version (\d+(?:\.\d+)+)/.exec(output)?.[1],
    remedy: 'Install CryptoMiniSat (Debian: apt install cryptominisat).', format: COMPETITION, certificate: NO_CERTIFICATE,
    args: (files) => ['--verb', '0', '--threads', '1', ...(files.seed > 0 ? ['--random', String(files.seed)] : []), files.formula],
  },
  {
    // MiniSat tells no version; its options do: 2.2 has this usage line.
    id: 'minisat', names: ['minisat'], versionArgs: ['--help'], parseVersion: (output) => /USAGE: \S*minisat \[options\] <input-file> <result-output-file>/.test(output) ? '2.2' : undefined,
    remedy: 'Install MiniSat (Debian: apt install minisat).', format: MINISAT, certificate: NO_CERTIFICATE,
    args: (files) => ['-verb=0', ...(files.seed > 0 ? [`-rnd-seed=${files.seed}`, '-rnd-init'] : []), files.formula, files.result],
  },
  {
    id: 'picosat', names: ['picosat'], versionArgs: ['--version'], parseVersion: (output) => /^(\d{3,4})\s*$/m.exec(output)?.[1],
    remedy: 'Install PicoSAT (Debian: apt install picosat).', format: COMPETITION, certificate: NO_CERTIFICATE,
    args: (files) => [...(files.seed > 0 ? ['-s', String(files.seed)] : []), files.formula],
  },
  {
    id: 'clasp', names: ['clasp'], versionArgs: ['--version'], parseVersion: (output) => /clasp version (\d+(?:\.\d+)+)/.exec(output)?.[1],
    remedy: 'Install clasp (Debian: apt install clasp).', format: CLASP, certificate: NO_CERTIFICATE,
    args: (files) => ['1', '--outf=1', ...(files.seed > 0 ? [`--seed=${files.seed}`] : []), files.formula],
  },
];

/** A program that checks a certificate independently. */
export interface ProofChecker extends ProgramDescription {
  readonly format: CertificateFormat;
  args(files: { readonly formula: string; readonly proof: string }, seconds: number): readonly string[];
  /** From the complete output of a finished run; undefined where it says neither. */
  read(stdout: string, exitCode: number | null): 'verified' | 'rejected' | undefined;
}

export const CHECKERS: readonly ProofChecker[] = [
  {
    id: 'drat-trim', names: ['drat-trim'], versionArgs: ['-h'], parseVersion: (output) => /usage: drat-trim \[INPUT\]/.test(output) ? 'unversioned' : undefined,
    remedy: 'Install drat-trim (Debian 13 and later: apt install drat-trim).', format: 'drat',
    args: (files, seconds) => [files.formula, files.proof, '-t', String(Math.max(1, Math.ceil(seconds)))],
    read(stdout) {
      // Its exit code is 1 for a formula that is refuted by propagation alone, which it verified.
      const said = stdout.split(/[\r\n]+/).filter((line) => line.startsWith('s '));
      /* check: drat-trim: one whole status */ if (said.length !== 1 || !stdout.endsWith('\n')) return undefined;
      return said[0] === 's VERIFIED' ? 'verified' : said[0] === 's NOT VERIFIED' ? 'rejected' : undefined;
    },
  },
  {
    id: 'lrat-check', names: ['lrat-check'], versionArgs: [], parseVersion: (output) => /^Usage: \S+ FILE1\.cnf FILE2\.lrat/im.test(output) ? 'unversioned' : undefined,
    remedy: 'Install drat-trim, which brings lrat-check (Debian 13 and later: apt install drat-trim).', format: 'lrat',
    args: (files) => [files.formula, files.proof],
    read(stdout, exitCode) {
      // It prints "c VERIFIED" for any empty clause, also after a step that failed: both must be looked for.
      const lines = stdout.split('\n');
      /* check: lrat-check: end */ if (!stdout.endsWith('\n') || !lines.some((line) => line.startsWith('c verification time'))) return undefined;
      /* check: lrat-check: no failed step */ if (lines.includes('c NOT VERIFIED') || lines.some((line) => line.startsWith('c failed'))) return 'rejected';
      return exitCode === 0 && lines.filter((line) => line === 'c VERIFIED').length === 1 ? 'verified' : undefined;
    },
  },
];

/** Id of the embedded engine among the tools. */
export const EMBEDDED = 'z3-embedded';

export function engineOf(id: string): SatEngine | undefined {
  return ENGINES.find((engine) => engine.id === id);
}
