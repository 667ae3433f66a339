/**
 * The ledger for people. Rows stand in the order of files and places; what needs a look is always shown in full,
 * what is fine is folded in large ledgers. Every text that comes from a repository or a tool is escaped first.
 */
import type { Assumption, Uncovered } from '../../toolchains/contract.ts';
import { classOf, VERDICT_KINDS } from '../../toolchains/verdict.ts';
import { isAsExpected } from '../engine/exit-code.ts';
import type { Ledger, LedgerEntry } from '../engine/ledger/types.ts';
import { bySubject } from '../engine/justify/resolve.ts';
import type { Justifications } from '../engine/justify/types.ts';
import { inOrder } from '../engine/report/json.ts';
import { SUMMARY_WORDS } from '../contract/verdict-words.ts';
import { printable } from '../engine/repository/printable.ts';
import { counted, duration } from './layout.ts';
import { renderJustifications, signatureWords } from './render-justifications.ts';
import { renderRows } from './render-rows.ts';
import { glyph, paint, roleOf, shape, type Style } from './style.ts';

export interface LedgerView {
  readonly style: Style;
  readonly notices?: readonly string[];
  /** Rows up to which green ones are shown one by one. */
  readonly maximumRows?: number;
}

/** A few screens; beyond it nobody reads row by row, and `--json` has them all. */
const MAXIMUM_ROWS = 200;
const MAXIMUM_LISTED = 20;

export function renderLedger(ledger: Ledger, view: LedgerView): string {
  const { style } = view;
  const entries = inOrder(ledger.entries);
  const sections = [
    renderTable(entries, style, view.maximumRows ?? MAXIMUM_ROWS),
    renderSignedFailures(entries, ledger.justifications, style),
    renderAssumptions(ledger.assumptions, style, ledger.justifications),
    renderJustifications(ledger.justifications, style),
    renderUncovered(ledger.uncovered, style),
    (view.notices ?? []).map((notice) => paint(style, 'grey', printable(notice))).join('\n'),
    renderSummary(ledger, style),
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

function renderTable(entries: readonly LedgerEntry[], style: Style, maximum: number): string {
  if (entries.length <= maximum) return renderRows(entries, style).join('\n');
  const shown = entries.filter((entry) => classOf(entry.result.verdict.kind) !== 'green' || entry.stale || entry.voided !== undefined);
  const kept = shown.slice(0, maximum);
  const lines = renderRows(kept, style);
  const green = entries.length - shown.length;
  const folded: string[] = [];
  if (shown.length > kept.length) folded.push(`${counted(shown.length - kept.length, 'more row')} that ${shown.length - kept.length === 1 ? 'needs' : 'need'} a look`);
  if (green > 0) folded.push(`${counted(green, 'green row')}`);
  if (folded.length > 0) lines.push(paint(style, 'grey', `${glyph(style, 'ellipsis')} and ${folded.join(', and ')}: --json has them all`));
  return lines.join('\n');
}

export function renderAssumptions(assumptions: readonly Assumption[], style: Style, justifications?: Justifications): string {
  if (assumptions.length === 0) return '';
  const signed = bySubject(justifications);
  const valid = assumptions.filter((assumption) => signed.get(assumption.id)?.state === 'valid').length;
  // What nobody signed comes first.
  const ordered = [...assumptions].sort((a, b) => Number(signed.get(a.id)?.state === 'valid') - Number(signed.get(b.id)?.state === 'valid'));
  const lines = ordered.slice(0, MAXIMUM_LISTED).map((assumption) =>
    `  ${printable(`${assumption.file}:${assumption.range.start.line}`)}  ${paint(style, 'amber', printable(assumption.kind))}${assumption.text === assumption.kind ? '' : `  ${printable(assumption.text)}`}${signed.has(assumption.id) ? `  ${signatureWords(signed.get(assumption.id), style)}` : ''}`);
  return [heading(style, `Taken on trust: ${counted(assumptions.length, 'assumption')}${valid === 0 ? '' : `, ${valid} signed`}`), ...lines, ...more(style, assumptions.length)].join('\n');
}

/** A failure that is signed is a failure: it stands in its row, and here with who signed it. */
function renderSignedFailures(entries: readonly LedgerEntry[], justifications: Justifications | undefined, style: Style): string {
  const signed = bySubject(justifications);
  const lines = entries.flatMap(({ obligation }) => { const found = signed.get(obligation.id); return found ? [`  ${printable(`${obligation.file}:${obligation.range.start.line}  ${obligation.symbol}`)}  ${signatureWords(found, style)}`] : []; });
  return lines.length === 0 ? '' : [heading(style, `Failures that reviewers know: ${lines.length}`), ...lines.slice(0, MAXIMUM_LISTED), ...more(style, lines.length)].join('\n');
}

export function renderUncovered(uncovered: readonly Uncovered[], style: Style): string {
  if (uncovered.length === 0) return '';
  const lines = uncovered.slice(0, MAXIMUM_LISTED).map((entry) =>
    `  ${printable(entry.file)}${entry.symbol === undefined ? '' : ` ${printable(entry.symbol)}`}  ${paint(style, 'grey', printable(entry.why))}`);
  return [heading(style, `Not covered: ${counted(uncovered.length, 'place')}`), ...lines, ...more(style, uncovered.length)].join('\n');
}

export const heading = (style: Style, text: string): string => paint(style, 'bold', text);

function more(style: Style, total: number): string[] {
  return total <= MAXIMUM_LISTED ? [] : [paint(style, 'grey', `  ${glyph(style, 'ellipsis')} and ${total - MAXIMUM_LISTED} more: --json has them all`)];
}

/** The last line: what a person reads first. */
function renderSummary(ledger: Ledger, style: Style): string {
  const { entries, run } = ledger;
  const parts = VERDICT_KINDS.flatMap((kind) => {
    const of = entries.filter((entry) => entry.result.verdict.kind === kind);
    return of.length === 0 ? [] : [`${shape(style, { kind })} ${paint(style, roleOf(kind), `${of.length} ${SUMMARY_WORDS[kind]}`)}${remarks(of)}`];
  });
  const what = entries.length === 0 ? 'No obligation found' : counted(entries.length, 'obligation');
  const time = run.seconds === undefined ? '' : ` in ${duration(run.seconds)}`;
  const outcome = run.outcome === 'finished' ? '' : `  ${paint(style, 'amber', run.outcome)}`;
  return `${heading(style, `${what}${time}`)}${parts.length === 0 ? '' : `  ${parts.join('  ')}`}${outcome}`;
}

function remarks(entries: readonly LedgerEntry[]): string {
  const assumed = entries.filter((entry) => classOf(entry.result.verdict.kind) === 'green' && entry.obligation.assumptions.length > 0).length;
  const remarks = [
    [entries.filter(isAsExpected).length, 'as the file expects'],
    [assumed, 'under assumptions'], [entries.filter((entry) => entry.cached).length, 'cached'], [entries.filter((entry) => entry.stale).length, 'stale'],
  ] as const;
  const said = remarks.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`);
  return said.length === 0 ? '' : ` (${said.join(', ')})`;
}
