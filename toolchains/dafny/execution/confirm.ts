/**
 * Suggested counterexamples are tried: the program is compiled with a main method that calls the failing callable, and run in
 * the sandbox. Refuted is only what the tool could not show and what, for inputs that satisfy every precondition, was seen to be
 * false; not where anything that it uses is assumed or unproved, since then the run may not be one of the program.
 */
import { randomBytes } from 'node:crypto';
import { copyFile, mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Attempt, CheckContext, Tool } from '../../contract.ts';
import { firstFit } from '../../locate.ts';
import { classOf, REASON, type NamedValue, type Verdict } from '../../verdict.ts';
import { compileCopy } from '../compile.ts';
import { copyProgram } from '../copy.ts';
import { closureOf, type Program } from '../program.ts';
import type { RunOutcome } from '../report.ts';
import { readSyntax } from '../syntax/program.ts';
import type { Callable, Clause, Statement } from '../syntax/tree.ts';
import { visitStatements } from '../syntax/visit.ts';
import type { SymbolOutcome } from '../weigh.ts';
import { harness, readShown, type Assertion, type Shown } from './harness.ts';
import { inputsFor, type Input } from './inputs.ts';

export const CONFIRMED_FROM = 2;
/** Each takes some two seconds of compiling. */
const MOST_SYMBOLS = 10;
const RUN_SECONDS = 10, RUN_MEMORY_MB = 1024;
const OUTPUT_BYTES = 1024 * 1024;
const POSTCONDITION = /postcondition could not be proved/, ASSERTION = /^assertion might not hold/;
const TRIED = new Set<Callable['kind']>(['method', 'lemma', 'function', 'predicate']);
const OTHER_MEANING = new Set(['twostate', 'least', 'greatest', 'inductive', 'abstract']);

/** @param tried ids of what was run already, before more of what it uses was proved */
export async function confirmCounterexamples(context: CheckContext, program: Program, outcomes: readonly RunOutcome[], dafny: Tool, tried: Set<string>): Promise<RunOutcome[]> {
  const node = firstFit(context.tools, 'node');
  if (context.limits.effort < CONFIRMED_FROM || !node) return [];
  const all = outcomes.flatMap((outcome) => outcome.symbols);
  const isFine = (id: string): boolean => all.some((one) => one.obligation.id === id && (classOf(one.verdict.kind) === 'green' || one.verdict.kind === 'nothing-to-prove') && !(one.symbol?.trusted ?? true));
  const failed = new Map<string, SymbolOutcome>();
  for (const one of all) {
    const { id } = one.obligation;
    if (one.verdict.kind === 'failed' && !tried.has(id) && one.verdict.reason !== REASON.vacuous && !isFine(id) && (failed.get(id)?.verdict as Failed | undefined)?.counterexample === undefined) failed.set(id, one);
  }
  const confirmed: RunOutcome[] = [];
  for (const symbol of [...failed.values()].slice(0, MOST_SYMBOLS)) {
    if (context.signal.aborted) break;
    const used = closureOf(symbol.obligation.id, program.uses);
    if (symbol.obligation.assumptions.length > 0 || ![...used].every((id) => id === symbol.obligation.id || isFine(id))) continue;
    tried.add(symbol.obligation.id);
    const outcome = await confirmOne(context, symbol, { dafny, node });
    if (outcome) confirmed.push(outcome);
  }
  return confirmed;
}

type Failed = Extract<Verdict, { kind: 'failed' }>;
interface Claims { readonly callable: Callable; readonly ensures: readonly Clause[]; readonly assertions: readonly Assertion[] }

