/** The bundled samples, each with one line. Opened as a copy in the data folder, so that they can be edited and tried again. */
import { cp, mkdir, readdir } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { refuse } from './refusal.ts';

export interface Sample { readonly id: string; readonly name: string; readonly line: string; readonly folders: readonly string[] }

export const SAMPLES: readonly Sample[] = [
  { id: 'mixed', name: 'Four languages', line: 'A FIFO in Verilog, a search in Dafny, a counter in Verus, SMT scripts: proofs, failures and their reasons side by side', folders: ['smt', 'sat', 'verilog', 'dafny', 'verus', 'lean'] },
  { id: 'smt', name: 'SMT and SAT', line: 'Runs on the embedded engines at once: a midpoint that overflows, with the values', folders: ['smt', 'sat'] },
  { id: 'verilog', name: 'Hardware', line: 'A FIFO and an arbiter: properties that hold, one that breaks, and its waveform', folders: ['verilog'] },
  { id: 'dafny', name: 'Dafny', line: 'Search and sum, with an assumption that a green verdict rests on', folders: ['dafny'] },
];

/** Where the samples are: beside the sources, or in the packaged application's resources. */
function samplesFolder(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    const found = join(folder, 'samples');
    if (existsSync(found)) return found;
    if (dirname(folder) === folder) return refuse('input', 'The samples are not installed', 'Install Assay again, or open a folder of your own');
  }
}

/** The folder of the copy; what the user changed in it stays. */
export async function sampleCopy(home: string, id: string): Promise<string> {
  const sample = SAMPLES.find((one) => one.id === id);
  if (!sample) refuse('input', `There is no sample "${id}"`);
  const from = samplesFolder(), to = join(home, 'samples', sample.id);
  await mkdir(to, { recursive: true });
  for (const name of sample.folders) {
    if (!(await readdir(from)).includes(name)) continue;
    await cp(join(from, name), join(to, name), { recursive: true, force: false, errorOnExist: false });
  }
  return to;
}
