/** Which files of the tree no tool covers. Source files are named one by one with the reason; the rest is counted. */
import { basename, extname } from 'node:path/posix';
import type { Recognition, TreeFile, Uncovered } from '../../../toolchains/contract.ts';

export interface Coverage {
  /** In the order of the tree. Files that a toolchain gave its own reason for are not repeated here. */
  readonly uncovered: readonly Uncovered[];
  /** Files that are no source, by lower-case ending ("" for none), most frequent first. */
  readonly other: readonly { readonly ending: string; readonly count: number }[];
}

/** Endings of languages that people verify, or that what they verify is written in. */
const LANGUAGES: ReadonlyMap<string, string> = new Map(Object.entries({
  Dafny: '.dfy', Rust: '.rs', Lean: '.lean', Verilog: '.v .vh', SystemVerilog: '.sv .svh', VHDL: '.vhd .vhdl', 'SymbiYosys job': '.sby',
  'SMT-LIB script': '.smt2 .smt', 'DIMACS formula': '.cnf .dimacs .wcnf .qdimacs', 'SyGuS problem': '.sy', 'TPTP problem': '.p .tptp', 'hardware model': '.aig .aag .btor .btor2',
  'F*': '.fst .fsti', Isabelle: '.thy', Agda: '.agda .lagda', Idris: '.idr', 'TLA+': '.tla', Alloy: '.als', Why3: '.why .mlw', Boogie: '.bpl', Viper: '.vpr', Promela: '.pml', NuSMV: '.smv',
  C: '.c .h', 'C++': '.cc .cpp .cxx .hh .hpp', Ada: '.adb .ads', Java: '.java', Kotlin: '.kt', Scala: '.scala', Go: '.go', Python: '.py', JavaScript: '.js .mjs .cjs .jsx', TypeScript: '.ts .mts .tsx',
  'C#': '.cs', 'F#': '.fs', OCaml: '.ml .mli', Haskell: '.hs', Swift: '.swift', Zig: '.zig', Solidity: '.sol', Move: '.move', Chisel: '.chisel', Bluespec: '.bsv', assembly: '.s .asm',
  'Tcl script': '.tcl', 'shell script': '.sh .bash', 'Yosys script': '.ys',
}).flatMap(([language, endings]) => endings.split(' ').map((ending) => [ending, language] as const)));

const BUILD_OUTPUT = new Set(['.olean', '.ilean', '.doo', '.vo', '.vos', '.glob', '.rlib', '.rmeta', '.o', '.so', '.a', '.dll', '.class', '.pyc', '.vvp']);
const PACKED = new Set(['.zip', '.gz', '.tgz', '.tar', '.xz', '.bz2', '.zst', '.7z', '.rar']);

export function coverageOf(files: readonly TreeFile[], recognitions: readonly Recognition[]): Coverage {
  const covered = new Set<string>();
  for (const recognition of recognitions) {
    for (const path of recognition.claimed) covered.add(path);
    for (const project of recognition.projects) for (const path of project.files) covered.add(path);
    for (const entry of recognition.uncovered) covered.add(entry.file);
  }
  const uncovered: Uncovered[] = [];
  const counts = new Map<string, number>();
  for (const { path } of files) {
    if (covered.has(path)) continue;
    const ending = extname(path).toLowerCase();
    const why = reasonFor(path, ending);
    if (why !== undefined) uncovered.push({ file: path, why });
    else counts.set(ending, (counts.get(ending) ?? 0) + 1);
  }
  const other = [...counts].map(([ending, count]) => ({ ending, count })).sort((a, b) => b.count - a.count || (a.ending < b.ending ? -1 : 1));
  return { uncovered, other };
}

function reasonFor(path: string, ending: string): string | undefined {
  const language = LANGUAGES.get(ending);
  if (language !== undefined) return `${language}: no tool covers it`;
  if (BUILD_OUTPUT.has(ending)) return 'build output: ignored, and made anew where it is needed';
  if (PACKED.has(ending)) {
    const inner = LANGUAGES.get(extname(basename(path, extname(path))).toLowerCase());
    return inner === undefined ? 'an archive inside: not opened' : `${inner}, compressed: unpack it to have it checked`;
  }
  return undefined;
}

/** The counted rest in one sentence; undefined where there is none. */
export function describeOther(other: Coverage['other']): string | undefined {
  if (other.length === 0) return undefined;
  const total = other.reduce((sum, entry) => sum + entry.count, 0);
  const named = other.slice(0, 4).map((entry) => `${entry.count} ${entry.ending === '' ? 'without ending' : entry.ending}`);
  if (other.length > named.length) named.push('…');
  return `${total} other ${total === 1 ? 'file is' : 'files are'} no source: ${named.join(', ')}`;
}
