/** Rows of the ledger: one line an obligation where the terminal is wide enough, and below it what explains a failure. */
import type { Diagnostic } from '../../toolchains/contract.ts';
import { classOf, type Counterexample, type NamedValue } from '../../toolchains/verdict.ts';
import type { LedgerEntry } from '../engine/ledger/types.ts';
import { sentenceOf } from '../engine/report/sentence.ts';
import { printable, printableLines } from '../engine/repository/printable.ts';
import { counted, cut, duration, padded, widthOf } from './layout.ts';
import { glyph, paint, roleOf, shape, type Style } from './style.ts';

/** The rest is in the evidence and in `--json`. */
const MAXIMUM_VALUES = 8;
const MAXIMUM_DIAGNOSTICS = 5;
const MAXIMUM_LINES = 6;
const VALUE_COLUMNS = 72;
/** Columns are aligned up to here; a longer name pushes its own row only. */
const MAXIMUM_PLACE = 36;
const MAXIMUM_NAME = 32;

export function renderRows(entries: readonly LedgerEntry[], style: Style): string[] {
  const place = columnOf(entries.map(placeOf), MAXIMUM_PLACE);
  const name = columnOf(entries.map(nameOf), MAXIMUM_NAME);
  return entries.flatMap((entry, index) => {
    const newFile = index > 0 && entries[index - 1]!.obligation.file !== entry.obligation.file;
    const own = [...renderRow(entry, style, place, name), ...renderDetails(entry, style)];
    // Files of several obligations stand apart.
    const apart = newFile && (isGroup(entries, index) || isGroup(entries, index - 1));
    return apart ? ['', ...own] : own;
  });
}

function isGroup(entries: readonly LedgerEntry[], index: number): boolean {
  const file = entries[index]!.obligation.file;
  return entries[index - 1]?.obligation.file === file || entries[index + 1]?.obligation.file === file;
}

function columnOf(texts: readonly string[], most: number): number {
  return texts.reduce((width, text) => Math.max(width, Math.min(widthOf(text), most)), 0);
}

const placeOf = ({ obligation }: LedgerEntry): string => printable(`${obligation.file}:${obligation.range.start.line}`);
const nameOf = ({ obligation }: LedgerEntry): string => printable(obligation.task === undefined ? obligation.symbol : `${obligation.task}/${obligation.symbol}`);

function renderRow(entry: LedgerEntry, style: Style, placeWidth: number, nameWidth: number): string[] {
  const place = placeOf(entry);
  const name = nameOf(entry);
  const sentence = printable(sentenceOf(entry));
  const marks = marksOf(entry, style);
  const head = `${shape(style, entry.result.verdict)} ${padded(place, placeWidth)}  ${padded(name, nameWidth)}`;
  const said = paint(style, roleOf(entry.result.verdict.kind), sentence);
  const tail = paint(style, 'grey', marks);
  const width = 4 + Math.max(placeWidth, widthOf(place)) + Math.max(nameWidth, widthOf(name)) + 2 + widthOf(sentence) + 2 + widthOf(marks);
  if (width <= style.width) return [`${head}  ${said}${marks === '' ? '' : `  ${tail}`}`];
  return [`${shape(style, entry.result.verdict)} ${place}  ${name}`, `    ${said}`, ...(marks === '' ? [] : [`    ${tail}`])];
}

/** Time, what decided it, and the flags. */
function marksOf(entry: LedgerEntry, style: Style): string {
  const { result } = entry;
  const marks: string[] = [];
  const [deciding] = result.attempts;
  if (deciding) {
    marks.push(duration(result.seconds), `${deciding.tool} ${deciding.toolVersion}`);
    if (deciding.solver) marks.push(`${deciding.solver.id} ${deciding.solver.version}`);
  }
  if (result.asked !== undefined && result.asked !== result.used) marks.push(`asked for ${result.asked}, used ${result.used ?? 'another'}`);
  if (result.confirmed.length > 0) marks.push(`confirmed by ${result.confirmed.map((confirmation) => confirmation.by).join(', ')}`);
  if (result.certificate?.checkedBy !== undefined) marks.push(`${result.certificate.format.toUpperCase()} checked by ${result.certificate.checkedBy}`);
  if (entry.cached) marks.push(`cached ${entry.at.slice(0, 10)}`);
  if (entry.stale) marks.push('stale');
  if (entry.voided) marks.push(`void: ${entry.voided.reason}`);
  return marks.map(printable).join(` ${glyph(style, 'dot')} `);
}

