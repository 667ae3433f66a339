/** A ledger as JUnit XML, as continuous integration reads it: a suite a file, a case an obligation. Only what holds now and is green passes. */
import { classOf } from '../../../toolchains/verdict.ts';
import { escaped } from './page/markup.ts';
import { entryOf } from './read.ts';
import type { LedgerJson } from './schema.ts';
import { sentenceOf } from './sentence.ts';
import { holds, type ObligationJson } from './totals.ts';
import { isAsExpected } from '../exit-code.ts';

type Fate = 'passed' | 'failure' | 'error' | 'skipped';

export function junit(ledger: LedgerJson): string {
  const files = new Map<string, ObligationJson[]>();
  for (const entry of ledger.obligations) { const known = files.get(entry.file); if (known) known.push(entry); else files.set(entry.file, [entry]); }
  const suites = [...files].map(([file, entries]) => `  <testsuite name="${escaped(file)}" ${countsOf(entries)}>\n${entries.map(testCase).join('')}  </testsuite>\n`);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="assay" ${countsOf(ledger.obligations)}>\n${suites.join('')}</testsuites>\n`;
}

function countsOf(entries: readonly ObligationJson[]): string {
  const count = (fate: Fate): number => entries.filter((entry) => fateOf(entry) === fate).length;
  const seconds = entries.reduce((sum, entry) => sum + entry.seconds, 0);
  return `tests="${entries.length}" failures="${count('failure')}" errors="${count('error')}" skipped="${count('skipped')}" time="${seconds.toFixed(3)}"`;
}

function testCase(entry: ObligationJson): string {
  const name = entry.task === undefined ? entry.symbol : `${entry.task}/${entry.symbol}`;
  const open = `    <testcase classname="${escaped(entry.file)}" name="${escaped(name)}" file="${escaped(entry.file)}" line="${entry.range.start.line}" time="${entry.seconds.toFixed(3)}"`;
  const fate = fateOf(entry);
  if (fate === 'passed') return `${open}/>\n`;
  const words = escaped(sentenceOf(entryOf(entry)) + (holds(entry) ? '' : entry.voided ? ' (void)' : ' (stale)'));
  if (fate === 'skipped') return `${open}><skipped message="${words}"/></testcase>\n`;
  const text = entry.diagnostics.map((diagnostic) => `${diagnostic.file ?? ''}${diagnostic.range ? `:${diagnostic.range.start.line}` : ''}: ${diagnostic.message}`).join('\n');
  return `${open}><${fate} type="${entry.verdict.kind}" message="${words}">${escaped(text)}</${fate}></testcase>\n`;
}

function fateOf(entry: ObligationJson): Fate {
  if (!holds(entry)) return 'error';
  if (isAsExpected(entryOf(entry))) return 'passed';
  switch (classOf(entry.verdict.kind)) {
    case 'green': return 'passed';
    case 'red': return 'failure';
    case 'none': return 'skipped';
    case 'open': return entry.verdict.kind === 'not-run' || entry.verdict.kind === 'cancelled' ? 'skipped' : 'error';
    case 'unchecked': return 'error';
  }
}
