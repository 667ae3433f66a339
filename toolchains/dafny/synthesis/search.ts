/** Searches the goals of one unit: each method on its own, what is proved united and offered as one text. */
import { firstFit } from '../../locate.ts';
import type { Addition, Finding, Goal, SynthesisContext } from '../../synthesis.ts';
import { prepareConfirmation } from '../guard/confirm.ts';
import { Machine } from '../interpret/machine.ts';
import { unitPlan } from '../outline.ts';
import { includesOf } from '../source/cone.ts';
import { readSyntax } from '../syntax/program.ts';
import { Checker } from './checker.ts';
import { proposeMissing } from './drafts/missing.ts';
import { NAME as DRAFTS } from './drafts/propose.ts';
import { insert } from './edit.ts';
import { proveMethod, type MethodResult } from './method.ts';
import { Tally } from './tally.ts';

/** Of a proof task in the search: five seconds on an idle machine, whatever the load. */
const RESOURCE = 25_000_000, LIMIT_SECONDS = 30;
/** Of the time: what a model has for itself; the others get at least one look, whose messages it is told. */
const MODEL_SHARE = 0.55, ALONE_SHARE = 0.75, LEAST_SECONDS = 8;

export async function searchDafny(context: SynthesisContext): Promise<readonly Finding[]> {
  const [dafny, solver] = [firstFit(context.tools, 'dafny'), firstFit(context.tools, 'z3')];
  if (!dafny || !solver) return context.goals.map((goal) => untried(goal, 'dafny 4 and z3 are needed'));
  const plan = unitPlan(context.unit);
  const checker = new Checker({
    dafny, solver, memoryMb: context.limits.memoryMb, arguments: plan.arguments, libraries: plan.libraries, limitSeconds: LIMIT_SECONDS, resource: Math.min(RESOURCE, context.limits.resource ?? RESOURCE),
    spend: () => context.spend(), signal: context.signal,
    admitted: (body) => context.compute({ label: 'dafny server', obligations: context.goals.map((goal) => goal.obligation.id), cores: 1 }, body),
  });
  // What needs no model comes first, and leaves the rest of the time to it.
  const model = context.strategies.has(DRAFTS) ? context.model : undefined;
  const reserved = model ? context.secondsLeft() * (context.strategies.size > 1 ? MODEL_SHARE : ALONE_SHARE) : 0;
  const secondsLeft = (): number => Math.max(model ? LEAST_SECONDS : 0, context.secondsLeft() - reserved);
  // The guard's second half needs the base later; what it finds is kept.
  const prepared = checker.warm().then(() => prepareConfirmation(context));
  try {
    const byFile = new Map<string, Goal[]>();
    for (const goal of context.goals) { const list = byFile.get(goal.obligation.file); if (list) list.push(goal); else byFile.set(goal.obligation.file, [goal]); }
    const findings: Finding[] = [];
    const files = new Map<string, string>();
    const proves: string[] = [], additions: Addition[] = [];
    for (const [path, goals] of byFile) {
      const text = (await context.read(path)).toString('utf8');
      if (includesOf(text).length > 0) { findings.push(...goals.map((goal) => untried(goal, 'a file that includes others is not searched'))); continue; }
      findings.push(...await searchFile(path, text, goals, files, proves, additions));
    }
    return model ? await proposeMissing(context, model, checker, findings, { files, proves, additions }) : findings;
  } finally { await Promise.all([checker.dispose(), prepared]); }

  async function searchFile(path: string, text: string, goals: readonly Goal[], files: Map<string, string>, proves: string[], accepted: Addition[]): Promise<Finding[]> {
    const syntax = readSyntax(path, text);
    const machine = new Machine(syntax);
    const findings: Finding[] = [];
    const proofs: { goal: Goal; result: MethodResult }[] = [];
    for (const [index, goal] of goals.entries()) {
      const callable = syntax.callables.find((one) => one.path === goal.obligation.symbol);
      if (!callable) { findings.push(untried(goal, 'it is no method, lemma or function that the search can read')); continue; }
      // Each gets its share of what is left, and what it does not use goes to the next ones.
      const end = performance.now() + (secondsLeft() / (goals.length - index) ** 0.7) * 1000;
      context.report(`${goal.obligation.symbol}: searching`);
      const tally = new Tally(goal.obligation.id, (step) => { context.step(step); });
      const result = await proveMethod({ checker, syntax, machine, callable, tally, families: context.strategies, secondsLeft: () => Math.min(context.secondsLeft(), (end - performance.now()) / 1000), isWrong: () => context.refuted(goal.obligation.id) });
      proofs.push({ goal, result });
      findings.push({
        obligation: goal.obligation.id, proved: result.proved, candidates: result.tried, passes: result.passes, open: result.open, notes: result.notes,
        strongest: result.proof.slice(0, 12).map((one) => one.text),
      });
    }
    const done = proofs.filter(({ result }) => result.proved);
    if (done.length === 0) return findings;
    for (const pick of [(result: MethodResult) => result.proof, (result: MethodResult) => result.whole]) {
      const candidates = done.flatMap(({ goal, result }) => pick(result).map((candidate) => ({ candidate, goal })));
      const own = candidates.map(({ candidate, goal }): Addition => ({ strategy: candidate.family, text: candidate.text, obligation: goal.obligation.id }));
      const answer = await context.offer({
        files: new Map([...files, [path, insert(text, candidates.map((one) => one.candidate)).text]]), proves: [...proves, ...done.map(({ goal }) => goal.obligation.id)],
        additions: [...accepted, ...own],
      });
      if (answer.kind === 'accepted') {
        files.set(path, insert(text, candidates.map((one) => one.candidate)).text);
        proves.push(...done.map(({ goal }) => goal.obligation.id));
        accepted.push(...own);
        return findings;
      }
      if (context.secondsLeft() <= 0) break;
    }
    return findings.map((finding) => (finding.proved ? { ...finding, proved: false, notes: [...finding.notes, 'a proof was found and refused'] } : finding));
  }
}

function untried(goal: Goal, why: string): Finding {
  return { obligation: goal.obligation.id, proved: false, candidates: 0, passes: 0, strongest: [], open: goal.diagnostics, notes: [why] };
}