function renderDetails(entry: LedgerEntry, style: Style): string[] {
  const { verdict, diagnostics } = entry.result;
  const verdictClass = classOf(verdict.kind);
  const shown = verdictClass === 'green' || verdictClass === 'none' ? diagnostics.filter((diagnostic) => diagnostic.severity !== 'info') : diagnostics;
  const lines = shown.slice(0, MAXIMUM_DIAGNOSTICS).flatMap((diagnostic) => renderDiagnostic(diagnostic, style));
  if (shown.length > MAXIMUM_DIAGNOSTICS) lines.push(paint(style, 'grey', `${glyph(style, 'ellipsis')} ${counted(shown.length - MAXIMUM_DIAGNOSTICS, 'more message')}`));
  if (verdictClass === 'red' && 'counterexample' in verdict && verdict.counterexample) lines.push(...renderValues(verdict.counterexample, style));
  if (verdictClass === 'red') for (const part of entry.result.parts ?? []) {
    if (classOf(part.verdict.kind) === 'red') lines.push(`${shape(style, part.verdict)} ${part.range === undefined ? '' : `line ${part.range.start.line}: `}${printable(part.label)}`);
  }
  return lines.map((line) => `    ${line}`);
}

export function renderDiagnostic(diagnostic: Diagnostic, style: Style): string[] {
  const role = diagnostic.severity === 'error' ? 'red' : diagnostic.severity === 'warning' ? 'amber' : 'grey';
  const place = diagnostic.file === undefined ? '' : `${printable(diagnostic.file)}${diagnostic.range === undefined ? '' : `:${diagnostic.range.start.line}:${diagnostic.range.start.column}`}: `;
  const [first = '', ...rest] = printableLines(diagnostic.message.trimEnd());
  const code = diagnostic.code === undefined ? '' : ` [${printable(diagnostic.code)}]`;
  const lines = [`${place}${paint(style, role, `${diagnostic.severity}:`)} ${first}${code}`, ...rest.slice(0, MAXIMUM_LINES - 1).map((line) => `  ${line}`)];
  if (rest.length >= MAXIMUM_LINES) lines.push(paint(style, 'grey', `  ${glyph(style, 'ellipsis')}`));
  for (const note of diagnostic.notes ?? []) {
    const at = note.file === undefined ? '' : ` (${printable(note.file)}${note.range === undefined ? '' : `:${note.range.start.line}`})`;
    lines.push(`  note: ${printable(note.message)}${at}`);
  }
  return lines;
}

/** The first values; of a trace those of the failing step, which say most. */
function renderValues(counterexample: Counterexample, style: Style): string[] {
  const atEnd = counterexample.failingStep === undefined ? [] : counterexample.values.filter((value) => value.step === counterexample.failingStep);
  const chosen = atEnd.length > 0 ? atEnd : counterexample.values;
  const lines = chosen.slice(0, MAXIMUM_VALUES).map((value) => renderValue(value, style));
  const left = counterexample.values.length - lines.length;
  if (left > 0) lines.push(paint(style, 'grey', `${glyph(style, 'ellipsis')} ${counted(left, 'more value')}${counterexample.witness === undefined ? '' : ` in ${printable(counterexample.witness)}`}`));
  return lines;
}

function renderValue(value: NamedValue, style: Style): string {
  const step = value.step === undefined ? '' : ` in step ${value.step}`;
  return `${printable(value.name)} = ${cut(printable(value.value), VALUE_COLUMNS, glyph(style, 'ellipsis'))}${paint(style, 'grey', step)}`;
}
