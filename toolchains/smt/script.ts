/** Reads a script once: its checks with what the file expects of them, and every command that a framed copy must treat. */
import { isAscii } from 'node:buffer';
import type { Diagnostic, Range } from '../contract.ts';
import { classOfCommand, isUndoneByReset, needsIncremental, onlyForZ3, type CommandClass } from './commands.ts';
import { PositionReader } from './positions.ts';
import { ScriptScanner, type ScanProblem, type ScannedCommand } from './scanner.ts';
import { tokenize } from './tokens.ts';

export type Status = 'sat' | 'unsat' | 'unknown';

/** A command that asks for an answer. */
export interface Check {
  /** Counted from 1 in the order of the file. */
  readonly number: number;
  readonly command: ScannedCommand;
  readonly range: Range;
  /** The (set-info :status …) that stands before it and after the check before. */
  readonly status?: Status;
  /** Why no solver is asked: a command before it that Assay does not pass on. */
  readonly refused?: string;
}

/** A command that is not copied as it stands. */
export interface SpecialCommand {
  readonly command: ScannedCommand;
  readonly kind: Exclude<CommandClass, 'state'>;
  /** Tokens between the parentheses, for options. */
  readonly tokens?: readonly string[];
}

export interface Script {
  readonly bytes: Buffer;
  readonly checks: readonly Check[];
  /** In the order of the file; `check` commands among them. */
  readonly special: readonly SpecialCommand[];
  /** Flat pairs of byte offsets of those that are left out of a copy. */
  readonly oddComments: readonly number[];
  /** The last byte that belongs to the script: before (exit) or a refused command. */
  readonly end: number;
  readonly logic?: string;
  readonly incremental: boolean;
  readonly onlyZ3: boolean;
  /** Nothing of it but plain declarations, definitions, assertions and checks, in ASCII: a (reset) leaves no trace of it. */
  readonly undoneByReset: boolean;
  /** The script asks for unsat cores. */
  readonly cores: boolean;
  readonly commands: number;
  /** The script is no SMT-LIB text. */
  readonly problem?: ScanProblem;
  readonly notes: readonly Diagnostic[];
}

/** Longer commands are not tokenised: no option is that long. */
const LONGEST_OPTION = 4096;

export function readScript(bytes: Buffer): Script {
  const scanner = new ScriptScanner(bytes);
  const positions = new PositionReader(bytes);
  const checks: Check[] = [];
  const special: SpecialCommand[] = [];
  const notes: Diagnostic[] = [];
  let status: Status | undefined;
  let refused: string | undefined;
  let exited: ScannedCommand | undefined;
  let end = bytes.length;
  let logic: string | undefined;
  let incremental = false;
  let onlyZ3 = false;
  let cores = false;
  let undoneByReset = true;
  let commands = 0;
  let unreachedChecks = 0;

  for (let command = scanner.next(); command; command = scanner.next()) {
    commands++;
    const kind = classOfCommand(command.name);
    if (exited) {
      if (kind === 'check') unreachedChecks++;
      continue;
    }
    if (kind === 'check') {
      const range = { start: positions.at(command.start), end: positions.at(command.end) };
      checks.push({ number: checks.length + 1, command, range, status, refused });
      status = undefined;
    }
    if (refused) continue;
    if (needsIncremental(command.name)) incremental = true;
    if (onlyForZ3(command.name)) onlyZ3 = true;
    if (kind === 'option' || (kind === 'check' && command.name !== 'check-sat')) undoneByReset = false;
    if (kind === 'state') {
      if (!isUndoneByReset(command.name)) undoneByReset = false;
      if (command.name === 'reset') status = undefined;
      if (command.name === 'set-logic') logic = tokensOf(bytes, command)?.[1] ?? logic;
      continue;
    }
    if (kind === undefined || kind === 'file') {
      refused = refusal(command, kind);
      end = command.start;
      continue;
    }
    const tokens = kind === 'option' || kind === 'information' ? tokensOf(bytes, command) : undefined;
    if (kind === 'option' && tokens?.[1] === ':produce-unsat-cores') cores = tokens[2] === 'true';
    if (kind === 'information' && tokens?.[1] === ':status') status = statusOf(tokens[2]);
    if (kind === 'exit') { exited = command; end = command.start; continue; }
    special.push({ command, kind, tokens });
  }
  if (exited && unreachedChecks > 0)
    notes.push({ severity: 'warning', code: 'after-exit', message: `${unreachedChecks} check-sat after (exit) in line ${exited.line} are never run` });
  return {
    bytes, checks, special, oddComments: scanner.oddComments, end, logic, commands, notes, onlyZ3, cores,
    undoneByReset: undoneByReset && !onlyZ3 && refused === undefined && scanner.problem === undefined && scanner.oddComments.length === 0 && isAscii(bytes),
    incremental: incremental || checks.length > 1, problem: exited ? undefined : scanner.problem,
  };
}

function tokensOf(bytes: Buffer, command: ScannedCommand): readonly string[] | undefined {
  if (command.end - command.start > LONGEST_OPTION) return undefined;
  return tokenize(bytes.toString('utf8', command.start + 1, command.end - 1));
}

function statusOf(token: string | undefined): Status | undefined {
  return token === 'sat' || token === 'unsat' || token === 'unknown' ? token : undefined;
}

function refusal(command: ScannedCommand, kind: 'file' | undefined): string {
  if (kind === 'file') return `line ${command.line}: (${command.name} …) reads another file; put its text into this one`;
  return `line ${command.line}: ${command.name === '' ? 'a command without a plain name' : `(${command.name} …)`} is no command of SMT-LIB 2.6 that Assay knows`;
}
