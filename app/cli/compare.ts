/** A comparison of two runs, for people and as JSON: what got worse first. */
import type { Assumption } from '../../toolchains/contract.ts';
import { isWorse, type Comparison, type Pair, type Timed, type ToolChange } from '../engine/compare.ts';
import type { LedgerEntry, RunRecord } from '../engine/ledger/types.ts';
import { sentenceOf } from '../engine/report/sentence.ts';
import { printable } from '../engine/repository/printable.ts';
import { counted, duration } from './layout.ts';
import { glyph, paint, shape, type Role, type Style } from './style.ts';

const MAXIMUM_LISTED = 100;

export function renderComparison(comparison: Comparison, style: Style): string {
  const arrow = glyph(style, 'arrow');
  const pair = ({ before, after }: Pair): string =>
    `${shape(style, after.result.verdict)} ${placeAndName(after)}  ${printable(sentenceOf(before))} ${arrow} ${printable(sentenceOf(after))}${byWhat(before, after, arrow)}`;
  const single = (entry: LedgerEntry): string => `${shape(style, entry.result.verdict)} ${placeAndName(entry)}  ${printable(sentenceOf(entry))}`;
  const timed = ({ before, after, ratio }: Timed): string =>
    `${placeAndName(after)}  ${duration(before.result.seconds)} ${arrow} ${duration(after.result.seconds)}  ${(ratio > 1 ? ratio : 1 / ratio).toFixed(1)}${glyph(style, 'times')}${byWhat(before, after, arrow)}`;
  const assumption = (entry: Assumption): string => printable(`${entry.file}:${entry.range.start.line}  ${entry.kind}${entry.text === entry.kind ? '' : `  ${entry.text}`}${comparison.justified.has(entry.id) ? '  (signed)' : ''}`);
  const tool = ({ id, path, before, after }: ToolChange): string => printable(`${id}  ${before ?? 'not there'} ${arrow} ${after ?? 'gone'}  ${path}`);
  const sections = [
    `${paint(style, 'bold', 'Before')} ${describeRun(comparison.before)}\n${paint(style, 'bold', 'After')}  ${describeRun(comparison.after)}`,
    section(style, 'Newly failing', 'red', comparison.newlyFailing, pair),
    section(style, 'No longer shown', 'amber', comparison.lost, pair),
    section(style, 'New assumptions', 'amber', comparison.newAssumptions, assumption),
    section(style, 'No longer signed', 'amber', comparison.noLongerJustified, assumption),
    section(style, 'Slower', 'amber', comparison.slower, timed),
    section(style, 'Newly proved', 'green', comparison.newlyProved, pair),
    section(style, 'Otherwise changed', 'blue', comparison.otherwiseChanged, pair),
    section(style, 'New obligations', 'blue', comparison.added, single),
    section(style, 'Obligations that are gone', 'blue', comparison.removed, single),
    section(style, 'Assumptions that are gone', 'green', comparison.goneAssumptions, assumption),
    section(style, 'Faster', 'green', comparison.faster, timed),
    section(style, 'Tools', 'grey', comparison.tools, tool),
    comparison.caveats.map((caveat) => paint(style, 'grey', printable(caveat))).join('\n'),
    renderTotals(comparison, style),
  ];
  return `${sections.filter((text) => text !== '').join('\n\n')}\n`;
}

function section<T>(style: Style, title: string, role: Role, items: readonly T[], line: (item: T) => string): string {
  if (items.length === 0) return '';
  const lines = items.slice(0, MAXIMUM_LISTED).map((item) => `  ${line(item)}`);
  if (items.length > MAXIMUM_LISTED) lines.push(paint(style, 'grey', `  ${glyph(style, 'ellipsis')} and ${items.length - MAXIMUM_LISTED} more: --json has them all`));
  return [paint(style, role, `${title} (${items.length})`), ...lines].join('\n');
}

const placeAndName = ({ obligation }: LedgerEntry): string =>
  printable(`${obligation.file}:${obligation.range.start.line}  ${obligation.task === undefined ? '' : `${obligation.task}/`}${obligation.symbol}`);

const decider = (entry: LedgerEntry): string => {
  const [attempt] = entry.result.attempts;
  return attempt === undefined ? '' : `${attempt.tool} ${attempt.toolVersion}${attempt.solver === undefined ? '' : ` ${attempt.solver.id} ${attempt.solver.version}`}`;
};

/** Where another tool or version decided, that is the first suspect. */
function byWhat(before: LedgerEntry, after: LedgerEntry, arrow: string): string {
  const [was, is] = [decider(before), decider(after)];
  return was === is || was === '' || is === '' ? '' : `  (${printable(`${was} ${arrow} ${is}`)})`;
}

const describeRun = (run: RunRecord): string => printable(`${run.id}  ${run.startedAt.slice(0, 19).replace('T', ' ')}  ${run.root}${run.outcome === 'finished' ? '' : `  ${run.outcome}`}`);

function renderTotals(comparison: Comparison, style: Style): string {
  const verdict = isWorse(comparison) ? paint(style, 'red', 'Worse than before') : paint(style, 'green', 'Not worse than before');
  return `${verdict}: ${counted(comparison.unchanged, 'obligation')} unchanged`;
}

/** Schema 1 of `compare --json`: each list as in {@link Comparison}, entries shortened to what identifies and describes them. */
export function comparisonJson(comparison: Comparison): object {
  const run = ({ id, root, startedAt, seconds, outcome, command, limits }: RunRecord): object => ({ id, root, startedAt, seconds, outcome, command, limits });
  const entry = ({ obligation, result, cached, stale }: LedgerEntry): object => ({
    id: obligation.id, file: obligation.file, range: obligation.range, task: obligation.task, symbol: obligation.symbol,
    verdict: result.verdict, seconds: result.seconds, by: result.attempts[0] && { tool: result.attempts[0].tool, version: result.attempts[0].toolVersion, solver: result.attempts[0].solver }, cached, stale,
  });
  const pair = (both: Pair): object => ({ before: entry(both.before), after: entry(both.after) });
  const timed = (both: Timed): object => ({ ...pair(both), ratio: Math.round(both.ratio * 1_000) / 1_000 });
  return {
    schema: 1, worse: isWorse(comparison), before: run(comparison.before), after: run(comparison.after),
    newlyFailing: comparison.newlyFailing.map(pair), lost: comparison.lost.map(pair), newlyProved: comparison.newlyProved.map(pair),
    otherwiseChanged: comparison.otherwiseChanged.map(pair), added: comparison.added.map(entry), removed: comparison.removed.map(entry),
    newAssumptions: comparison.newAssumptions.map((one) => ({ ...one, justified: comparison.justified.has(one.id) })), goneAssumptions: comparison.goneAssumptions,
    noLongerJustified: comparison.noLongerJustified,
    slower: comparison.slower.map(timed), faster: comparison.faster.map(timed), tools: comparison.tools, caveats: comparison.caveats, unchanged: comparison.unchanged,
  };
}