async function confirmOne(context: CheckContext, outcome: SymbolOutcome, tools: { readonly dafny: Tool; readonly node: Tool }): Promise<RunOutcome | undefined> {
  const claims = claimsOf(outcome);
  if (!claims) return undefined;
  const verdict = outcome.verdict as Failed;
  const inputs = inputsFor(claims.callable.parameters, verdict.counterexample?.values ?? []);
  if (!inputs) return undefined;
  const nonce = randomBytes(8).toString('hex');
  let text: string | undefined;
  const copy = await copyProgram(context, 'execution', (path, content) => {
    if (path !== outcome.obligation.file) return content;
    text = harness({ text: content, ...claims, inputs, nonce });
    return text ?? content;
  });
  if (!copy || text === undefined) return undefined;
  const { obligation } = outcome;
  const common = { obligations: [obligation.id], expectedMemoryMb: context.unit.expectedMemoryMb };
  const program = join(copy.folder, 'program');
  const compiled = await compileCopy(context, { dafny: tools.dafny, copy, output: program, runtime: true, obligations: [obligation.id], label: `dafny ${obligation.symbol} to run` });
  if (compiled.exit.reason !== 'exited' || compiled.exit.code !== 0) return undefined;
  const library = join(copy.folder, 'node_modules', 'bignumber.js');
  await mkdir(library, { recursive: true });
  await copyFile(createRequire(import.meta.url).resolve('bignumber.js'), join(library, 'index.js'));
  const result = await context.run({
    ...common, tool: tools.node, cwd: copy.folder, args: [`${program}.js`], label: `run of ${obligation.symbol}`, learnKey: `${context.unit.id} execution`, expectedMemoryMb: 100,
    limits: { wallSeconds: RUN_SECONDS, memoryMb: RUN_MEMORY_MB, outputBytes: OUTPUT_BYTES, floodBytes: OUTPUT_BYTES * 4 }, sandbox: { readOnly: [copy.folder], writable: [] },
  });
  if (result.exit.reason !== 'exited' || result.stdout.truncated) return undefined;
  const shown = readShown(result.stdout.content.toString('utf8'), nonce);
  if (!shown) return undefined;
  const refuted = verdictOf(shown, claims, inputs, outcome);
  const content = Buffer.from(text);
  const { node } = tools;
  const attempt: Attempt = {
    tool: node.id, toolVersion: node.version, fingerprint: node.fingerprint, argv: result.argv, cwd: result.cwd, env: result.env, exit: result.exit, limits: context.limits, startedAt: result.startedAt,
    seconds: result.seconds, peakMemoryMb: result.peakMemoryMb, said: refuted,
    outputs: [{ name: 'stdout', ...result.stdout }, { name: `confirm-${nonce}.dfy`, content, bytes: content.length, truncated: false }],
  };
  return { attempt, partial: new Set([obligation.id]), diagnostics: [], symbols: [{ ...outcome, verdict: refuted }] };
}

/** Undefined where anything else failed too, or where it cannot be called from outside. */
function claimsOf({ symbol, diagnostics }: SymbolOutcome): Claims | undefined {
  if (!symbol) return undefined;
  const { declaration, file } = symbol;
  const { container } = declaration;
  if ((container && container.kind !== 'module') || declaration.modifiers.some((word) => OTHER_MEANING.has(word)) || container?.modifiers.includes('abstract')) return undefined;
  const callable = readSyntax(file.path, file.text).callables.find((one) => one.start === file.tokens[declaration.first]!.start);
  if (!callable || !TRIED.has(callable.kind) || (callable.ghost && callable.kind !== 'lemma') || callable.typeParameters.length > 0) return undefined;
  if ([...callable.parameters, ...callable.results].some((one) => one.ghost) || (callable.kind === 'lemma' && callable.results.length > 0)) return undefined;
  if (/\bby\s+method\b/.test(file.text.slice(callable.start, callable.end))) return undefined;
  const offsetOf = (place: { readonly line: number; readonly column: number }): number => file.places.offset(place);
  const ensures = new Set<Clause>();
  const assertions = new Set<Assertion>();
  for (const error of diagnostics.filter((one) => one.severity === 'error')) {
    if (POSTCONDITION.test(error.message)) {
      const places = [error, ...error.notes ?? []].filter((one) => one.file === file.path && one.range).map((one) => offsetOf(one.range!.start));
      const clauses = callable.clauses.filter((clause) => clause.kind === 'ensures' && places.some((place) => clause.start <= place && place < clause.end));
      if (clauses.length === 0) return undefined;
      for (const clause of clauses) ensures.add(clause);
    } else if (ASSERTION.test(error.message) && error.file === file.path && error.range && callable.body && callable.kind === 'method') {
      const place = offsetOf(error.range.start);
      let found: Assertion | undefined;
      visitStatements(callable.body, (statement: Statement) => { if (statement.kind === 'assert' && statement.start <= place && place < statement.end && !statement.by) found = statement; });
      if (!found || !/^assert\s*$/.test(file.text.slice(found.start, found.condition.start)) || !/^\s*;$/.test(file.text.slice(found.condition.end, found.end))) return undefined;
      assertions.add(found);
    } else return undefined;
  }
  return ensures.size + assertions.size > 0 ? { callable, ensures: [...ensures], assertions: [...assertions] } : undefined;
}

function verdictOf(shown: Shown, { callable, ensures, assertions }: Claims, inputs: readonly Input[], { symbol }: SymbolOutcome): Verdict {
  const { file, range } = symbol!;
  const values = callable.parameters.map((one, at): NamedValue => ({ name: one.name, value: inputs[shown.input]![at]!, file: file.path, line: range.start.line }));
  const place = shown.kind === 'false' ? ensures[shown.ensures]! : assertions[shown.assertion]!;
  const what = shown.kind === 'false' ? (callable.kind === 'lemma' ? 'its claim is false' : 'its postcondition is false after a run') : 'an assertion is false in a run';
  return { kind: 'refuted', reason: `${what} (line ${file.places.at(place.start).line})`, counterexample: { status: 'checked', values } };
}
