/** A small stand-in for the engine: runs a lane on sources given as text and collects what it settles. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { CheckContext, Diagnostic, Limits, Tool } from '../../../toolchains/contract.ts';
import { DEFAULT_TRACES, type ElaboratedProperty, type Lane, type Mode, type PreparedTask, type PropertyResult } from '../../../toolchains/verilog/design.ts';
import { readScriptLine } from '../../../toolchains/verilog/sby/commands.ts';
import { embeddedLane } from '../../../toolchains/verilog/embedded/lane.ts';
import { locateEmbedded } from '../../../toolchains/verilog/embedded/locate.ts';
import type { Verdict } from '../../../toolchains/verdict.ts';

export const LIMITS: Limits = { wallSeconds: 60, memoryMb: 4000, effort: 1 };

export async function embeddedTool(): Promise<Tool> {
  const found = await locateEmbedded({ hash: (path) => Promise.resolve(createHash('sha256').update(readFileSync(path)).digest('hex')) });
  if (!('fingerprint' in found)) throw new Error(found.why);
  return found;
}

export interface Collected {
  readonly verdicts: Record<string, Verdict>;
  readonly results: Map<string, PropertyResult>;
  readonly properties: readonly ElaboratedProperty[];
  readonly whole?: { readonly verdict: Verdict; readonly diagnostics: readonly Diagnostic[] };
}

export interface Source { readonly mode: Mode; readonly depth?: number; readonly top?: string; readonly script?: readonly string[]; readonly multiclock?: boolean; readonly skip?: number }

export function contextFor(tools: readonly Tool[], limits: Limits = LIMITS, signal = new AbortController().signal): CheckContext {
  const never = (): never => { throw new Error('not used here'); };
  return {
    tree: { root: '/', files: [], has: () => false, read: never }, project: never as never, unit: never as never, asked: [], limits, tools, trusted: false, signal,
    read: never, workspace: never, run: never, compute: (_job, body) => body(signal), discover: never, report: never,
  };
}

/** Another lane in its own context; `found` gets the kinds of its verdicts. */
export interface Other { readonly lane: Lane; readonly context: CheckContext; readonly found: Record<string, string> }

export async function checkEmbedded(files: Record<string, string>, source: Source, limits: Limits = LIMITS, signal?: AbortSignal, other?: Other): Promise<Collected> {
  const script = source.script ?? [`read_verilog -formal -sv ${Object.keys(files).join(' ')}`, `prep -top ${source.top ?? 'top'}`];
  const task: PreparedTask = {
    origin: 'test.sby', mode: source.mode, depth: source.depth ?? 20, skip: source.skip ?? 0, traces: DEFAULT_TRACES, multiclock: source.multiclock ?? false, assumeEarly: true, coverAssert: false, wait: false, notes: [], engines: [],
    script: script.map((text) => readScriptLine(text, 0)),
    files: Object.entries(files).map(([path, inline]) => ({ path, source: path, inline, lineOffset: 0 })), executesCode: false,
  };
  const verdicts: Record<string, Verdict> = {};
  const results = new Map<string, PropertyResult>();
  let properties: readonly ElaboratedProperty[] = [];
  let whole: Collected['whole'];
  await (other?.lane ?? embeddedLane).check(task, other?.context ?? contextFor([await embeddedTool()], limits, signal), {
    elaborated(found) { properties = found; },
    settle(property, result) {
      verdicts[property.name] = result.verdict;
      results.set(property.name, result);
      if (other) other.found[property.name] = result.verdict.kind;
    },
    all(verdict, diagnostics) { whole = { verdict, diagnostics }; },
    place: (place) => place,
  });
  return { verdicts, results, properties, whole };
}
