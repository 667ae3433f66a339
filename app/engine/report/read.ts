/** Reads a ledger that `--json` wrote. What the file says is shown, not believed: re-checking is another command. */
import { readFileSync, statSync } from 'node:fs';
import { InputError, type Attempt } from '../../../toolchains/contract.ts';
import type { Verdict } from '../../../toolchains/verdict.ts';
import type { Ledger, LedgerEntry } from '../ledger/types.ts';
import { ledgerSchema, type LedgerJson } from './schema.ts';

/** A ledger of 100,000 obligations is about 300 MB. */
const MAXIMUM_BYTES = 1024 * 1024 * 1024;

/** @throws InputError where the file is no ledger */
export function readLedgerFile(path: string): Ledger {
  const fail = (problem: string): never => { throw new InputError(path, problem, 'It must be a file that "assay verify --json" wrote'); };
  let data: unknown;
  try {
    if (statSync(path).size > MAXIMUM_BYTES) fail('is larger than 1 GiB');
    data = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    return error instanceof InputError ? (() => { throw error; })() : fail(`cannot be read as JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  const parsed = ledgerSchema.safeParse(data);
  if (!parsed.success) return fail(`is no ledger: ${parsed.error.issues.slice(0, 3).map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ')}`);
  return ledgerOf(parsed.data);
}

export function ledgerOf(json: LedgerJson): Ledger {
  const limits = json.obligations.find((entry) => entry.evidence)?.evidence?.limits ?? { wallSeconds: 0, memoryMb: 0, effort: 1 };
  return {
    run: { id: json.run, command: json.command, root: json.root, startedAt: json.started, seconds: json.seconds, outcome: json.outcome, limits: limits as Ledger['run']['limits'] },
    machine: json.machine as Ledger['machine'], tools: json.tools,
    projects: json.projects.map((project) => ({ ...project, files: [], options: {}, executes: [] })),
    entries: json.obligations.map(entryOf), assumptions: json.assumptions, uncovered: json.uncovered, ...(json.commit ? { commit: json.commit } : {}),
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
