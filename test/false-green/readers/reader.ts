/** What the suite knows of a pure reader: its recorded outputs, what must stand in them, and lies of its own kind. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const projectRoot = dirname(dirname(dirname(import.meta.dirname)));

/** Made by runs of our own, in the project. */
export const RECORDED = join(projectRoot, 'test/fixtures/recorded');
/** More of them, beside the project. */
export const SHARED = join(projectRoot, '../shared/data/recorded');

export interface Recording<Question> {
  readonly name: string;
  readonly text: string;
  readonly question: Question;
  /** The success record of each obligation: lines that must stand in the text, in this order. */
  readonly records: Readonly<Record<string, readonly RegExp[]>>;
  /** The last line of a complete output. */
  readonly end: RegExp;
  /** The end is as good without its line feed: it says nothing more. */
  readonly mayEndOpen?: true;
}

export interface Lie<Question> { readonly name: string; readonly text: string; readonly question: Question }

export interface Reader<Module, Question> {
  readonly name: string;
  /** From the project's root. */
  readonly source: string;
  readonly load: () => Promise<Module>;
  /** Names of the obligations that are green by this text. */
  readonly green: (module: Module, text: string, question: Question) => readonly string[];
  readonly recordings: readonly Recording<Question>[];
  readonly lies: readonly Lie<Question>[];
}

/** The question of a reader is its own business: what is run over all of them. */
export interface AnyReader extends Omit<Reader<never, never>, 'load' | 'green' | 'recordings' | 'lies'> {
  readonly load: () => Promise<unknown>;
  readonly recordings: readonly Recording<unknown>[];
  readonly lies: readonly Lie<unknown>[];
  greenBy(module: unknown, text: string, question: unknown): readonly string[];
}

export function anyReader<Module, Question>(reader: Reader<Module, Question>): AnyReader {
  const { name, source, load, recordings, lies } = reader;
  return { name, source, load, recordings, lies, greenBy: (module, text, question) => reader.green(module as Module, text, question as Question) };
}

/** The text of a recorded output; undefined where the shared ones are not there. */
export function recorded(folder: string, name: string): string | undefined {
  const path = join(folder, name);
  return existsSync(path) ? readFileSync(path, 'latin1') : undefined;
}

export interface Mutation { readonly how: string; readonly text: string }

/** The text cut at each line and inside it, with each line dropped and each line doubled. */
export function* mutations(text: string): Generator<Mutation> {
  const lines = text.split('\n');
  const tail = lines.at(-1) === '' ? lines.pop() : undefined;
  const whole = (some: readonly string[]): string => (some.length === 0 ? '' : some.join('\n') + (tail === undefined ? '' : '\n'));
  for (const [index, line] of lines.entries()) {
    const before = lines.slice(0, index), after = lines.slice(index + 1);
    yield { how: `cut before line ${index + 1}`, text: whole(before) };
    yield { how: `cut inside line ${index + 1}`, text: `${whole(before)}${line.slice(0, Math.floor(line.length / 2))}` };
    yield { how: `cut at the end of line ${index + 1}`, text: `${whole(before)}${line}` };
    yield { how: `without line ${index + 1}`, text: whole([...before, ...after]) };
    yield { how: `with line ${index + 1} twice`, text: whole([...before, line, line, ...after]) };
  }
}

/** What is missing of an obligation's success record and of a complete end; undefined where all is there. */
export function lacking(text: string, obligation: string, recording: Recording<unknown>): string | undefined {
  const record = recording.records[obligation];
  if (!record) return 'it was never asked';
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  else if (!recording.mayEndOpen) return 'its last line is cut';
  if (!recording.end.test(lines.at(-1) ?? '')) return 'its end is missing';
  let at = 0;
  for (const pattern of record) {
    at = lines.findIndex((line, index) => index >= at && pattern.test(line)) + 1;
    if (at === 0) return `${String(pattern)} is missing`;
  }
  return undefined;
}
