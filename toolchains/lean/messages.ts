/**
 * What `lean --json` prints while it elaborates a file: one JSON object a line on standard output (`SerialMessage` of
 * Lean's Message.lean; recorded lines of 4.31–4.34):
 *
 *   {"caption":"","data":"declaration uses `sorry`","endPos":{"column":7,"line":1},"fileName":"a.lean","isSilent":false,
 *    "keepFullRange":false,"kind":"hasSorry","pos":{"column":0,"line":1},"severity":"warning"}
 *
 * Lines are 1-based, columns 0-based and in code points; `endPos` may be null; `severity` is "information", "warning" or
 * "error"; `kind` is the message's tag, "[anonymous]" where it has none. Messages are told apart by kind: the words of
 * one and the same message differ between versions (`sorry`, 'sorry'). The end of the output is not marked: a build is
 * complete only when Lean ended by itself and wrote the module (it writes none after an error; Lean.Elab.runFrontend).
 * That is why `-E hasSorry`, which makes an error of every sorry, is not given: it would leave no build to ask.
 */
import type { Position, Range, Severity } from '../contract.ts';

export interface LeanMessage {
  readonly severity: Severity;
  readonly kind: string;
  readonly text: string;
  /** UTF-16 columns, 1-based. */
  readonly range: Range;
}

export interface MessageReading {
  readonly messages: readonly LeanMessage[];
  /** Lines that are no message: what a program of the file printed. */
  readonly stray: readonly string[];
  /** Why the output cannot be believed to be whole. */
  readonly doubt?: string;
}

export const HAS_SORRY = 'hasSorry';

export function readMessages(stdout: Buffer, truncated: boolean, text: string): MessageReading {
  const output = stdout.toString('utf8');
  const lines = output.split('\n');
  const last = lines.pop() ?? '';
  const sourceLines = text.split('\n');
  const messages: LeanMessage[] = [];
  const stray: string[] = [];
  for (const line of lines) {
    if (line.trim() === '') continue;
    const message = messageOf(line, sourceLines);
    if (message) messages.push(message); else stray.push(line);
  }
  let doubt: string | undefined;
  /* check: output is whole */ if (truncated) doubt = 'its output was cut';
  /* check: last line has its end */ if (last !== '') doubt ??= 'its last line has no end';
  /* check: each message can be read */ if (stray.some((line) => line.startsWith('{') && line.includes('"severity"'))) doubt ??= 'a message of it cannot be read';
  return { messages, stray, ...(doubt === undefined ? {} : { doubt }) };
}

/** Lean has run out of its own count of steps: by tag, and by words where an enclosing tactic hides the tag. */
export function isOutOfHeartbeats(message: LeanMessage): boolean {
  return /(?:^|\.)runtime\.(?:maxHeartbeats|maxRecDepth)$/.test(message.kind) || message.text.startsWith('(deterministic) timeout at ');
}

/** Refused before anything was to be proved: by tags of named errors, and by the words of the parser, which tags nothing. */
export function isRefusal(message: LeanMessage): boolean {
  return /^lean\.(?:unknownIdentifier|redundant|invalidField|invalidDottedIdent|inductive|ctor|inferBinderType|inferDefType|dependsOnNoncomputable|synthInstanceFailed)/.test(message.kind)
    || /^(?:unexpected (?:token|identifier|end of input)|expected |unterminated |unknown (?:module prefix|package|namespace)|[Uu]nknown (?:identifier|constant) |object file )/.test(message.text);
}

function messageOf(line: string, sourceLines: readonly string[]): LeanMessage | undefined {
  let value: unknown;
  try { value = JSON.parse(line); } catch { return undefined; }
  if (!isRecord(value) || typeof value.data !== 'string' || typeof value.fileName !== 'string') return undefined;
  const severity = value.severity === 'error' ? 'error' : value.severity === 'warning' ? 'warning' : value.severity === 'information' ? 'info' : undefined;
  const start = positionOf(value.pos, sourceLines);
  if (!severity || !start || (value.kind !== undefined && typeof value.kind !== 'string')) return undefined;
  const end = value.endPos === null || value.endPos === undefined ? start : positionOf(value.endPos, sourceLines);
  return end && { severity, kind: value.kind ?? '[anonymous]', text: value.data, range: { start, end } };
}

function positionOf(value: unknown, sourceLines: readonly string[]): Position | undefined {
  if (!isRecord(value) || !isCount(value.line) || !isCount(value.column)) return undefined;
  return { line: Math.max(1, value.line), column: utf16Column(sourceLines[value.line - 1] ?? '', value.column) + 1 };
}

/** From a column in code points, both 0-based. */
export function utf16Column(line: string, codePoints: number): number {
  let column = 0;
  for (let left = codePoints; left > 0 && column < line.length; left--) column += line.codePointAt(column)! > 0xffff ? 2 : 1;
  return column;
}

function isCount(value: unknown): value is number { return typeof value === 'number' && Number.isInteger(value) && value >= 0; }
function isRecord(value: unknown): value is Record<string, unknown> { return typeof value === 'object' && value !== null && !Array.isArray(value); }
