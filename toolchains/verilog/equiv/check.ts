/** Runs one equivalence check for the ledger: both designs, every output, one verdict over all of them. */
import type { Attempt, CheckContext, Diagnostic, ObligationResult } from '../../contract.ts';
import type { Verdict } from '../../verdict.ts';
import { joinVerdicts } from '../join.ts';
import { decideOutput, type OutputResult } from './decide.ts';
import { elaboratePair } from './elaborate.ts';
import { miterOf } from './miter.ts';
import { fromJson } from './request.ts';
import { chooseEngine, type EquivalenceEngine } from './runner.ts';

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
  report(verdict, [{ ...first, outputs: [...first.outputs, ...(deciding.evidence?.outputs ?? [])] }, ...attempts.slice(1)], {
    diagnostics, used: engine.checker.name, parts: results.map((result) => ({ label: result.name, verdict: result.verdict })),
  });
}
