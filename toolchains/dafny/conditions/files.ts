/**
 * The verification conditions that a run wrote (`--solver-log 'vc-@PROC@.smt2'`), matched with the tasks of its log. A symbol has
 * its conditions only where files and tasks agree in number, name and outcome, both ways; in doubt it has none.
 */
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { readScript, type Check, type Script } from '../../smt/script.ts';
import type { LoggedSymbol, LoggedTask } from '../log.ts';

export interface Condition {
  readonly file: string;
  readonly task: LoggedTask;
  readonly bytes: Buffer;
  readonly script: Script;
  /** The first check: what comes after it asks for further errors. */
  readonly check: Check;
}

/** A condition with its part of the prelude is 8–500 kB on the public set. */
const LARGEST_BYTES = 32 * 1024 * 1024;
/** File systems take 255 bytes for a name. */
const LONGEST_NAME = 200;

const NAME = /^vc-(?<prefix>[A-Za-z]+)__(?<symbol>.+)_split(?<split>\d+)\.smt2$/;
/** Prefixes of Boogie's implementations by what the log calls them. */
const ASPECTS: Readonly<Record<string, string>> = { Impl: 'correctness', CheckWellformed: 'well-formedness', CheckWellFormed: 'well-formedness', OverrideCheck: 'override check' };
/** How Dafny writes what Boogie's names cannot hold: "_" itself, quote, question mark, hash, backslash, the dot between modules. */
const ESCAPES: Readonly<Record<string, string>> = { _: '_', k: "'", q: '?', h: '#', b: '\\', m: '.' };
/** The question: the negated claim, with Boogie's marks of where it came through. */
const QUESTION = /^\(assert \(not\s+\(=> \(= \(ControlFlow 0 0\) \d+\)/;
/** What Boogie notes in a file by what the log says of the task. */
const OUTCOMES: Readonly<Record<string, string>> = { Valid: 'Valid', Invalid: 'Invalid', 'Timed out': 'TimeOut', 'Out of resource': 'OutOfResource', 'Out of memory': 'OutOfMemory' };

/** A run that would write names that no file can have would die of it. */
export function canBeWritten(symbols: readonly string[]): boolean {
  return symbols.every((symbol) => Buffer.byteLength(symbol) * 2 < LONGEST_NAME);
}

/** "A__x_mB_k.C_q.Q__1_k" of a file is "A_x.B'.C?.Q_1'" of the log; undefined where it is no such name. */
export function nameOfFile(file: string): { readonly name: string; readonly aspect: string; readonly split: number } | undefined {
  const { prefix, symbol, split } = NAME.exec(file)?.groups ?? {};
  const aspect = prefix === undefined ? undefined : ASPECTS[prefix];
  if (aspect === undefined || symbol === undefined) return undefined;
  const parts: string[] = [];
  for (const [index, part] of symbol.split('.').entries()) {
    if ((index === 0 && part === '_module') || (index === 1 && part === '__default')) continue;
    let failed = false;
    parts.push(part.replace(/_(.?)/gs, (_, letter: string) => { const meant = ESCAPES[letter]; failed ||= meant === undefined; return meant ?? ''; }));
    if (failed) return undefined;
  }
  return { name: parts.join('.'), aspect, split: Number(split) };
}

/** Conditions of the symbols whose tasks and files agree, by {@link keyOf}. */
export async function readConditions(folder: string, logged: readonly LoggedSymbol[], wanted: ReadonlySet<string>): Promise<ReadonlyMap<string, readonly Condition[]>> {
  const files = new Map<string, Map<number, string>>();
  for (const file of (await readdir(folder)).sort()) {
    const named = nameOfFile(file);
    if (!named) continue;
    const key = `${named.name} (${named.aspect})`;
    const splits = files.get(key) ?? new Map<number, string>();
    files.set(key, splits.set(named.split, file));
  }
  const conditions = new Map<string, readonly Condition[]>();
  for (const symbol of logged) {
    const key = keyOf(symbol);
    const splits = files.get(key);
    if (!wanted.has(key) || !splits || splits.size !== symbol.tasks.length || logged.filter((other) => keyOf(other).toLowerCase() === key.toLowerCase()).length !== 1) continue;
    const read: (Condition | undefined)[] = [];
    for (const [index, task] of symbol.tasks.entries()) read.push(await conditionOf(join(folder, splits.get(index) ?? ''), task, index));
    const whole = read.filter((one) => one !== undefined);
    if (whole.length === symbol.tasks.length) conditions.set(key, whole);
  }
  return conditions;
}

export function keyOf(symbol: LoggedSymbol): string { return `${symbol.name} (${symbol.aspect})`; }

async function conditionOf(file: string, task: LoggedTask, index: number): Promise<Condition | undefined> {
  if (task.number !== index + 1) return undefined;
  const state = await stat(file).catch(() => undefined);
  if (!state?.isFile() || state.size > LARGEST_BYTES) return undefined;
  const bytes = await readFile(file);
  const script = readScript(bytes);
  const [check] = script.checks;
  if (script.problem || !check || check.refused !== undefined) return undefined;
  const before = bytes.toString('latin1', 0, check.command.start);
  if (!QUESTION.test(before.slice(before.lastIndexOf('\n(assert ') + 1)) || before.split('\n(push 1)\n').length !== 2 || /\n\(pop /.test(before)) return undefined;
  // The last answer that Boogie noted in it is what the log says of the task.
  const noted = [...bytes.toString('latin1', check.command.end).matchAll(/^; ([A-Z][a-z]+(?: [a-z]+)*)\s*$/gm)].map((match) => OUTCOMES[match[1]!]).filter((one) => one !== undefined);
  if (noted.length !== 1 || noted[0] !== task.outcome) return undefined;
  return { file, task, bytes, script, check };
}
