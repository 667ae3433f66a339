/** Turns a ledger into the JSON of `--json`; obligations by file, then by place. Adds nothing that the ledger does not hold. */
import { createHash } from 'node:crypto';
import type { Attempt, Output, Toolchain } from '../../../toolchains/contract.ts';
import { bySubject } from '../justify/resolve.ts';
import type { Ledger, LedgerEntry } from '../ledger/types.ts';
import type { LedgerJson } from './schema.ts';
import { summarise } from './summary.ts';
import { version } from '../version.ts';

type ObligationJson = LedgerJson['obligations'][number];
type AttemptJson = NonNullable<NonNullable<ObligationJson['evidence']>['attempts']>[number];

/** @param toolchains for the one-line commands; without them `reproduce` is left out */
export function ledgerJson(ledger: Ledger, toolchains: readonly Toolchain[] = []): LedgerJson {
  const byId = new Map(toolchains.map((toolchain) => [toolchain.id, toolchain]));
  const signed = bySubject(ledger.justifications);
  const signedBy = (id: string): { justification?: LedgerJson['assumptions'][number]['justification'] } => {
    const found = signed.get(id);
    if (!found) return {};
    const { reviewer, reason, date, state, why, line } = found;
    return { justification: { reviewer, reason, date, state, ...(why === undefined ? {} : { why }), ...(line === undefined ? {} : { line }) } };
  };
  return {
    schema: 1, assay: version, run: ledger.run.id, command: [...ledger.run.command], root: ledger.run.root, ...(ledger.notAsked ? { notAsked: ledger.notAsked } : {}), ...(ledger.commit ? { commit: { ...ledger.commit } } : {}),
    started: ledger.run.startedAt, seconds: ledger.run.seconds ?? 0, outcome: ledger.run.outcome, machine: { ...ledger.machine },
    tools: ledger.tools.map((tool) => ({ ...tool })),
    projects: ledger.projects.map(({ id, toolchain, root, name }) => ({ id, toolchain, root, name })),
    obligations: inOrder(ledger.entries).map((entry) => ({ ...obligationJson(entry, byId.get(entry.obligation.toolchain)), ...signedBy(entry.obligation.id) })),
    assumptions: ledger.assumptions.map((assumption) => ({ ...assumption, ...signedBy(assumption.id) })),
    ...(ledger.justifications ? { justifications: copy(ledger.justifications) as LedgerJson['justifications'] } : {}),
    uncovered: ledger.uncovered.map((entry) => ({ ...entry })),
    summary: summarise(ledger.entries),
  };
}

/** By file, then by place, then by symbol and task. */
export function inOrder(entries: readonly LedgerEntry[]): LedgerEntry[] {
  const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
  return [...entries].sort((a, b) => compare(a.obligation.file, b.obligation.file)
    || a.obligation.range.start.line - b.obligation.range.start.line
    || a.obligation.range.start.column - b.obligation.range.start.column
    || compare(a.obligation.task ?? '', b.obligation.task ?? '')
    || compare(a.obligation.symbol, b.obligation.symbol));
}

export function obligationJson(entry: LedgerEntry, toolchain: Toolchain | undefined): ObligationJson {
  const { obligation, result } = entry;
  const [deciding, ...others] = result.attempts;
  const attemptOf = (attempt: Attempt): AttemptJson => attemptJson(attempt, toolchain?.reproduce(attempt, obligation));
  const witness = 'counterexample' in result.verdict ? result.verdict.counterexample?.witness : undefined;
  return {
    id: obligation.id, project: obligation.project, toolchain: obligation.toolchain, task: obligation.task, symbol: obligation.symbol,
    kind: obligation.kind, file: obligation.file, range: obligation.range, specification: obligation.specification,
    uses: obligation.uses && [...obligation.uses], usesScope: obligation.usesScope, verdict: copy(result.verdict) as ObligationJson['verdict'],
    parts: result.parts && (copy(result.parts) as ObligationJson['parts']),
    expected: obligation.expected && [...obligation.expected], goal: obligation.goal,
    stale: entry.stale, cached: entry.cached, ...(entry.voided ? { voided: { ...entry.voided } } : {}), confirmed: result.confirmed.map((entry) => ({ ...entry })),
    assumptions: [...obligation.assumptions], assumptionScope: obligation.assumptionScope,
    seconds: rounded(result.seconds), memoryMb: rounded(result.memoryMb), diagnostics: copy(result.diagnostics) as ObligationJson['diagnostics'],
    evidence: deciding && {
      ...attemptOf(deciding), inputs: entry.inputs.map((input) => ({ ...input })), witness, certificate: result.certificate && { ...result.certificate },
      asked: result.asked, used: result.used, ...(others.length > 0 ? { attempts: others.map(attemptOf) } : {}),
    },
  };
}

function attemptJson(attempt: Attempt, reproduce: string | undefined): AttemptJson {
  return {
    argv: [...attempt.argv], cwd: attempt.cwd, env: { ...attempt.env }, exit: { ...attempt.exit },
    tool: { id: attempt.tool, version: attempt.toolVersion, fingerprint: attempt.fingerprint },
    solver: attempt.solver && { ...attempt.solver }, limits: { ...attempt.limits },
    outputs: attempt.outputs.map((output) => ({ name: output.name, sha256: hashOf(output), bytes: output.bytes, truncated: output.truncated })),
    startedAt: attempt.startedAt, seconds: rounded(attempt.seconds), memoryMb: rounded(attempt.peakMemoryMb),
    said: attempt.said && (copy(attempt.said) as ObligationJson['verdict']), reproduce,
  };
}

/** A result read back from the store carries the hash in place of the bytes. */
function hashOf(output: Output & { readonly sha256?: string }): string {
  return output.sha256 ?? createHash('sha256').update(output.content).digest('hex');
}

const copy = <T>(value: T): T => structuredClone(value);
const rounded = (value: number): number => Math.round(value * 1000) / 1000;
