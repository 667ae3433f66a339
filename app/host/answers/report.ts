/** Answers about reports: made of what the ledger shows, held for the window to fetch, written nowhere. */
import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ReportFormat } from '../../contract.ts';
import { reportText } from '../../engine/report/formats.ts';
import { ledgerJson } from '../../engine/report/json.ts';
import type { LedgerJson } from '../../engine/report/schema.ts';
import { headline, totalsOf } from '../../engine/report/totals.ts';
import { sessionOf, type Answers, type HostState } from '../answers.ts';
import { refuse } from '../refusal.ts';
import { shownLedger } from '../report-ledger.ts';

/** The newest ones; a window fetches its own at once. */
const HELD = 4;
const KINDS: Readonly<Record<ReportFormat, { readonly ending: string; readonly type: string }>> = {
  html: { ending: 'html', type: 'text/html' }, pdf: { ending: 'pdf', type: 'application/pdf' }, json: { ending: 'json', type: 'application/json' },
  sarif: { ending: 'sarif', type: 'application/sarif+json' }, junit: { ending: 'xml', type: 'application/xml' }, badge: { ending: 'svg', type: 'image/svg+xml' },
};

export function reportAnswers(state: HostState): Answers<'report'> {
  const held = new Map<string, Buffer>();
  return {
    'report.make': async ({ repository, format, ids }, { signal }) => {
      const session = sessionOf(state, repository);
      const ledger = ledgerJson(shownLedger(session, ids && new Set(ids)), state.engine.toolchains);
      const content = format === 'pdf' ? await printed(state, ledger, signal) : Buffer.from(await reportText(format, ledger), 'utf8');
      const report = randomUUID();
      held.set(report, content);
      for (const old of [...held.keys()].slice(0, -HELD)) held.delete(old);
      const { ending, type } = KINDS[format];
      const name = session.name.replace(/[^\w.-]+/g, '-').replace(/^[-.]+/, '') || 'repository';
      return { report, format, name: `${name}-report.${ending}`, type, bytes: content.length, headline: headline(totalsOf(ledger)), obligations: ledger.obligations.length, madeAt: new Date().toISOString() };
    },
    'report.read': ({ report, offset, length }) => {
      const content = held.get(report);
      if (!content) return refuse('input', 'This report is not held any more', 'Make it again');
      return { total: content.length, base64: content.subarray(offset, offset + length).toString('base64') };
    },
  };
}

async function printed(state: HostState, ledger: LedgerJson, signal: AbortSignal): Promise<Buffer> {
  const { printPdf } = await import('../../engine/report/pdf.ts');
  const folder = await mkdtemp(join(state.engine.parts.workspaceRoot, 'report-'));
  try {
    const target = join(folder, 'report.pdf');
    const answer = await printPdf(await reportText('html', ledger), target, state.engine.toolHost(), signal);
    if (answer.kind === 'no-browser') return refuse('unsupported', 'A PDF is printed by an installed Chromium, and there is none', answer.remedy);
    if (answer.kind === 'failed') return refuse('input', `The PDF could not be printed: ${answer.reason}`, 'The HTML report can be printed from any browser');
    return await readFile(target);
  } finally { await rm(folder, { recursive: true, force: true, maxRetries: 3 }); }
}
