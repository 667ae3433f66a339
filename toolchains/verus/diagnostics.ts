/**
 * Reads rustc's JSON lines (standard error of verus, or messages of cargo). Lines of another shape are kept as they are:
 * a panic's stack trace stands among them. Columns of rustc count characters; Assay's count UTF-16 code units.
 */
import type { Range, Severity } from '../contract.ts';
import { parsed, record } from './output.ts';

export interface Span { readonly file: string; readonly range: Range; readonly primary: boolean; readonly label?: string }
export interface VerusDiagnostic {
  readonly severity: Severity;
  readonly level: string;
  readonly message: string;
  /** Of rustc ("E0425", a lint's name); proof errors have none. */
  readonly code?: string;
  readonly spans: readonly Span[];
  readonly children: readonly { readonly message: string; readonly level: string; readonly spans: readonly Span[] }[];
}

export interface DiagnosticReading {
  readonly diagnostics: readonly VerusDiagnostic[];
  /** Of "aborting due to N previous errors"; undefined where it did not come. */
  readonly aborting?: number;
  /** Lines that are no diagnostics. */
  readonly stray: readonly string[];
}

const ABORTING = /^aborting due to (?:(\d+) previous errors?|previous error)(?:; \d+ warnings? emitted)?$/;
/** Anstyle colours stand in plain messages of the launcher. */
// eslint-disable-next-line no-control-regex
const COLOURS = /\u001b\[[\d;]*m/g;

export function readDiagnostics(stderr: string, messages: readonly Readonly<Record<string, unknown>>[] = []): DiagnosticReading {
  const diagnostics: VerusDiagnostic[] = [];
  const stray: string[] = [];
  let aborting: number | undefined;
  const take = (value: unknown): boolean => {
    const diagnostic = readDiagnostic(value);
    if (!diagnostic) return false;
    const end = diagnostic.level === 'error' && diagnostic.spans.length === 0 ? ABORTING.exec(diagnostic.message) : null;
    if (end) aborting = (aborting ?? 0) + Number(end[1] ?? 1);
    else diagnostics.push(diagnostic);
    return true;
  };
  for (const line of stderr.split('\n')) {
    const text = line.trim();
    if (text === '') continue;
    if (!text.startsWith('{') || !take(parsed(text))) stray.push(text.replace(COLOURS, ''));
  }
  for (const message of messages) if (message.reason === 'compiler-message') take(message.message);
  return { diagnostics, stray, ...(aborting === undefined ? {} : { aborting }) };
}

function readDiagnostic(value: unknown): VerusDiagnostic | undefined {
  const one = record(value);
  if (!one || typeof one.message !== 'string' || typeof one.level !== 'string' || !Array.isArray(one.spans)) return undefined;
  const code = record(one.code)?.code;
  const children = Array.isArray(one.children) ? one.children.flatMap((child) => readDiagnostic({ children: [], ...record(child) }) ?? []) : [];
  return {
    level: one.level, severity: severityOf(one.level), message: one.message.trimEnd(), ...(typeof code === 'string' ? { code } : {}),
    spans: one.spans.flatMap((span) => readSpan(span) ?? []), children,
  };
}

/** Unknown levels count as errors: better one error too many. */
function severityOf(level: string): Severity {
  if (level === 'warning') return 'warning';
  return level === 'note' || level === 'help' || level === 'failure-note' ? 'info' : 'error';
}

function readSpan(value: unknown): Span | undefined {
  const one = record(value);
  if (!one || typeof one.file_name !== 'string') return undefined;
  const numbers = [one.line_start, one.column_start, one.line_end, one.column_end];
  if (!numbers.every((number): number is number => typeof number === 'number' && Number.isInteger(number) && number > 0)) return undefined;
  const [startLine, startColumn, endLine, endColumn] = numbers as [number, number, number, number];
  const texts = Array.isArray(one.text) ? one.text.map((line) => record(line)?.text) : [];
  const column = (line: number, characters: number): number => {
    const text = texts[line - startLine];
    return typeof text === 'string' ? [...text].slice(0, characters - 1).join('').length + 1 + Math.max(0, characters - 1 - [...text].length) : characters;
  };
  return {
    file: one.file_name, primary: one.is_primary === true, ...(typeof one.label === 'string' ? { label: one.label } : {}),
    range: { start: { line: startLine, column: column(startLine, startColumn) }, end: { line: endLine, column: column(endLine, endColumn) } },
  };
}
