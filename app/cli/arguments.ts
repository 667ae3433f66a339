/** Reads the command line into typed options; anything unknown or out of range is a usage error (exit 64). */
import { parseArgs, type ParseArgsConfig } from 'node:util';
import type { Limits } from '../../toolchains/contract.ts';
import { DEFAULT_MEMORY_MB, EFFORT_WALL_SECONDS } from '../engine/limits.ts';

export class UsageError extends Error {}

type OptionTable = NonNullable<ParseArgsConfig['options']>;

/** Options that take all words up to the next option: "--task a b". */
const LISTS = new Set(['--task', '--strategy']);

export interface ParsedCommand<T extends string> {
  readonly positionals: readonly string[];
  text(name: T): string | undefined;
  list(name: T): readonly string[];
  flag(name: T): boolean;
  /** A number within bounds, both inclusive. */
  number(name: T, minimum: number, maximum: number): number | undefined;
  integer(name: T, minimum: number, maximum: number): number | undefined;
}

export function parseCommand<T extends string>(args: readonly string[], options: Record<T, { type: 'string' | 'boolean'; multiple?: boolean }>): ParsedCommand<T> {
  let parsed: { values: Record<string, unknown>; positionals: string[] };
  try {
    parsed = parseArgs({ args: spreadLists(args), options: options as OptionTable, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
  const values = parsed.values;
  const text = (name: T): string | undefined => {
    const value = values[name];
    return typeof value === 'string' ? value : undefined;
  };
  const number = (name: T, minimum: number, maximum: number): number | undefined => {
    const raw = text(name);
    if (raw === undefined) return undefined;
    const value = Number(raw);
    if (raw.trim() === '' || !Number.isFinite(value) || value < minimum || value > maximum) throw new UsageError(`--${name} wants a number from ${minimum} to ${maximum}, not "${raw}"`);
    return value;
  };
  return {
    positionals: parsed.positionals,
    text, number,
    list: (name) => (Array.isArray(values[name]) ? (values[name] as string[]) : []),
    flag: (name) => values[name] === true,
    integer(name, minimum, maximum) {
      const value = number(name, minimum, maximum);
      if (value !== undefined && !Number.isInteger(value)) throw new UsageError(`--${name} wants a whole number, not "${text(name)}"`);
      return value;
    },
  };
}

function spreadLists(args: readonly string[]): string[] {
  const spread: string[] = [];
  let list: string | undefined;
  let count = 0;
  for (const [index, arg] of args.entries()) {
    if (arg === '--') return [...spread, ...args.slice(index)];
    if (LISTS.has(arg)) { list = arg; count = 0; spread.push(arg); continue; }
    if (arg.startsWith('-') && arg !== '-') list = undefined;
    if (list && count > 0) spread.push(list);
    spread.push(arg);
    count += 1;
  }
  return spread;
}

export const LIMIT_OPTIONS = {
  wall: { type: 'string' }, memory: { type: 'string' }, resource: { type: 'string' }, depth: { type: 'string' },
  effort: { type: 'string' }, expect: { type: 'string' },
} as const;

export function limitsOf(command: ParsedCommand<keyof typeof LIMIT_OPTIONS>): Limits {
  const effort = (command.integer('effort', 0, 4) ?? 1) as Limits['effort'];
  const expect = command.text('expect');
  if (expect !== undefined && expect !== 'sat' && expect !== 'unsat') throw new UsageError(`--expect wants sat or unsat, not "${expect}"`);
  const resource = command.integer('resource', 1, Number.MAX_SAFE_INTEGER);
  const depth = command.integer('depth', 1, 1_000_000);
  return {
    wallSeconds: command.number('wall', 0.1, 604_800) ?? EFFORT_WALL_SECONDS[effort],
    memoryMb: command.number('memory', 16, 16_777_216) ?? DEFAULT_MEMORY_MB,
    effort, ...(resource === undefined ? {} : { resource }), ...(depth === undefined ? {} : { depth }), ...(expect === undefined ? {} : { expect }),
  };
}
