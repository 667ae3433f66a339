/**
 * The private copy of a script that a solver gets: the script's own commands, each check between frames,
 * and without everything that could print an answer, move the output, or read and write files.
 * Lines keep their numbers, so that a solver's messages name the lines of the user's file.
 */
import type { Diagnostic } from '../contract.ts';
import { tags, type FramePlan } from './frames.ts';
import type { Check, Script, SpecialCommand } from './script.ts';

/** What differs between solvers. */
export interface Dialect {
  /** Only options of this list reach the solver. `value` is the text after the name. */
  allowsOption(name: string, value: string): boolean;
  /** The text of a check for this solver. */
  check(command: SpecialCommand, text: string): string;
  /** Asked after each answer; what these print stands outside the answer's frame. */
  details(script: Script): readonly string[];
  /** Stands before the script, on its first line. */
  readonly prelude?: string;
}

export interface FramedCopy {
  readonly pieces: readonly (Buffer | string)[];
  /** How many pieces belong to each step: up to a check with its frames, and the rest. */
  readonly steps: readonly number[];
  readonly plan: FramePlan;
  /** Options of the script that did not reach the solver. */
  readonly notes: readonly Diagnostic[];
}

interface Edit { readonly start: number; readonly end: number; readonly text: string }

export function frameScript(script: Script, checks: readonly Check[], dialect: Dialect, nonce: string): FramedCopy {
  const { bytes } = script;
  const framed = new Map(checks.map((check) => [check.command.start, check]));
  const last = checks.at(-1)?.command.end ?? 0;
  const notes: Diagnostic[] = [];
  const pieces: (Buffer | string)[] = [`(echo "${tags.start(nonce)}")${dialect.prelude ?? ''}`];
  const steps: number[] = [];
  let offset = bytes[0] === 0xef ? 3 : 0;
  const copyTo = (end: number): void => { if (end > offset) pieces.push(bytes.subarray(offset, end)); };
  for (const edit of edits()) {
    copyTo(edit.start);
    const lines = countLineFeeds(bytes.subarray(edit.start, edit.end)) - (edit.text === '' ? 0 : edit.text.split('\n').length - 1);
    // Latin-1 here and in plainText: the bytes of the script stay as they are.
    pieces.push(Buffer.from(edit.text + (lines > 0 ? '\n'.repeat(lines) : ' '), 'latin1'));
    offset = edit.end;
    if (framed.has(edit.start)) steps.push(pieces.length);
  }
  copyTo(last);
  pieces.push(`\n(echo "${tags.done(nonce)}")\n`);
  steps.push(pieces.length);
  return { pieces, steps, plan: { nonce, checks: checks.map((check) => check.number) }, notes };

  /** Odd comments outside special commands, and special commands, in the order of the bytes, up to the last framed check. */
  function* edits(): Generator<Edit> {
    const { oddComments: comments, special } = script;
    let comment = 0;
    for (const command of special) {
      if (command.command.start >= last) break;
      const { start, end } = command.command;
      for (; comment < comments.length && comments[comment]! < start; comment += 2) yield { start: comments[comment]!, end: comments[comment + 1]!, text: '' };
      while (comment < comments.length && comments[comment]! < end) comment += 2;
      yield { start, end, text: replacement(command) };
    }
    for (; comment < comments.length && comments[comment]! < last; comment += 2) yield { start: comments[comment]!, end: comments[comment + 1]!, text: '' };
  }

  function replacement(command: SpecialCommand): string {
    const { start, end, line } = command.command;
    switch (command.kind) {
      case 'check': {
        const check = framed.get(start);
        if (!check) return '';
        return [
          `(echo "${tags.begin(nonce, check.number)}")`, dialect.check(command, plainText(script, start, end)),
          `(echo "${tags.end(nonce, check.number)}")`, ...dialect.details(script), `(echo "${tags.details(nonce, check.number)}")`,
        ].join('');
      }
      case 'option': {
        const [, name = '', ...values] = command.tokens ?? [];
        const value = values.join(' ');
        if (dialect.allowsOption(name, value)) return `(set-option ${name} ${value})`;
        notes.push({ severity: 'info', code: 'option-left-out', message: `the option ${name || 'of this command'} is not passed on to the solver`, range: { start: { line, column: 1 }, end: { line, column: 1 } } });
        return '';
      }
      case 'objective':
        notes.push({ severity: 'info', code: 'objective-left-out', message: 'objectives do not change whether there is a model; they are not passed on', range: { start: { line, column: 1 }, end: { line, column: 1 } } });
        return '';
      case 'information': case 'print': case 'exit': case 'file': return '';
    }
  }
}

/** The text of a command without its odd comments, byte for byte as Latin-1. */
function plainText(script: Script, start: number, end: number): string {
  const parts: string[] = [];
  let offset = start;
  for (let index = firstCommentFrom(script.oddComments, start); index < script.oddComments.length && script.oddComments[index]! < end; index += 2) {
    parts.push(script.bytes.toString('latin1', offset, script.oddComments[index]));
    offset = script.oddComments[index + 1]!;
  }
  parts.push(script.bytes.toString('latin1', offset, end));
  return parts.join(' ');
}

function firstCommentFrom(comments: readonly number[], offset: number): number {
  let low = 0;
  let high = comments.length / 2;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (comments[middle * 2]! < offset) low = middle + 1; else high = middle;
  }
  return low * 2;
}

function countLineFeeds(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) count++;
  return count;
}
