/**
 * Reads what `dafny verify --json-output --log-format json` prints: diagnostics, the closing line, and the log by
 * symbol. Pure, and trusts nothing: the log counts only where it is there once, is whole, and agrees with the closing line.
 */
import type { Position } from '../contract.ts';

export interface LoggedAssertion { readonly file: string; readonly line: number; readonly column: number; readonly description: string }
export interface LoggedTask {
  readonly number: number;
  /** Valid, Invalid, TimeOut, OutOfResource, OutOfMemory, … */
  readonly outcome: string;
  readonly seconds: number;
  readonly assertions: readonly LoggedAssertion[];
}
export interface LoggedSymbol {
  /** Without what stands in parentheses behind it. */
  readonly name: string;
  /** "correctness", "well-formedness", "override check", … */
  readonly aspect: string;
  readonly outcome: string;
  readonly tasks: readonly LoggedTask[];
}

export interface LoggedPlace { /** Absolute. */ readonly file?: string; readonly start: Position; readonly end: Position }
export interface LoggedDiagnostic {
  readonly severity: 'error' | 'warning' | 'info';
  readonly message: string;
  readonly source: string;
  readonly code?: string;
  readonly place: LoggedPlace;
  readonly related: readonly { readonly message: string; readonly place: LoggedPlace }[];
}

export interface Closing { readonly verified: number; readonly errors: number; readonly others: number; readonly text: string }

export interface Reading {
  readonly diagnostics: readonly LoggedDiagnostic[];
  /** The line "finished with N verified, M errors". */
  readonly closing?: Closing;
  readonly symbols?: readonly LoggedSymbol[];
  /** "2 parse errors detected in F": nothing was verified. */
  readonly refused?: string;
  /** Lines that are not of the protocol. */
  readonly stray: readonly string[];
  /** Why the log must not be believed as a whole. */
  readonly doubt?: string;
}

const CLOSING = /^\s*Dafny program verifier finished with (\d+) verified, (\d+) errors?((?:, \d+ [a-z][a-z -]*)*)\s*$/;
const REFUSED = /^\s*\d+ (?:parse|resolution\/type) errors? detected in /;

export function readLog(stdout: Buffer, truncated: boolean): Reading {
  const diagnostics: LoggedDiagnostic[] = [];
  const stray: string[] = [];
  const closings: Closing[] = [];
  const logs: (readonly LoggedSymbol[])[] = [];
  let refused: string | undefined;
  let doubt: string | undefined;
  /* check: output is whole */ if (truncated) doubt = 'its output was longer than is kept';
  for (const line of stdout.toString('utf8').split('\n')) {
    if (line.trim() === '') continue;
    const entry = record(parsed(line));
    if (entry?.type === 'diagnostic') {
      const diagnostic = readDiagnostic(entry.value);
      if (diagnostic) { diagnostics.push(diagnostic); continue; }
    }
    if (entry?.type === 'status' && typeof entry.value === 'string') {
      const { value } = entry;
      const closing = CLOSING.exec(value);
      if (closing) closings.push({ verified: Number(closing[1]), errors: Number(closing[2]), others: sumOf(closing[3] ?? ''), text: value.trim() });
      else if (REFUSED.test(value)) refused = value.trim();
      else if (value.trimStart().startsWith('{')) {
        const log = readSymbols(parsed(value));
        if (log) logs.push(log);
        /* check: log can be read */ if (!log) doubt ??= 'a part of its log cannot be read';
      } else if (!/^Compilation failed because warnings/.test(value.trim())) stray.push(value.trim());
      continue;
    }
    stray.push(line.trim());
  }
  /* check: one result */ if (closings.length > 1 || logs.length > 1) doubt ??= 'it told its result twice';
  const [closing] = closings, [symbols] = logs;
  if (closing && symbols) doubt ??= disagreement(closing, symbols);
  else if (closing) doubt ??= 'it finished without a log';
  return { diagnostics, stray, ...(closing ? { closing } : {}), ...(symbols ? { symbols } : {}), ...(refused === undefined ? {} : { refused }), ...(doubt === undefined ? {} : { doubt }) };
}

