/** The bundled samples, each with one line. Opened as a copy in the data folder, so that they can be edited and tried again. */
import { cp, mkdir, readdir } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { refuse } from './refusal.ts';

/** `folders` of samples/ become folders of the copy; `whole` is the one folder that the copy is of. */
export type Sample = { readonly id: string; readonly name: string; readonly line: string } & ({ readonly whole: string } | { readonly folders: readonly string[] });

export const SAMPLES: readonly Sample[] = [
  { id: 'mixed', name: 'One queue, five languages', line: 'A bounded queue in Verilog, Dafny, Verus, Lean and SMT: proofs, a failure with its values, and what each rests on', whole: 'mixed' },
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
  const there = await readdir(from);
  const copies = 'whole' in sample ? [{ name: sample.whole, target: to }] : sample.folders.map((name) => ({ name, target: join(to, name) }));
  for (const { name, target } of copies) {
    if (there.includes(name)) await cp(join(from, name), target, { recursive: true, force: false, errorOnExist: false });
  }
  return to;
}
