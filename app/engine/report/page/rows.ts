/** The obligations of a report, by file and place; each opens to its evidence. */
import type { LedgerJson } from '../schema.ts';
import { needsALook, type ObligationJson } from '../totals.ts';
import { markup, Markup } from './markup.ts';
import { shellWord } from '../../../../toolchains/shell.ts';
import { flagsOf, verdictMark } from './verdict.ts';

type AttemptJson = NonNullable<NonNullable<ObligationJson['evidence']>['attempts']>[number];
type CounterexampleJson = NonNullable<ObligationJson['verdict']['counterexample']>;

/** More are in the ledger inside the page. */
const MAXIMUM_VALUES = 40, MAXIMUM_DIAGNOSTICS = 20, MAXIMUM_INPUTS = 40;

export interface RowContext {
  readonly sentence: (entry: ObligationJson) => string;
  /** Number of an assumption in the list of the page. */
  readonly assumption: ReadonlyMap<string, number>;
  /** Larger ledgers show the evidence only of what needs a look; the rest is in the ledger inside the page. */
  readonly withEvidence: (entry: ObligationJson) => boolean;
}

export function obligationRows(ledger: LedgerJson, context: RowContext): Markup {
  const rows: Markup[] = [];
  let file: string | undefined;
  ledger.obligations.forEach((entry, at) => {
    if (entry.file !== file) { file = entry.file; rows.push(markup`<h3 class="file mono">${file}</h3>`); }
    rows.push(row(entry, at, context));
  });
  return markup`${rows}`;
}

function row(entry: ObligationJson, at: number, context: RowContext): Markup {
  const name = entry.task === undefined ? entry.symbol : `${entry.task}/${entry.symbol}`;
  return markup`<details class="row${(entry.stale || entry.voided !== undefined) && ' old'}" id="o${at}"${needsALook(entry) && new Markup(' data-look')}><summary><span>${entry.range.start.line}</span><code>${name}</code><span class="claim">${verdictMark(entry, context.sentence(entry))}${flagsOf(entry)}</span><span>${duration(entry.seconds)}</span></summary><div class="more">${details(entry, context)}</div></details>
`;
}

function details(entry: ObligationJson, context: RowContext): Markup {
  const { evidence } = entry;
  return markup`<dl><dt>obligation</dt><dd class="mono">${entry.id}</dd><dt>kind</dt><dd>${entry.kind}${entry.expected !== undefined && `, the file expects ${entry.expected.join(' or ')}`}</dd>${
    entry.voided && markup`<dt>void</dt><dd>${entry.voided.reason} (${entry.voided.at})</dd>`}${
    entry.confirmed.map((one) => markup`<dt>confirmed</dt><dd>${one.by}: ${one.how}</dd>`)}${
    entry.assumptions.length > 0 && markup`<dt>rests on</dt><dd>${assumptionLinks(entry, context)}</dd>`}</dl>${
    entry.diagnostics.slice(0, MAXIMUM_DIAGNOSTICS).map(diagnosticText)}${
    entry.verdict.counterexample && values(entry.verdict.counterexample)}${
    entry.parts !== undefined && entry.parts.length > 0 && parts(entry.parts)}${
    evidence === undefined ? markup`<p class="faint">Nothing was run for it.</p>` : context.withEvidence(entry) ? evidenceText(evidence) : markup`<p class="faint">Its evidence is in the ledger inside this page.</p>`}`;
}

function assumptionLinks(entry: ObligationJson, context: RowContext): Markup {
  const most = entry.assumptionScope === 'project' ? 'at most (all of its project) ' : '';
  return markup`${most}${entry.assumptions.map((id, at) => {
    const number = context.assumption.get(id);
    return markup`${at > 0 && ', '}${number === undefined ? markup`<code>${id}</code>` : markup`<a href="#a${number}">A${number}</a>`}`;
  })}`;
}