/** The closing line counts the tasks that were valid, and an error for each one that was not. */
function disagreement(closing: Closing, symbols: readonly LoggedSymbol[]): string | undefined {
  const tasks = symbols.flatMap((symbol) => symbol.tasks);
  const valid = tasks.filter((task) => task.outcome === 'Valid').length;
  /* check: count of valid tasks */ if (valid !== closing.verified) return `its log has ${valid} valid tasks, its last line says ${closing.verified}`;
  /* check: count of errors */ if (valid < tasks.length && closing.errors + closing.others === 0) return 'its log has tasks that are not valid, its last line no error';
  for (const symbol of symbols) {
    if (symbol.tasks.length === 0) return `its log names ${symbol.name} without a task`;
    /* check: outcome of a symbol */ if ((symbol.outcome === 'Correct') !== symbol.tasks.every((task) => task.outcome === 'Valid')) return `its log says ${symbol.outcome} of ${symbol.name} and otherwise of its tasks`;
  }
  return undefined;
}

function sumOf(text: string): number { return [...text.matchAll(/\d+/g)].reduce((sum, match) => sum + Number(match[0]), 0); }

type Fields = Readonly<Record<string, unknown>>;
function parsed(text: string): unknown { try { return JSON.parse(text) as unknown; } catch { return undefined; } }
function record(value: unknown): Fields | undefined { return typeof value === 'object' && value !== null && !Array.isArray(value) ? value as Fields : undefined; }
function text(value: unknown): string { return typeof value === 'string' ? value : ''; }
function number(value: unknown): number { return typeof value === 'number' && Number.isFinite(value) ? value : 0; }
function list(value: unknown): readonly Fields[] { return Array.isArray(value) ? value.map(record).filter((one): one is Fields => one !== undefined) : []; }

function readSymbols(value: unknown): LoggedSymbol[] | undefined {
  const results = record(value)?.verificationResults;
  if (!Array.isArray(results)) return undefined;
  const symbols: LoggedSymbol[] = [];
  for (const result of results) {
    const fields = record(result);
    const match = /^(.*) \(([^()]*)\)$/s.exec(text(fields?.name));
    if (!fields || !match || !Array.isArray(fields.vcResults)) return undefined;
    symbols.push({
      name: match[1]!, aspect: match[2]!, outcome: text(fields.outcome),
      tasks: list(fields.vcResults).map((task) => ({
        number: number(task.vcNum), outcome: text(task.outcome), seconds: secondsOf(text(task.runTime)),
        assertions: list(task.assertions).map((one) => ({ file: text(one.filename), line: number(one.line), column: number(one.col), description: text(one.description) })),
      })),
    });
  }
  return symbols;
}

/** "00:00:01.9225446" */
function secondsOf(span: string): number {
  const match = /^(?:(\d+)\.)?(\d+):(\d+):(\d+(?:\.\d+)?)$/.exec(span);
  return match ? Number(match[1] ?? 0) * 86_400 + Number(match[2]) * 3600 + Number(match[3]) * 60 + Number(match[4]) : 0;
}

const SEVERITIES = { 1: 'error', 2: 'warning', 3: 'info', 4: 'info' } as const;

function readDiagnostic(value: unknown): LoggedDiagnostic | undefined {
  const fields = record(value);
  const place = fields && placeOf(fields.location);
  const severity = SEVERITIES[number(fields?.severity) as 1];
  if (!fields || !place || !severity) return undefined;
  return {
    severity, message: messageOf(fields), source: text(fields.source), ...(text(fields.errorId) ? { code: text(fields.errorId) } : {}), place,
    related: list(fields.relatedInformation).flatMap((one) => { const at = placeOf(one.location); return at ? [{ message: messageOf(one), place: at }] : []; }),
  };
}

/** The message with its arguments in place: "unresolved identifier: {0}". */
function messageOf(fields: Fields): string {
  const values = Array.isArray(fields.arguments) ? fields.arguments : [];
  const format = text(fields.defaultFormatMessage);
  return values.length === 0 ? format : format.replace(/\{(\d+)\}/g, (whole, index: string) => values[Number(index)] === undefined ? whole : String(values[Number(index)]));
}

function placeOf(value: unknown): LoggedPlace | undefined {
  const location = record(value);
  const range = record(location?.range);
  const start = position(range?.start), end = position(range?.end);
  if (!location || !start || !end) return undefined;
  const file = fileOf(text(location.uri));
  return { ...(file === undefined ? {} : { file }), start, end };
}

/** Its lines count from 1, its characters from 0; a diagnostic without a place has line −1. */
function position(value: unknown): Position | undefined {
  const fields = record(value);
  return fields ? { line: Math.max(1, number(fields.line)), column: Math.max(1, number(fields.character) + 1) } : undefined;
}

/** Percent-encoded, also where it need not be. */
function fileOf(uri: string): string | undefined {
  if (!uri.startsWith('file:///') || uri === 'file:///unknown') return undefined;
  try { return decodeURIComponent(uri.slice('file://'.length)); } catch { return undefined; }
}
