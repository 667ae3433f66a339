/** Reads `assay.justify.toml`. A file that is broken in one place is broken: which signature was meant is not guessed. */
import { z } from 'zod';
import { InputError, type Obligation, type RepositoryTree } from '../../../toolchains/contract.ts';
import { contentOfObligation, failureSymbol } from './sign.ts';
import { JUSTIFY_FILE, type JustifyEntry, type JustifyFile } from './types.ts';

/** Some 4,000 entries. */
const LARGEST_BYTES = 4 * 1024 * 1024;
const LARGEST_SOURCE_BYTES = 32 * 1024 * 1024;

const said = z.string().trim().min(1, 'is empty');
const entry = z.strictObject({
  toolchain: said, kind: said, symbol: z.string(), text: z.string(), sha256: z.string().regex(/^[0-9a-f]{64}$/, 'is no SHA-256 in hexadecimal'),
  reviewer: said, reason: said,
  date: z.preprocess((value) => (value instanceof Date ? value.toISOString().slice(0, 10) : value), z.iso.date('is no date such as 2026-11-25')),
});
const TABLES = { assumption: 'assumption', failure: 'failure' } as const;

/** Undefined where there is none. */
export async function readJustifications(tree: RepositoryTree, obligations: readonly Obligation[]): Promise<JustifyFile | undefined> {
  if (!tree.has(JUSTIFY_FILE)) return undefined;
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(await tree.read(JUSTIFY_FILE, LARGEST_BYTES));
  } catch (error) {
    return { file: JUSTIFY_FILE, entries: [], contents: {}, problem: { line: 1, message: error instanceof InputError ? error.message : 'is not UTF-8' } };
  }
  const file = await parseJustifications(text);
  return { ...file, contents: await contentsOf(tree, obligations, file.entries) };
}

export async function parseJustifications(text: string): Promise<JustifyFile> {
  const { parse, TomlError } = await import('smol-toml');
  const broken = (line: number, message: string, entries: readonly JustifyEntry[] = []): JustifyFile => ({ file: JUSTIFY_FILE, entries, contents: {}, problem: { line, message } });
  let data: Record<string, unknown>;
  try {
    data = parse(text);
  } catch (error) {
    return error instanceof TomlError ? broken(error.line, error.message.split('\n')[0]!) : broken(1, String(error));
  }
  const lines = linesOf(text);
  const entries: JustifyEntry[] = [];
  let problem: JustifyFile['problem'];
  const fail = (line: number, message: string): void => { problem ??= { line, message }; };
  for (const [name, value] of Object.entries(data)) {
    if (!Object.hasOwn(TABLES, name) || !Array.isArray(value)) { fail(lineOf(text, name), `"${name}" is nothing that can be signed: entries begin with [[assumption]] or [[failure]]`); continue; }
    value.forEach((one: unknown, index) => {
      const line = lines.get(name)?.length === value.length ? lines.get(name)![index]! : 1;
      const parsed = entry.safeParse(one);
      if (parsed.success) entries.push({ of: TABLES[name as keyof typeof TABLES], ...parsed.data, line });
      else fail(line, describe(parsed.error.issues[0]!));
    });
  }
  return problem ? broken(problem.line, problem.message, entries) : { file: JUSTIFY_FILE, entries, contents: {} };
}

function describe(issue: z.core.$ZodIssue): string {
  const [name] = issue.path;
  if (issue.code === 'unrecognized_keys') return `"${issue.keys[0]}" is no part of an entry`;
  return name === undefined ? issue.message : `"${String(name)}" ${issue.code === 'invalid_type' ? 'is missing or no text' : issue.message}`;
}

/** Lines of the headers of each array of tables, in order. */
function linesOf(text: string): Map<string, number[]> {
  const lines = new Map<string, number[]>();
  text.split('\n').forEach((line, index) => {
    const name = /^\s*\[\[\s*"?([\w-]+)"?\s*\]\]/.exec(line)?.[1];
    if (name !== undefined) lines.set(name, [...lines.get(name) ?? [], index + 1]);
  });
  return lines;
}

function lineOf(text: string, name: string): number {
  return Math.max(0, text.split('\n').findIndex((line) => line.includes(name))) + 1;
}

/** Of the obligations whose failure an entry may have signed. */
async function contentsOf(tree: RepositoryTree, obligations: readonly Obligation[], entries: readonly JustifyEntry[]): Promise<Record<string, string>> {
  const named = new Set(entries.filter((one) => one.of === 'failure').map((one) => `${one.toolchain}\n${one.symbol}`));
  return obligationContents(tree, obligations.filter((one) => named.has(`${one.toolchain}\n${failureSymbol(one)}`)));
}

/** Those whose file cannot be read are left out. */
export async function obligationContents(tree: RepositoryTree, obligations: readonly Obligation[]): Promise<Record<string, string>> {
  const texts = new Map<string, string | undefined>();
  const contents: Record<string, string> = {};
  for (const obligation of obligations) {
    if (!texts.has(obligation.file)) texts.set(obligation.file, await tree.read(obligation.file, LARGEST_SOURCE_BYTES).then((bytes) => bytes.toString('utf8'), () => undefined));
    const text = texts.get(obligation.file);
    if (text !== undefined) contents[obligation.id] = contentOfObligation(text, obligation);
  }
  return contents;
}