function diagnosticText({ severity, message, file, range, code, notes }: ObligationJson['diagnostics'][number]): Markup {
  const place = file === undefined ? '' : `${file}${range === undefined ? '' : `:${range.start.line}:${range.start.column}`}: `;
  const more = (notes ?? []).map((note) => `\n  note: ${note.message}${note.file === undefined ? '' : ` (${note.file}${note.range === undefined ? '' : `:${note.range.start.line}`})`}`);
  return markup`<pre>${place}${severity}: ${message}${code !== undefined && ` [${code}]`}${more}</pre>`;
}

function values(counterexample: CounterexampleJson): Markup {
  const shown = counterexample.values.slice(0, MAXIMUM_VALUES);
  const left = counterexample.values.length - shown.length;
  return markup`<p><b>Values</b> <span class="faint">${counterexample.status === 'checked' ? 'checked again' : 'suggested by the tool, not checked'}${counterexample.failingStep !== undefined && `; fails in step ${counterexample.failingStep}`}</span></p><pre>${
    shown.map((value) => `${value.name} = ${value.value}${value.step === undefined ? '' : `  (step ${value.step})`}\n`).join('')}${left > 0 && `… and ${left} more`}</pre>`;
}

function parts(list: NonNullable<ObligationJson['parts']>): Markup {
  return markup`<p><b>Assertions</b></p><ul>${list.map((part) => markup`<li>${part.range !== undefined && `line ${part.range.start.line}: `}${part.label}: ${part.verdict.kind}${part.verdict.reason !== undefined && ` (${part.verdict.reason})`}</li>`)}</ul>`;
}

function evidenceText(evidence: NonNullable<ObligationJson['evidence']>): Markup {
  const others = evidence.attempts ?? [];
  const inputs = evidence.inputs.slice(0, MAXIMUM_INPUTS);
  return markup`<p><b>Evidence</b></p>${attemptText(evidence)}<dl>${
    evidence.certificate && markup`<dt>certificate</dt><dd>${evidence.certificate.format}${evidence.certificate.checkedBy === undefined ? ', not checked' : `, checked by ${evidence.certificate.checkedBy}`}</dd>`}${
    evidence.asked !== undefined && markup`<dt>asked, used</dt><dd>${evidence.asked}; ${evidence.used ?? 'another'}</dd>`}${
    inputs.map((input) => markup`<dt>input</dt><dd class="mono">${input.sha256.slice(0, 16)}… ${input.path}</dd>`)}${
    evidence.inputs.length > inputs.length && markup`<dt></dt><dd>… and ${evidence.inputs.length - inputs.length} more inputs</dd>`}</dl>${
    others.length > 0 && markup`<p><b>Other attempts</b></p>${others.map(attemptText)}`}`;
}

function attemptText(attempt: AttemptJson): Markup {
  const { exit, limits } = attempt;
  const end = exit.reason === 'exited' ? `exit code ${exit.code}` : `${exit.reason}${exit.signal === null ? '' : ` (${exit.signal})`}`;
  return markup`<dl><dt>tool</dt><dd>${attempt.tool.id} ${attempt.tool.version}${attempt.solver && ` with ${attempt.solver.id} ${attempt.solver.version}`}${attempt.said && `, said ${attempt.said.kind}`}</dd><dt>command</dt><dd class="mono">${
    attempt.reproduce ?? attempt.argv.map(shellWord).join(' ')}</dd><dt>run</dt><dd>${attempt.startedAt}, ${duration(attempt.seconds)}, ${Math.round(attempt.memoryMb)} MiB, ${end}; limits ${limits.wallSeconds} s, ${limits.memoryMb} MiB, effort ${limits.effort}${
    limits.resource !== undefined && `, resource ${limits.resource}`}${limits.depth !== undefined && `, depth ${limits.depth}`}</dd>${
    attempt.outputs.map((output) => markup`<dt>${output.name}</dt><dd class="mono">sha256 ${output.sha256}, ${output.bytes} bytes${output.truncated && ', cut'}</dd>`)}</dl>`;
}

export function duration(seconds: number): string {
  return seconds === 0 ? '' : seconds < 10 ? `${seconds.toFixed(2)} s` : seconds < 600 ? `${seconds.toFixed(1)} s` : `${Math.round(seconds / 60)} min`;
}
