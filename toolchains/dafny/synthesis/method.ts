/** The proof of one method: candidates of its loops, tier after tier through Houdini, then what asserts can add. */
import type { Diagnostic } from '../../contract.ts';
import type { Machine } from '../interpret/machine.ts';
import { collectTraces } from '../interpret/traces.ts';
import type { Syntax } from '../syntax/program.ts';
import type { Callable } from '../syntax/tree.ts';
import type { Candidate } from './candidate.ts';
import type { Checker } from './checker.ts';
import type { Muting } from './edit.ts';
import { candidatesOf } from './generate.ts';
import * as measures from './families/measures.ts';
import * as steps from './families/steps.ts';
import { houdini, type HoudiniResult } from './houdini.ts';
import { shrink } from './shrink.ts';
import { describeSite, loopsOf } from './site.ts';
import type { Tally } from './tally.ts';

export interface MethodRequest {
  readonly checker: Checker;
  readonly syntax: Syntax;
  readonly machine: Machine;
  readonly callable: Callable;
  readonly families: ReadonlySet<string>;
  readonly secondsLeft: () => number;
  readonly tally?: Tally;
}

export interface MethodResult {
  readonly proved: boolean;
  readonly proof: readonly Candidate[];
  /** Before what is not needed was removed. */
  readonly whole: readonly Candidate[];
  readonly open: readonly Diagnostic[];
  readonly tried: number;
  readonly passes: number;
  readonly notes: readonly string[];
}

const FIRST_TIER = 40, BATCH = 30, MOST_FALLEN = 40;
const TERMINATION = /prove termination|decreases (?:clause|expression)/;
const PASS_SECONDS = 20, RUNS = 60, TRACE_MILLISECONDS = 900, GENERATE_MILLISECONDS = 2500;

export async function proveMethod(request: MethodRequest): Promise<MethodResult> {
  const { checker, syntax, machine, callable, secondsLeft } = request;
  const base = syntax.file.text;
  const muted = mutingAllBut(syntax, callable);
  const loops = loopsOf(callable);
  const notes: string[] = [];
  const traces = loops.length > 0 ? collectTraces(machine, callable, { runs: RUNS, milliseconds: TRACE_MILLISECONDS }) : undefined;
  if (traces) notes.push(`${traces.runs} runs on small inputs${traces.lost > 0 ? `, ${traces.lost} of them not followed (${traces.reason ?? ''})` : ''}`);
  if (traces && traces.violations > 0) notes.push(`${traces.violations} of the runs broke the specification or failed: the program may be wrong`);
  const sites = loops.map(({ loop }) => describeSite(syntax, machine, callable, loop, traces?.byLoop.get(loop)?.states ?? []));
  const all = sites.map((site) => candidatesOf(site, request.families, GENERATE_MILLISECONDS / sites.length));
  const tiers = all.flat();
  request.tally?.offer(tiers);
  let kept: readonly Candidate[] = [];
  // What fell holds on all runs, and may be inductive beside what comes later.
  let fallen: readonly Candidate[] = [];
  let passes = 0, tried = 0;
  let last: HoudiniResult | undefined;
  const run = async (candidates: readonly Candidate[]): Promise<boolean> => {
    last = await houdini({ checker, base, muted, kept, candidates, secondsLeft, wallSeconds: PASS_SECONDS, onPass: (...pass) => request.tally?.pass(...pass) });
    passes += last.passes;
    tried += candidates.length;
    kept = last.survivors;
    fallen = last.dropped;
    return last.proved;
  };
  /** Only one measure can stand; the first that ends the complaint is kept. */
  const oneByOne = async (candidates: readonly Candidate[]): Promise<boolean> => {
    for (const one of candidates) {
      if (secondsLeft() < 1) break;
      const answer = await checker.check(base, [...kept, one], { muted, wallSeconds: Math.min(PASS_SECONDS, secondsLeft()) });
      passes++;
      tried++;
      request.tally?.pass([...kept, one], answer.failed, answer.open);
      if (answer.failed.size > 0 || answer.end === 'refused' || answer.open.some((diagnostic) => TERMINATION.test(diagnostic.message))) continue;
      return run([one]);
    }
    return false;
  };
  const firsts = all.flatMap((list) => list.filter((one) => one.tier === 0).sort(byOrder).slice(0, Math.max(16, Math.floor(FIRST_TIER / Math.max(1, all.length)))));
  let proved = await run(firsts);
  const done = new Set(firsts);
  const rest = tiers.filter((one) => !done.has(one)).sort(byOrder);
  while (!proved && secondsLeft() > 3 && rest.length > 0) proved = await run([...fallen.slice(0, MOST_FALLEN), ...rest.splice(0, BATCH)]);
  const isOpen = (pattern: RegExp): boolean => (last?.open ?? []).some((one) => pattern.test(one.message));
  const usesSteps = request.families.has(steps.NAME);
  if (!proved && isOpen(TERMINATION) && request.families.has(measures.NAME)) proved = await oneByOne(loops.length > 0 ? sites.flatMap(measures.measuresOf) : measures.recursionMeasures(callable, base));
  if (!proved && usesSteps && secondsLeft() > 2) {
    const help = { syntax, callable, sites, open: last?.open ?? [] };
    const own = steps.stepsOf(help);
    if (own.length > 0) proved = await run([...fallen.slice(0, MOST_FALLEN), ...own]);
    if (!proved && secondsLeft() > 2) { const more = steps.mentionsOf(help); if (more.length > 0) proved = await run(more); }
  }
  notes.push(`${tiers.length} candidates held in all states, ${tried} were checked in ${passes} passes, ${kept.length} are inductive`);
  if (!proved) return { proved, proof: kept, whole: kept, open: last?.open ?? [], tried, passes, notes };
  const end = performance.now() + Math.min(8, secondsLeft() / 3) * 1000;
  const proof = await shrink(checker, base, muted, kept, { secondsLeft: () => (end - performance.now()) / 1000, wallSeconds: PASS_SECONDS });
  return { proved, proof, whole: kept, open: [], tried, passes, notes };
}

function byOrder(one: Candidate, other: Candidate): number { return one.tier - other.tier || one.order - other.order || one.text.length - other.text.length; }

/** Tells the checker of a search to leave out all other bodies. */
export function mutingAllBut(syntax: Syntax, callable: Callable): Muting[] {
  return syntax.callables.filter((one) => one !== callable && one.name !== '_ctor').flatMap((one) => {
    const declaration = syntax.file.declarations.find((other) => other.path === one.path && syntax.file.tokens[other.first]!.start === one.start);
    return declaration ? [{ offset: syntax.file.tokens[declaration.nameToken]!.start, text: '{:verify false} ' }] : [];
  });
}
