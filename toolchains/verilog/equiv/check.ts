/** Runs one equivalence check for the ledger: both designs, every output, one verdict over all of them. */
import type { Attempt, CheckContext, Diagnostic, ObligationResult } from '../../contract.ts';
import { REASON, type Verdict } from '../../verdict.ts';
import { joinVerdicts } from '../join.ts';
import { decideOutput, type OutputResult } from './decide.ts';
import { elaboratePair, type ElaboratedPair } from './elaborate.ts';
import { miterOf } from './miter.ts';
import { type EquivalenceRequest, fromJson } from './request.ts';
import { chooseEngine, type EquivalenceEngine } from './runner.ts';
import { secondOpinion } from './second.ts';

export async function checkEquivalence(context: CheckContext, chosen?: EquivalenceEngine): Promise<void> {
  const started = performance.now();
  const request = fromJson(context.unit.options);
  const obligation = context.unit.obligations[0]!;
  const report = (verdict: Verdict, attempts: readonly Attempt[], more: Partial<ObligationResult> = {}): void => {
    const [first, ...rest] = attempts;
    context.report({
      obligation, verdict, attempts: first ? [{ ...first, said: verdict }, ...rest] : [], diagnostics: [], confirmed: [],
      seconds: (performance.now() - started) / 1000, memoryMb: Math.max(0, ...attempts.map((attempt) => attempt.peakMemoryMb)), ...more,
    });
  };
  const engine = chosen ?? await chooseEngine(context);
  if (!engine) { report({ kind: 'tool-missing', reason: 'neither yosys with yosys-abc nor yosys in WebAssembly is there', remedy: 'Run npm install in the folder of Assay, or: apt install yosys' }, []); return; }
  const pair = await elaboratePair(context, engine, request);
  if ('verdict' in pair) { report(pair.verdict, pair.attempts, { diagnostics: pair.diagnostics }); return; }
  const miter = miterOf(pair.gold, pair.gate, { initial: request.initial });
  const diagnostics: Diagnostic[] = [];
  if (pair.multiclock) diagnostics.push({ severity: 'info', message: 'a step of the trace is a change of a clock, not a cycle: the designs have several clocks, or one that is not an input' });
  if (miter.free.gold.length + miter.free.gate.length > 0)
    diagnostics.push({ severity: 'info', message: `registers without an initial value start with anything (${miter.free.gold.length} bits in gold, ${miter.free.gate.length} in gate)${request.initial === 'matched' ? `; ${miter.free.paired} of the same name start equal` : ''}` });
  if (miter.outputs.length === 0) { report({ kind: 'nothing-to-prove', reason: 'the designs have no outputs' }, pair.attempts, { diagnostics }); return; }
  const results: OutputResult[] = [];
  for (const output of miter.outputs) {
    if (context.signal.aborted) { report({ kind: 'cancelled' }, pair.attempts, { diagnostics }); return; }
    results.push(await decideOutput(engine.checker, { ...pair, miter, depth: context.limits.depth ?? request.depth, seconds: context.limits.wallSeconds }, output));
  }
  const { verdict, index } = joinVerdicts(results.map((result) => result.verdict));
  const deciding = results[index]!;
  const attempts = [...deciding.attempts, ...results.filter((result) => result !== deciding).flatMap((result) => result.attempts), ...pair.attempts];
  const first = attempts[0]!;
  const one: Opinion = { verdict, used: engine.checker.name, attempts: [{ ...first, outputs: [...first.outputs, ...(deciding.evidence?.outputs ?? [])] }, ...attempts.slice(1)], results };
  const weighed = await withSecond(context, engine, pair, request, one, diagnostics);
  report(weighed.verdict, weighed.attempts, {
    diagnostics, used: weighed.used, parts: weighed.results.map((result) => ({ label: result.name, verdict: result.verdict })), ...(weighed.confirmed && { confirmed: [weighed.confirmed] }),
  });
}

interface Opinion {
  readonly verdict: Verdict;
  readonly used: string;
  readonly attempts: readonly Attempt[];
  readonly results: readonly OutputResult[];
  readonly confirmed?: ObligationResult['confirmed'][number];
}

/**
 * What is not refuted is asked of the second engine too: it confirms a proof, makes one where the first found none, and
 * where the two contradict each other neither is believed. It cannot be told of equal starts, so with those it is not asked.
 */
async function withSecond(context: CheckContext, engine: EquivalenceEngine, pair: ElaboratedPair, request: EquivalenceRequest, first: Opinion, diagnostics: Diagnostic[]): Promise<Opinion> {
  const { verdict } = first;
  if (context.limits.effort < 1 || request.initial !== 'free' || verdict.kind === 'refuted' || verdict.kind === 'cancelled' || context.signal.aborted) return first;
  const second = await secondOpinion(engine, pair.flat, pair.multiclock, context.limits.wallSeconds);
  const attempts = [...first.attempts, second.attempt];
  switch (second.answer.kind) {
    case 'open':
      diagnostics.push({ severity: 'info', message: `${second.name} has no second opinion: ${second.answer.why}` });
      return { ...first, attempts };
    case 'equal': {
      const how = `k-induction of length ${second.answer.length}`;
      if (verdict.kind === 'proved') return { ...first, attempts, confirmed: { by: second.name, how } };
      return { verdict: { kind: 'proved' }, used: `${second.name}, ${how}`, attempts: [second.attempt, ...first.attempts], results: first.results.map((result) => ({ ...result, verdict: { kind: 'proved' } })) };
    }
    case 'different': {
      const { steps } = second.answer;
      diagnostics.push({ severity: 'error', message: `${second.name} finds a difference in step ${steps - 1}; ${first.used} says ${verdict.kind === 'bounded' ? `that there is none in ${verdict.depth} steps` : verdict.kind}` });
      const contradicts = verdict.kind === 'proved' || (verdict.kind === 'bounded' && steps <= verdict.depth);
      return { ...first, attempts, verdict: { kind: 'unknown', reason: contradicts ? REASON.disputed : `${second.name} finds a difference in step ${steps - 1}, which was not replayed` } };
    }
  }
}
