/** `assay recheck REPORT`: every claim of a report checked again by fresh runs on the sources; 0 only where all of them hold. */
import { existsSync, statSync } from 'node:fs';
import type { Limits } from '../../toolchains/contract.ts';
import { judge, isClaim, type Judgement } from '../engine/report/claims.ts';
import { DEFAULT_MEMORY_MB, EFFORT_WALL_SECONDS } from '../engine/limits.ts';
import { reportPage } from '../engine/report/page/page.ts';
import { readReport } from '../engine/report/read.ts';
import type { LedgerJson } from '../engine/report/schema.ts';
import { printable } from '../engine/repository/printable.ts';
import { version } from '../engine/version.ts';
import { parseCommand, UsageError } from './arguments.ts';
import { counted } from './layout.ts';
import { openProgress } from './progress.ts';
import { peopleStream, withSession, type Session } from './session.ts';
import { paint, styleFor, type Style } from './style.ts';
import { writeWhole } from './write.ts';

const OPTIONS = { root: { type: 'string' }, json: { type: 'string' }, trust: { type: 'boolean' }, 'no-progress': { type: 'boolean' }, help: { type: 'boolean' } } as const;
const HELP = `usage: assay recheck REPORT [options]     REPORT: a page of "assay report", or a ledger that --json wrote
  --root PATH    where the sources are (default: where the report says)
  --trust        the repository's own code may run, this time (in the sandbox)
  --json FILE|-  every claim with its outcome      --no-progress  no live line
exit: 0 every claim holds again · 1 one does not · 2 one could not be decided · 3 one could not be checked · 64 usage · 130 cancelled`;

export async function recheckCommand(args: readonly string[]): Promise<number> {
  const command = parseCommand<keyof typeof OPTIONS>(args, OPTIONS);
  if (command.flag('help')) { process.stdout.write(`${HELP}\n`); return 0; }
  const [file, ...more] = command.positionals;
  if (file === undefined || more.length > 0) throw new UsageError('recheck wants one report');
  const { ledger, page } = readReport(file);
  const root = command.text('root') ?? ledger.root;
  if (!existsSync(root)) throw new UsageError(`the sources are not at ${root}: say where with --root`);
  const json = command.text('json'), out = peopleStream(json), style = styleFor(out);
  const edited = page !== undefined && ledger.assay === version && reportPage(ledger) !== page;
  return withSession({}, async (session) => {
    const judgement = await runAgain(session, ledger, { root, trusted: command.flag('trust'), showProgress: !command.flag('no-progress') });
    if (json !== undefined) await writeWhole(json, `${JSON.stringify(judgementJson(file, judgement, edited), null, 1)}\n`);
    out.write(render(judgement, { edited, otherVersion: page !== undefined && ledger.assay !== version ? ledger.assay : undefined }, style));
    return session.signal.aborted ? 130 : exitOf(judgement, edited);
  });
}

interface AgainOptions { readonly root: string; readonly trusted: boolean; readonly showProgress: boolean }

async function runAgain({ engine, signal }: Session, ledger: LedgerJson, { root, trusted, showProgress }: AgainOptions): Promise<Judgement> {
  const opened = await engine.plan({ path: root, trusted, signal });
  const progress = openProgress({ stream: process.stderr, enabled: showProgress && process.stderr.isTTY === true });
  try {
    const claims = ledger.obligations.filter(isClaim);
    const selection = (ledger.notAsked ?? 0) > 0 ? { ids: new Set(claims.map((claim) => claim.id)) } : {};
    const { ledger: fresh } = await progress.during(engine, () => engine.verify(opened, {
      limits: limitsOf(ledger), selection, fresh: true, trusted, command: ['assay', 'recheck'], recheckShare: 0, signal, onEvent: (event) => { progress.event(event); },
    }));
    progress.clear();
    const paths = [...new Set(claims.flatMap((claim) => claim.evidence?.inputs.map((input) => input.path) ?? []))];
    const folder = statSync(opened.repository.root).isDirectory() ? opened.repository.root : root;
    const hashes = await engine.parts.files.hashFiles(folder, paths, signal);
    return judge(ledger, fresh, new Map(hashes.map((input) => [input.path, input.sha256])));
  } finally {
    progress.close();
    await opened.repository.dispose();
  }
}

