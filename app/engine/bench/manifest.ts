/**
 * A set of proof tasks that anybody can write: `assay-bench.json` in a folder, with paths from there. A path that leaves the
 * folder, a task twice, or a word that is not known is an error that names it.
 */
import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { z } from 'zod';
import { InputError } from '../../../toolchains/contract.ts';
import { reasonOf } from '../repository/system-errors.ts';

export const MANIFEST = 'assay-bench.json';

const Path = z.string().min(1).refine((path) => !path.startsWith('/') && !posix.normalize(path).startsWith('../') && !path.includes('\\'), 'must be a path below the folder, with /');
const Limits = z.strictObject({ wall: z.number().min(1).max(604_800).optional(), calls: z.number().int().min(1).optional(), tokens: z.number().int().min(1).optional(), usd: z.number().min(0).optional(), requests: z.number().int().min(1).optional() });
const Manifest = z.strictObject({
  schema: z.literal(1),
  name: z.string().min(1),
  /** Of every task that says nothing else. */
  limits: Limits.default({}),
  tasks: z.array(z.strictObject({
    id: z.string().min(1).optional(),
    /** Of the toolchain: "dafny". */
    language: z.string().min(1),
    /** File or folder whose open obligations are to be proved. */
    task: Path,
    /** The same with its proofs: must verify, else the task is set apart. */
    reference: Path.optional(),
    /** Part of the name of the obligations that count; default: all that are open. */
    only: z.string().min(1).optional(),
    limits: Limits.default({}),
  })).min(1),
});

export interface BenchTask { readonly id: string; readonly language: string; readonly task: string; readonly reference?: string; readonly only?: string; readonly limits: z.infer<typeof Limits> }
export interface BenchSet { readonly name: string; readonly tasks: readonly BenchTask[] }

/** @throws InputError */
export function readManifest(folder: string, languages: readonly string[]): BenchSet {
  const file = join(folder, MANIFEST);
  const refuse = (why: string): InputError => new InputError(file, why, 'assay bench --help shows what it looks like');
  let text: string;
  try { text = readFileSync(file, 'utf8'); } catch (error) { throw refuse(`cannot be read: ${reasonOf(error)}`); }
  let parsed: unknown;
  try { parsed = JSON.parse(text); } catch (error) { throw refuse(`is no JSON: ${error instanceof Error ? error.message : String(error)}`); }
  const manifest = Manifest.safeParse(parsed);
  if (!manifest.success) { const [issue] = manifest.error.issues; throw refuse(`${issue!.path.join('.') || 'the whole'}: ${issue!.message}`); }
  const tasks = manifest.data.tasks.map(({ id, only, reference, limits, ...task }): BenchTask => ({
    ...task, id: id ?? `${task.task}${only === undefined ? '' : `#${only}`}`, limits: { ...manifest.data.limits, ...limits }, ...(only === undefined ? {} : { only }), ...(reference === undefined ? {} : { reference }),
  }));
  const seen = new Set<string>();
  for (const { id, language } of tasks) {
    if (seen.has(id)) throw refuse(`the task ${id} is there twice`);
    if (!languages.includes(language)) throw refuse(`there is no language "${language}"; there are ${languages.join(', ')}`);
    seen.add(id);
  }
  return { name: manifest.data.name, tasks };
}
