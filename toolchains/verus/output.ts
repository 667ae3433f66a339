/**
 * Reads what `verus --output-json --time` prints: one JSON object (cargo verus: one for each crate, between messages of
 * cargo). Pure, and trusts nothing: an object counts only where it is whole, no key stands twice, and its parts agree.
 */
export interface FunctionRecord { readonly name: string; readonly mode: string; readonly success: boolean; readonly milliseconds: number; readonly rlimit?: number }

export interface VerusReport {
  readonly encounteredError: boolean;
  readonly encounteredVirError: boolean;
  /** Absent where only a part was verified. */
  readonly success?: boolean;
  readonly verified?: number;
  readonly errors?: number;
  readonly entireCrate?: boolean;
  /** Absent without --time, and where no query was made. */
  readonly functions?: readonly FunctionRecord[];
  /** Names of all functions that it read, those of vstd among them. */
  readonly details: ReadonlySet<string>;
  readonly version?: string;
  /** Why nothing of it must be believed. */
  readonly doubt?: string;
}

export interface Reading {
  readonly reports: readonly VerusReport[];
  /** Messages of cargo ("reason": …). */
  readonly messages: readonly Readonly<Record<string, unknown>>[];
  /** Lines outside of every object. */
  readonly stray: readonly string[];
  readonly doubt?: string;
}

export function readOutput(stdout: Buffer, truncated: boolean): Reading {
  const text = stdout.toString('utf8');
  const reports: VerusReport[] = [];
  const messages: Readonly<Record<string, unknown>>[] = [];
  const { objects, stray, cut } = splitObjects(text);
  let doubt: string | undefined;
  /* check: output is whole */ if (truncated) doubt = 'its output was longer than is kept';
  /* check: last object is whole */ if (cut) doubt ??= 'its output is cut short';
  for (const source of objects) {
    const value = record(parsed(source));
    if (!value) {
      /* check: JSON */ { doubt ??= 'its output is no JSON'; }
      continue;
    }
    /* check: keys stand once */ if (keysIn(source) !== keysOf(value)) doubt ??= 'a key stands twice in its JSON';
    if ('verification-results' in value) { reports.push(readReport(value)); continue; }
    if (typeof value.reason === 'string') { messages.push(value); continue; }
    /* check: known shape */ { doubt ??= 'its output holds JSON of an unknown shape'; }
  }
  return { reports, messages, stray, ...(doubt === undefined ? {} : { doubt }) };
}

function readReport(value: Readonly<Record<string, unknown>>): VerusReport {
  const results = record(value['verification-results']) ?? {};
  const details = record(value['func-details']);
  const version = record(value.verus)?.version;
  const functions = value['times-ms'] === undefined ? undefined : breakdown(value['times-ms']);
  const report: VerusReport = {
    encounteredError: results['encountered-error'] !== false, encounteredVirError: results['encountered-vir-error'] !== false,
    ...(typeof results.success === 'boolean' ? { success: results.success } : {}),
    ...(isCount(results.verified) ? { verified: results.verified } : {}), ...(isCount(results.errors) ? { errors: results.errors } : {}),
    ...(typeof results['is-verifying-entire-crate'] === 'boolean' ? { entireCrate: results['is-verifying-entire-crate'] } : {}),
    ...(functions ? { functions } : {}), details: new Set(Object.keys(details ?? {})), ...(typeof version === 'string' ? { version } : {}),
  };
  const doubt = doubtOf(report, value['times-ms'] !== undefined, details !== undefined);
  return doubt === undefined ? report : { ...report, doubt };
}

