/** Checks one CNF file: parse, hand the private copy to engines as the effort says, weigh what they said. */
import { statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError, type CheckContext, type Diagnostic, type ObligationResult, type Tool } from '../contract.ts';
import { race } from '../race.ts';
import type { Verdict } from '../verdict.ts';
import type { Outcome, Question } from './attempt.ts';
import { parseDimacs, type Parsed } from './dimacs.ts';
import { attemptEmbedded } from './embedded-attempt.ts';
import { EMBEDDED, ENGINES, engineOf } from './engines.ts';
import { attemptNative } from './native.ts';
import { weigh } from './weigh.ts';
import { writeFormula } from './write-dimacs.ts';

/** A certificate may take this much disk, and never more than this share of what is free. */
const PROOF_LIMIT_BYTES = 2 ** 30, FREE_SHARE = 0.25;
/** Engines in turn: after so many ran out of time or memory, a further one seldom helps. */
const SPENT_ATTEMPTS = 2;
const RACED = 3;
/** Seeds of the further attempts from effort 3 on; 0 is each solver's own. */
const SEEDS = [1, 2];

type Attempting = (signal: AbortSignal) => Promise<Outcome>;

export async function check(context: CheckContext): Promise<void> {
  const obligation = context.asked[0]?.id ?? context.unit.obligations[0];
  const file = context.unit.inputs.files[0];
  if (obligation === undefined || file === undefined) return;
  const parsed = await parse(context, file);
  if (!parsed.ok) return context.report(malformed(obligation, file, parsed));
  const attempts = (question: Question): Attempting[] => planned(question, usable(context.tools), context.limits.effort);
  if (usable(context.tools).length === 0)
    return context.report(without({ kind: 'tool-missing', reason: 'no SAT solver was found', remedy: ENGINES[0]!.remedy }, obligation));
  if (context.signal.aborted) return context.report(without({ kind: 'cancelled' }, obligation));

  const workspace = await context.workspace();
  const formulaPath = join(workspace, 'formula.cnf');
  await writeFormula(formulaPath, parsed.formula);
  const space = await statfs(workspace);
  const proofLimitBytes = Math.min(PROOF_LIMIT_BYTES, space.bavail * space.bsize * FREE_SHARE);
  const outcomes = await ask(attempts({ context, formula: parsed.formula, formulaPath, proofLimitBytes }), context);
  context.report(weigh(obligation, outcomes, context.limits.expect));
}

async function parse(context: CheckContext, file: string): Promise<Parsed> {
  try {
    return parseDimacs(await context.read(file));
  } catch (error) {
    if (error instanceof InputError) return { ok: false, line: 1, problem: error.message };
    throw error;
  }
}

/** One tool an engine, the first on PATH; the embedded one last. */
function usable(tools: readonly Tool[]): Tool[] {
  const fit = tools.filter((tool) => tool.unfit === undefined);
  return [...ENGINES.map((engine) => engine.id), EMBEDDED].flatMap((id) => fit.find((tool) => tool.id === id) ?? []);
}

function planned(question: Question, tools: readonly Tool[], effort: number): Attempting[] {
  const attempt = (tool: Tool, seed: number): Attempting => {
    const engine = engineOf(tool.id);
    return engine ? (signal) => attemptNative(question, engine, tool, seed, signal) : (signal) => attemptEmbedded(question, tool, signal);
  };
  const own = tools.map((tool) => attempt(tool, 0));
  switch (effort) {
    case 0: return own.slice(0, 1);
    case 1: return own;
    case 2: return own.slice(0, RACED);
    default: return [...own, ...tools.slice(0, 1).filter((tool) => !tool.embedded).flatMap((tool) => SEEDS.map((seed) => attempt(tool, seed)))];
  }
}

async function ask(attempts: readonly Attempting[], context: CheckContext): Promise<readonly Outcome[]> {
  if (context.limits.effort >= 2) return (await race(attempts, (outcome) => outcome.answer !== undefined, context.signal)).all;
  const outcomes: Outcome[] = [];
  let spent = 0;
  for (const attempt of attempts) {
    const outcome = await attempt(context.signal);
    outcomes.push(outcome);
    if (outcome.open.kind === 'timeout' || outcome.open.kind === 'out-of-memory') spent++;
    if (outcome.answer !== undefined || context.signal.aborted || spent >= SPENT_ATTEMPTS) break;
  }
  return outcomes;
}

function malformed(obligation: string, file: string, parsed: { readonly line: number; readonly problem: string }): ObligationResult {
  const place = { line: parsed.line, column: 1 };
  const diagnostic: Diagnostic = { severity: 'error', message: parsed.problem, file, range: { start: place, end: place }, obligation };
  return { ...without({ kind: 'malformed', reason: `${file}:${parsed.line}: ${parsed.problem}` }, obligation), diagnostics: [diagnostic] };
}

/** A verdict without any run. */
function without(verdict: Verdict, obligation: string): ObligationResult {
  return { obligation, verdict, diagnostics: [], attempts: [], confirmed: [], seconds: 0, memoryMb: 0 };
}
