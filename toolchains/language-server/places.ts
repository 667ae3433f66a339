/** Places of the Language Server Protocol (0-based) and of Assay (1-based); columns are UTF-16 code units in both. */
import type { Diagnostic, Position, Range, Severity } from '../contract.ts';

export function isRecord(value: unknown): value is Record<string, unknown> { return typeof value === 'object' && value !== null && !Array.isArray(value); }

export function outward({ line, column }: Position): { readonly line: number; readonly character: number } { return { line: line - 1, character: column - 1 }; }

export function inward(value: unknown): Position | undefined {
  return isRecord(value) && typeof value.line === 'number' && typeof value.character === 'number' ? { line: value.line + 1, column: value.character + 1 } : undefined;
}

export function rangeOf(value: unknown): Range | undefined {
  if (!isRecord(value)) return undefined;
  const [start, end] = [inward(value.start), inward(value.end)];
  return start && end && { start, end };
}

export function before(a: Position, b: Position): boolean { return a.line < b.line || (a.line === b.line && a.column < b.column); }

const SEVERITIES: Readonly<Record<number, Severity>> = { 1: 'error', 2: 'warning', 3: 'info', 4: 'info' };

/** Notes carry the URI of their place as `file`. A diagnostic without a severity is an error. */
export function diagnosticOf(value: unknown): Diagnostic | undefined {
  if (!isRecord(value) || typeof value.message !== 'string') return undefined;
  const range = rangeOf(value.range);
  const severity = SEVERITIES[typeof value.severity === 'number' ? value.severity : 1] ?? 'info';
  const related = Array.isArray(value.relatedInformation) ? value.relatedInformation.flatMap(noteOf) : [];
  return {
    severity, message: value.message, ...(range ? { range } : {}), ...(typeof value.code === 'string' && value.code !== '' ? { code: value.code } : {}),
    ...(related.length > 0 ? { notes: related } : {}),
  };
}

function noteOf(value: unknown): NonNullable<Diagnostic['notes']>[number][] {
  if (!isRecord(value) || typeof value.message !== 'string') return [];
  const location = isRecord(value.location) ? value.location : {};
  const range = rangeOf(location.range);
  return [{ message: value.message, ...(range ? { range } : {}), ...(typeof location.uri === 'string' ? { file: location.uri } : {}) }];
}

/** Servers percent-encode as they like; two names of one document are equal when they are decoded. */
export function decodedUri(uri: unknown): string {
  if (typeof uri !== 'string') return '';
  try { return decodeURIComponent(uri); } catch { return uri; }
}

/** Markdown of a hover, whichever of the protocol's shapes it has. */
export function hoverText(value: unknown): string | undefined {
  const contents = isRecord(value) ? value.contents : undefined;
  const parts = (Array.isArray(contents) ? contents : [contents]).map((part) => (typeof part === 'string' ? part : isRecord(part) && typeof part.value === 'string' ? part.value : ''));
  const text = parts.filter((part) => part !== '').join('\n\n');
  return text === '' ? undefined : text;
}