/** Parts of a finished run must agree; what is refused before a query has neither times nor counts. */
function doubtOf(report: VerusReport, hasTimes: boolean, hasDetails: boolean): string | undefined {
  const { functions, success, errors, verified } = report;
  const isRefused = report.encounteredVirError || (report.encounteredError && (errors ?? 0) === 0);
  if (hasTimes && !isRefused && !functions) return 'its times by function cannot be read';
  /* check: version */ if (report.version === undefined) return 'it does not say which Verus it is of';
  if (!hasDetails) return 'it names no functions';
  /* check: success without errors */ if (success === true && (report.encounteredError || report.encounteredVirError || errors !== 0)) return 'it says success and errors at once';
  /* check: errors without success */ if (success === false && !report.encounteredError && !report.encounteredVirError) return 'it says neither success nor an error';
  if (!functions || errors === undefined || verified === undefined) return undefined;
  const failed = functions.filter((one) => !one.success).length;
  /* check: names known */ if (functions.some((one) => !report.details.has(one.name))) return 'it has times of a function that it does not name elsewhere';
  /* check: counts */ if (failed > errors || functions.length - failed > verified) return 'its counts do not agree with its functions';
  /* check: errors belong to functions */ if (errors > 0 && failed === 0) return 'it counts errors and no function failed';
  return undefined;
}

/** Undefined where any record is not whole. The key of the mode is literally "mode:". */
function breakdown(times: unknown): FunctionRecord[] | undefined {
  const smt = record(record(times)?.smt);
  const modules = smt?.['smt-run-module-times'];
  if (!Array.isArray(modules)) return undefined;
  const records: FunctionRecord[] = [];
  for (const module of modules) {
    const entries = record(module)?.['function-breakdown'];
    if (!Array.isArray(entries)) return undefined;
    for (const entry of entries) {
      const one = record(entry);
      if (!one || typeof one.function !== 'string' || typeof one.success !== 'boolean' || !isCount(one.time)) return undefined;
      const mode = one['mode:'] ?? one.mode;
      if (typeof mode !== 'string' && mode !== null) return undefined;
      records.push({ name: one.function, mode: mode ?? '', success: one.success, milliseconds: one.time, ...(isCount(one.rlimit) ? { rlimit: one.rlimit } : {}) });
    }
  }
  return records;
}

const BRACE_OR_STRING = /"(?:[^"\\]|\\[^])*"|[{}]/g;

/** Objects that begin at the beginning of a line; what stands between them is stray. */
export function splitObjects(text: string): { objects: string[]; stray: string[]; cut: boolean } {
  const objects: string[] = [];
  const stray: string[] = [];
  let at = 0;
  while (at < text.length) {
    const lineEnd = text.indexOf('\n', at);
    const end = lineEnd < 0 ? text.length : lineEnd;
    if (text[at] !== '{') {
      const line = text.slice(at, end).trim();
      if (line !== '') stray.push(line);
      at = end + 1;
      continue;
    }
    let depth = 0;
    let close = -1;
    BRACE_OR_STRING.lastIndex = at;
    for (let match = BRACE_OR_STRING.exec(text); match; match = BRACE_OR_STRING.exec(text)) {
      if (match[0] === '{') depth++;
      else if (match[0] === '}' && --depth === 0) { close = match.index; break; }
    }
    if (close < 0) return { objects, stray, cut: true };
    objects.push(text.slice(at, close + 1));
    at = close + 1;
    // What follows on the line is no object of its own.
    if (text[at] === '\n' || text[at] === '\r') at = text.indexOf('\n', at) + 1 || text.length;
    else if (at < text.length && text[at] !== '{') { stray.push(text.slice(at, text.indexOf('\n', at) < 0 ? text.length : text.indexOf('\n', at)).trim()); at = text.indexOf('\n', at) < 0 ? text.length : text.indexOf('\n', at) + 1; }
  }
  return { objects, stray, cut: false };
}

/** JSON.parse keeps the last of two equal keys: a text with more keys than its value has one twice. */
function keysIn(text: string): number {
  let count = 0;
  for (const match of text.matchAll(/"(?:[^"\\]|\\[^])*"(\s*:)?/g)) if (match[1] !== undefined) count++;
  return count;
}

function keysOf(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, one) => sum + keysOf(one), 0);
  if (typeof value !== 'object' || value === null) return 0;
  return Object.values(value).reduce<number>((sum, one) => sum + 1 + keysOf(one), 0);
}

export function parsed(text: string): unknown {
  try { return JSON.parse(text) as unknown; } catch { return undefined; }
}

export function record(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value as Readonly<Record<string, unknown>> : undefined;
}

function isCount(value: unknown): value is number { return typeof value === 'number' && Number.isInteger(value) && value >= 0; }
