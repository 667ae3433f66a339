/** Reads a ledger that `--json` wrote. What the file says is shown, not believed: re-checking is another command. */
import { readFileSync, statSync } from 'node:fs';
import { InputError, type Attempt } from '../../../toolchains/contract.ts';
import type { Verdict } from '../../../toolchains/verdict.ts';
import type { Ledger, LedgerEntry } from '../ledger/types.ts';
import { embeddedIn } from './page/embedded.ts';
import { ledgerSchema, type LedgerJson } from './schema.ts';

/** A ledger of 100,000 obligations is about 300 MB. */
const MAXIMUM_BYTES = 1024 * 1024 * 1024;



/** Of a file that `--json` wrote, or from inside a report page. @throws InputError where it is neither */
export function readLedgerJson(path: string): LedgerJson { return readReport(path).ledger; }

/** @returns the ledger, and the page's own text where the file is a page */
export function readReport(path: string): { readonly ledger: LedgerJson; readonly page?: string } {
  const fail = (problem: string): never => { throw new InputError(path, problem, 'It must be a file that "assay verify --json" or "assay report" wrote'); };
  let text: string;
  try {
    if (statSync(path).size > MAXIMUM_BYTES) fail('is larger than 1 GiB');
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof InputError) throw error;
    return fail(`cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
  const inside = text.startsWith('<') ? embeddedIn(path, text) : undefined;
  if (text.startsWith('<') && inside === undefined) return fail('holds no ledger');
  let data: unknown;
  try {
    data = JSON.parse(inside ?? text);
  } catch (error) {
    return fail(`cannot be read as JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  const parsed = ledgerSchema.safeParse(data);
  if (!parsed.success) return fail(`is no ledger: ${parsed.error.issues.slice(0, 3).map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ')}`);
  // As it was written: parsing orders fields anew, and the page that it makes must be the same to the byte.
  return { ledger: data as LedgerJson, ...(inside === undefined ? {} : { page: text }) };
}

export function ledgerOf(json: LedgerJson): Ledger {
  const limits = json.obligations.find((entry) => entry.evidence)?.evidence?.limits ?? { wallSeconds: 0, memoryMb: 0, effort: 1 };
  return {
    run: { id: json.run, command: json.command, root: json.root, startedAt: json.started, seconds: json.seconds, outcome: json.outcome, limits: limits as Ledger['run']['limits'] },
    machine: json.machine as Ledger['machine'], tools: json.tools,
    projects: json.projects.map((project) => ({ ...project, files: [], options: {}, executes: [] })),
    entries: json.obligations.map(entryOf), assumptions: json.assumptions.map(({ justification: _signed, ...assumption }) => assumption), uncovered: json.uncovered, ...(json.notAsked ? { notAsked: json.notAsked } : {}), ...(json.commit ? { commit: json.commit } : {}),
    ...(json.justifications ? { justifications: json.justifications } : {}),
  };
}

/** Of one obligation of a ledger that was read: without the bytes of its outputs. */
export function entryOf(json: LedgerJson['obligations'][number]): LedgerEntry {
  const { evidence } = json;
  return {
    obligation: {
      id: json.id, project: json.project, toolchain: json.toolchain, symbol: json.symbol, kind: json.kind, file: json.file, range: json.range,
      assumptions: json.assumptions, assumptionScope: json.assumptionScope,
      ...(json.uses && json.usesScope ? { uses: json.uses, usesScope: json.usesScope } : {}), ...(json.specification ? { specification: json.specification } : {}),
      ...(json.task === undefined ? {} : { task: json.task }), ...(json.expected ? { expected: json.expected } : {}), ...(json.goal ? { goal: json.goal } : {}),
    },
    result: {
      obligation: json.id, verdict: json.verdict as Verdict, diagnostics: json.diagnostics, confirmed: json.confirmed,
      attempts: evidence ? [evidence, ...(evidence.attempts ?? [])].map(attemptOf) : [], seconds: json.seconds, memoryMb: json.memoryMb,
    },
    stale: json.stale, cached: json.cached, ...(json.voided ? { voided: json.voided } : {}), at: evidence?.startedAt ?? '', inputs: evidence?.inputs ?? [],
  };
}

function attemptOf(json: NonNullable<NonNullable<LedgerJson['obligations'][number]['evidence']>['attempts']>[number]): Attempt {
  return {
    tool: json.tool.id, toolVersion: json.tool.version, fingerprint: json.tool.fingerprint, argv: json.argv, cwd: json.cwd, env: json.env,
    exit: json.exit as Attempt['exit'], limits: json.limits as Attempt['limits'], startedAt: json.startedAt, seconds: json.seconds, peakMemoryMb: json.memoryMb,
    outputs: json.outputs.map((output) => ({ ...output, content: Buffer.alloc(0) })), ...(json.solver ? { solver: json.solver } : {}),
  };
}
