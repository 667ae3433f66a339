/** Both sides as transition systems on one idea of time, or why that cannot be. */
import { randomBytes } from 'node:crypto';
import { type Attempt, type CheckContext, type Diagnostic, InputError } from '../../contract.ts';
import type { Verdict } from '../../verdict.ts';
import { type Netlist, readNetlist } from '../aiger/netlist.ts';
import { type System, systemOf } from '../aiger/system.ts';
import type { Clocks } from '../yosys/clocks.ts';
import { instrument } from '../yosys/rtlil.ts';
import { interfaceDifferences } from './interface.ts';
import type { EquivalenceRequest, EquivalenceSide } from './request.ts';
import { addFile, type EquivalenceEngine, type ScriptOutcome } from './runner.ts';
import { FLAT, flattenScript, GATES, gatesScript, sourceName } from './script.ts';
import { findSources } from './sources.ts';

export interface ElaboratedPair {
  readonly gold: System;
  readonly gate: System;
  /** Several clocks, or one that is no input: a step is any change of any of them, not a cycle. */
  readonly multiclock: boolean;
  /** RTLIL of each, before gates. */
  readonly flat: Readonly<Record<'gold' | 'gate', string>>;
  readonly attempts: readonly Attempt[];
}

export interface Stopped { readonly verdict: Verdict; readonly diagnostics: readonly Diagnostic[]; readonly attempts: readonly Attempt[] }

interface Flat { readonly text: string; readonly attempt: Attempt; readonly clocks: Clocks }

export async function elaboratePair(context: CheckContext, engine: EquivalenceEngine, request: EquivalenceRequest): Promise<ElaboratedPair | Stopped> {
  const gold = await flatten(context, engine, 'gold', request.gold);
  if ('verdict' in gold) return gold;
  const gate = await flatten(context, engine, 'gate', request.gate);
  if ('verdict' in gate) return { ...gate, attempts: [...gate.attempts, gold.attempt] };
  const clocks = new Set([...gold.clocks.all, ...gate.clocks.all]);
  const single = clocks.size <= 1 && gold.clocks.derived.size + gate.clocks.derived.size === 0;
  const nets: Netlist[] = [];
  const attempts: Attempt[] = [];
  for (const [name, side] of [['gold', gold], ['gate', gate]] as const) {
    const outcome = await engine.run(`gates ${name}`, new Map([[FLAT, Buffer.from(side.text)]]), gatesScript(!single), GATES);
    attempts.push(outcome.attempt);
    if (outcome.kind !== 'written') return stopped(outcome, name, (file) => file, attempts);
    try {
      nets.push(readNetlist(name, outcome.text));
    } catch (error) {
      return refused(error, attempts);
    }
  }
  attempts.push(gold.attempt, gate.attempt);
  const differences = interfaceDifferences(nets[0]!, nets[1]!);
  if (differences.length > 0) {
    const diagnostics = differences.map((message): Diagnostic => ({ severity: 'error', message, file: request.gate.files[0]! }));
    return { verdict: { kind: 'malformed', reason: `the interfaces differ: ${differences.join('; ')}` }, diagnostics, attempts };
  }
  try {
    return { gold: systemOf('gold', nets[0]!), gate: systemOf('gate', nets[1]!), multiclock: !single, flat: { gold: gold.text, gate: gate.text }, attempts };
  } catch (error) {
    return refused(error, attempts);
  }
}

async function flatten(context: CheckContext, engine: EquivalenceEngine, name: string, side: EquivalenceSide): Promise<Flat | Stopped> {
  const files = new Map<string, Uint8Array>();
  const names = new Map<string, string>();
  try {
    const sources = await findSources(context.tree, side.files);
    // Files keep their places to each other, so that `include finds them as in the repository.
    for (const file of sources.files) {
      const path = sourceName(0, file);
      names.set(path, file);
      addFile(files, path, await context.read(file));
    }
  } catch (error) {
    return refused(error, []);
  }
  const folders = [...new Set([...names.keys()].map((path) => path.slice(0, path.lastIndexOf('/'))))];
  const outcome = await engine.run(`flatten ${name}`, files, flattenScript(side, side.files.map((file) => sourceName(0, file)), ['f0', ...folders.filter((folder) => folder !== 'f0')]), FLAT);
  if (outcome.kind !== 'written') return stopped(outcome, name, (path) => names.get(path) ?? path, [outcome.attempt]);
  const { clocks, modules, hasProcesses } = instrument(outcome.text, randomBytes(8).toString('hex'));
  // A top without contents counts as a black box, so as no module; its interface can still be compared.
  if (modules.length > 1 || hasProcesses)
    return { verdict: { kind: 'malformed', reason: `${name} has ${modules.length} modules after flattening where one is needed: name the top` }, diagnostics: [], attempts: [outcome.attempt] };
  return { text: outcome.text, attempt: outcome.attempt, clocks };
}

function stopped(outcome: Exclude<ScriptOutcome, { kind: 'written' }>, name: string, place: (path: string) => string, attempts: readonly Attempt[]): Stopped {
  if (outcome.kind === 'open') return { verdict: outcome.verdict, diagnostics: [], attempts };
  const { file, line, message } = outcome.error;
  const at = { line: line ?? 1, column: 1 };
  const diagnostic: Diagnostic = { severity: 'error', message, ...(file !== undefined && { file: place(file), range: { start: at, end: at } }) };
  return { verdict: { kind: 'malformed', reason: file === undefined ? `${name}: ${message}` : `${place(file)}:${at.line}: ${message}` }, diagnostics: [diagnostic], attempts };
}

function refused(error: unknown, attempts: readonly Attempt[]): Stopped {
  if (error instanceof InputError) return { verdict: { kind: 'malformed', reason: error.message }, diagnostics: [{ severity: 'error', message: error.message, file: error.file }], attempts };
  if (error instanceof RangeError) return { verdict: { kind: 'out-of-memory', reason: error.message }, diagnostics: [], attempts };
  throw error;
}
