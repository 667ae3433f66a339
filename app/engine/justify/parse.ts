/** The text of an `assay.justify.toml`. A file that is broken in one place is broken: which signature was meant is not guessed. */
import { parse, TomlError } from 'smol-toml';
import { z } from 'zod';
import { JUSTIFY_FILE, type JustifyEntry, type JustifyFile } from './types.ts';

const said = z.string().trim().min(1, 'is empty');
const entry = z.strictObject({
  toolchain: said, kind: said, symbol: z.string(), text: z.string(), sha256: z.string().regex(/^[0-9a-f]{64}$/, 'is no SHA-256 in hexadecimal'),
  reviewer: said, reason: said,
  date: z.preprocess((value) => (value instanceof Date ? value.toISOString().slice(0, 10) : value), z.iso.date('is no date such as 2026-11-25')),
});
const TABLES = { assumption: 'assumption', failure: 'failure' } as const;

export function parseJustifications(text: string): JustifyFile {
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
