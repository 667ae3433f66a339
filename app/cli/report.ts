/** `assay report PATH|RUN`: what the ledger shows, frozen: a page to read and hand on, and files for other programs. Runs no tool. */
import { InputError } from '../../toolchains/contract.ts';
import { reportText } from '../engine/report/formats.ts';
import { headline, totalsOf } from '../engine/report/totals.ts';
import type { Engine } from '../engine/engine.ts';
import type { LedgerJson } from '../engine/report/schema.ts';
import { parseCommand, UsageError } from './arguments.ts';
import { currentLedger } from './named-run.ts';
import { withSession } from './session.ts';
import { writeWhole } from './write.ts';

const FORMATS = ['html', 'pdf', 'json', 'sarif', 'junit', 'badge'] as const;
const OPTIONS = { html: { type: 'string' }, pdf: { type: 'string' }, json: { type: 'string' }, sarif: { type: 'string' }, junit: { type: 'string' }, badge: { type: 'string' }, help: { type: 'boolean' } } as const;
/** Written where no format is asked for. */
const DEFAULT_PAGE = 'assay-report.html';

const HELP = `usage: assay report PATH|RUN [options]     without an option: --html ${DEFAULT_PAGE}
  PATH: a repository that was verified (its last run); RUN: an id, "last", "last~1", or a file that --json or report wrote
  --html FILE    one page, offline and searchable, with the whole ledger inside (assay recheck reads it)
  --pdf FILE     the same on paper, printed by an installed Chromium
  --json FILE|-  the ledger                     --sarif FILE|-  SARIF 2.1.0, for code hosts
  --junit FILE|- JUnit XML, for continuous integration    --badge FILE|-  a badge (SVG)
What changed on the disk since the run is marked stale.
exit: 0 written · 3 could not be written or made · 64 usage`;

export async function reportCommand(args: readonly string[]): Promise<number> {
  const command = parseCommand<keyof typeof OPTIONS>(args, OPTIONS);
  if (command.flag('help')) { process.stdout.write(`${HELP}\n`); return 0; }
  const [name, ...more] = command.positionals;
  if (name === undefined || more.length > 0) throw new UsageError('report wants one repository or run');
  const asked = FORMATS.flatMap((format) => { const target = command.text(format); return target === undefined ? [] : [{ format, target }]; });
  const wanted = asked.length > 0 ? asked : [{ format: 'html' as const, target: DEFAULT_PAGE }];
  if (wanted.filter(({ target }) => target === '-').length > 1) throw new UsageError('only one format can go to standard output');
  return withSession({}, async ({ engine, signal }) => {
    const ledger = await currentLedger(engine, name, signal);
    process.stderr.write(`${headline(totalsOf(ledger))}\n`);
    for (const { format, target } of wanted) {
      if (format === 'pdf') await writePdf(engine, ledger, target, signal);
      else await writeWhole(target, await reportText(format, ledger));
      if (target !== '-') process.stderr.write(`wrote ${target}\n`);
    }
    return 0;
  });
}

async function writePdf(engine: Engine, ledger: LedgerJson, target: string, signal: AbortSignal): Promise<void> {
  if (target === '-') throw new UsageError('--pdf wants a file');
  const { reportPage } = await import('../engine/report/page/page.ts');
  const { printPdf } = await import('../engine/report/pdf.ts');
  const printed = await printPdf(reportPage(ledger), target, engine.toolHost(), signal);
  if (printed.kind === 'no-browser') throw new InputError(target, 'no Chromium was found to print the PDF', printed.remedy);
  if (printed.kind === 'failed') throw new InputError(target, printed.reason, 'The HTML report can be printed from any browser');
}
