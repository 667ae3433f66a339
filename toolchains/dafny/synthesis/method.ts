/** The proof of one method: candidates of its loops, tier after tier through Houdini, then what asserts can add. */
import type { Diagnostic } from '../../contract.ts';
import type { Machine } from '../interpret/machine.ts';
import { collectTraces } from '../interpret/traces.ts';
import type { Syntax } from '../syntax/program.ts';
import { freeNames } from '../syntax/substitute.ts';
import type { Callable } from '../syntax/tree.ts';
import { visitStatements } from '../syntax/visit.ts';
import { assumed, type Candidate } from './candidate.ts';
import type { Checker } from './checker.ts';
import type { Muting } from './edit.ts';
import { candidatesOf } from './generate.ts';
import * as cases from './families/cases.ts';
import * as induction from './families/induction.ts';
import * as lemmas from './families/lemmas.ts';
import * as measures from './families/measures.ts';
import * as steps from './families/steps.ts';
import * as witnesses from './families/witnesses.ts';
import { houdini, type HoudiniResult } from './houdini.ts';
import { shrink } from './shrink.ts';
import { describeSite, loopsOf, type Site } from './site.ts';
import type { Tally } from './tally.ts';

export interface MethodRequest {
  readonly checker: Checker;
  readonly syntax: Syntax;
  readonly machine: Machine;
  readonly callable: Callable;
  readonly families: ReadonlySet<string>;
  readonly secondsLeft: () => number;
  readonly tally?: Tally;
  /** Asked where runs broke the specification. */
  readonly isWrong: () => Promise<boolean>;
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

const FIRST_TIER = 40, BATCH = 18, MOST_FALLEN = 40, STEPS = 60;
const TERMINATION = /prove termination|decreases (?:clause|expression)/;
/** A pass ends by its resources; the wall is for a machine that has no time for it. */
const PASS_SECONDS = 40, RUNS = 60, TRACE_MILLISECONDS = 900, GENERATE_MILLISECONDS = 2500;

export async function proveMethod(request: MethodRequest): Promise<MethodResult> {
  const { checker, syntax, machine, callable, secondsLeft } = request;
  const base = syntax.file.text;
  const muted = mutingAllBut(syntax, callable);
  const loops = loopsOf(callable);
  const notes: string[] = [];
  const traces = loops.length > 0 ? collectTraces(machine, callable, { runs: RUNS, milliseconds: TRACE_MILLISECONDS }) : undefined;
  if (traces) notes.push(`${traces.runs} runs on small inputs${traces.lost > 0 ? `, ${traces.lost} of them not followed (${traces.reason ?? ''})` : ''}`);
  if (traces && traces.violations > 0) {
    notes.push(`${traces.violations} of the runs broke the specification or failed: the program may be wrong${traces.violation === undefined ? '' : ` (${traces.violation})`}`);
    if (await request.isWrong()) return { proved: false, proof: [], whole: [], open: [], tried: 0, passes: 0, notes: [...notes, 'a run of the compiled program shows it: no proof was searched'] };
  }
  const sites = loops.map(({ loop }) => describeSite(syntax, machine, callable, loop, traces?.byLoop.get(loop)?.states ?? []));
  const all: Candidate[][] = [];
  for (const site of sites) all.push(candidatesOf(site, request.families, GENERATE_MILLISECONDS / sites.length, carriedInto(site, sites, all)));
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
  while (!proved && secondsLeft() > 3 && rest.length > 0) proved = await run([...fallen.slice(0, MOST_FALLEN), ...rest.splice(0, batchOf(rest))]);
  const isOpen = (pattern: RegExp): boolean => (last?.open ?? []).some((one) => pattern.test(one.message));
  if (!proved && isOpen(TERMINATION) && request.families.has(measures.NAME)) proved = await oneByOne(loops.length > 0 ? sites.flatMap(measures.measuresOf) : measures.recursionMeasures(callable, base));
  // What only a proof has: each kind with all that fell before and may hold beside it.
  const proofSteps = [[steps.NAME, steps.stepsOf], [induction.NAME, induction.hypothesesOf], [lemmas.NAME, lemmas.lemmaCalls], [witnesses.NAME, witnesses.witnessesOf], [cases.NAME, cases.casesOf], [witnesses.NAME, witnesses.mentionsOf]] as const;
  for (const [family, propose] of proofSteps) {
    if (proved || !request.families.has(family)) continue;
    const own = [...propose({ syntax, callable, sites, open: last?.open ?? [] })];
    while (!proved && own.length > 0 && secondsLeft() > 2) proved = await run([...fallen.filter((one) => one.kind === 'invariant').slice(0, MOST_FALLEN), ...own.splice(0, STEPS)]);
  }
  notes.push(`${tiers.length} candidates held in all states, ${tried} were checked in ${passes} passes, ${kept.length} are inductive`);
  if (!proved) return { proved, proof: kept, whole: kept, open: last?.open ?? [], tried, passes, notes };
  const end = performance.now() + Math.min(8, secondsLeft() / 3) * 1000;
  const proof = await shrink(checker, base, muted, kept, { plain: last?.plain ?? false, secondsLeft: () => (end - performance.now()) / 1000, wallSeconds: PASS_SECONDS });
  return { proved, proof, whole: kept, open: [], tried, passes, notes };
}

/** How many of the next ones are asked together: claims over pairs of elements are the dear ones. */
function batchOf(candidates: readonly Candidate[]): number {
  let weight = 0;
  const count = candidates.findIndex((one) => (weight += one.claim?.kind === 'quantifier' ? one.claim.variables.length : 1 / 2) > BATCH);
  return count < 0 ? candidates.length : Math.max(1, count);
}

/** What may hold at the loops around it and speaks of what it changes: Dafny forgets that inside. */
function carriedInto(site: Site, sites: readonly Site[], known: readonly (readonly Candidate[])[]): Candidate[] {
  const changed = new Set([...site.modified, ...site.written]);
  return known.flatMap((candidates, at) => (site.outer.includes(sites[at]!.loop) ? candidates.filter((one) => one.tier <= 1 && one.claim && [...freeNames(one.claim)].some((name) => changed.has(name))) : []));
}

function byOrder(one: Candidate, other: Candidate): number { return one.tier - other.tier || one.order - other.order || one.text.length - other.text.length; }

/** Tells the checker of a search to leave out all other bodies, and to assume the assertions of this one behind their checks. */
export function mutingAllBut(syntax: Syntax, callable: Callable): Muting[] {
  const own: Muting[] = [];
  if (callable.body) visitStatements(callable.body, (statement) => { if (statement.kind !== 'assert' || statement.by) return; const text = assumed(statement.condition); if (!/[\r\n]|\/[/*]/.test(text)) own.push({ offset: statement.end, text: ` ${text} `, apart: true }); });
  return [...own, ...others(syntax, callable)];
}

function others(syntax: Syntax, callable: Callable): Muting[] {
  return syntax.callables.filter((one) => one !== callable && one.name !== '_ctor').flatMap((one) => {
    const declaration = syntax.file.declarations.find((other) => other.path === one.path && syntax.file.tokens[other.first]!.start === one.start);
    return declaration ? [{ offset: syntax.file.tokens[declaration.nameToken]!.start, text: '{:verify false} ' }] : [];
  });
}