/** The largest that any evidence names: a claim may not fail because less was allowed. */
function limitsOf(ledger: LedgerJson): Limits {
  const all = ledger.obligations.flatMap(({ evidence }) => (evidence ? [evidence.limits] : []));
  const effort = Math.max(1, ...all.map((limits) => limits.effort)) as Limits['effort'];
  const depths = all.flatMap((limits) => (limits.depth === undefined ? [] : [limits.depth])), resources = all.flatMap((limits) => (limits.resource === undefined ? [] : [limits.resource]));
  const expect = all.find((limits) => limits.expect)?.expect;
  return {
    effort, wallSeconds: Math.max(EFFORT_WALL_SECONDS[effort], ...all.map((limits) => limits.wallSeconds)), memoryMb: Math.max(DEFAULT_MEMORY_MB, ...all.map((limits) => limits.memoryMb)),
    ...(depths.length > 0 ? { depth: Math.max(...depths) } : {}), ...(resources.length > 0 ? { resource: Math.max(...resources) } : {}), ...(expect ? { expect } : {}),
  };
}

function exitOf({ claims, leftOut }: Judgement, edited: boolean): number {
  const any = (...kinds: readonly Judgement['claims'][number]['outcome']['kind'][]): boolean => claims.some(({ outcome }) => kinds.includes(outcome.kind));
  if (edited || leftOut.length > 0 || any('contradicted', 'weaker', 'input-changed')) return 1;
  if (claims.length === 0 || any('unchecked')) return 3;
  return any('undecided') ? 2 : 0;
}

function render({ claims, leftOut }: Judgement, page: { readonly edited: boolean; readonly otherVersion: string | undefined }, style: Style): string {
  const lines: string[] = [];
  if (page.edited) lines.push(paint(style, 'red', 'The page does not say what its own ledger says: it was changed after it was made'));
  if (page.otherVersion !== undefined) lines.push(paint(style, 'grey', `The page was made by Assay ${printable(page.otherVersion)}; only the ledger inside it was checked, not its words`));
  for (const { claim, outcome } of claims) {
    if (outcome.kind === 'holds') continue;
    const role = outcome.kind === 'undecided' ? 'amber' : 'red';
    lines.push(`${printable(`${claim.file}:${claim.range.start.line}`)}  ${printable(claim.symbol)}  said ${claim.verdict.kind}: ${paint(style, role, outcome.kind)}, ${printable(outcome.why)}`);
  }
  for (const { obligation, result } of leftOut) lines.push(`${printable(`${obligation.file}:${obligation.range.start.line}`)}  ${printable(obligation.symbol)}  ${paint(style, 'red', 'left out of the report')}: ${result.verdict.kind}`);
  const held = claims.filter(({ outcome }) => outcome.kind === 'holds').length;
  const all = held === claims.length && leftOut.length === 0 && !page.edited && claims.length > 0;
  lines.push(paint(style, all ? 'green' : 'red', claims.length === 0 ? 'The report claims nothing' : `${held} of ${counted(claims.length, 'claim')} ${held === 1 ? 'holds' : 'hold'} again`));
  return `${lines.join('\n')}\n`;
}

function judgementJson(report: string, { claims, leftOut }: Judgement, edited: boolean): object {
  return {
    schema: 1, report, edited,
    claims: claims.map(({ claim, outcome }) => ({ id: claim.id, file: claim.file, symbol: claim.symbol, said: claim.verdict.kind, outcome })),
    leftOut: leftOut.map(({ obligation, result }) => ({ id: obligation.id, file: obligation.file, verdict: result.verdict.kind })),
  };
}
