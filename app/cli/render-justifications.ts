/** Signatures of reviewers for people: beside what they signed, and apart those that do not count. */
import type { Justification, Justifications } from '../engine/justify/types.ts';
import { printable } from '../engine/repository/printable.ts';
import { counted } from './layout.ts';
import { glyph, paint, type Style } from './style.ts';

const MAXIMUM_LISTED = 20;

/** "signed by R. Viewer 2026-11-25: reason", behind the line of what was signed; "" where nobody signed it. */
export function signatureWords(signed: Justification | undefined, style: Style): string {
  if (!signed) return '';
  const by = printable(`by ${signed.reviewer} ${signed.date}: ${signed.reason}`);
  return signed.state === 'valid' ? paint(style, 'green', `signed ${by}`) : paint(style, 'red', `signature void, ${printable(signed.why ?? '')} (${by})`);
}

/** What does not count, in full; "" where all do. */
export function renderJustifications(justifications: Justifications | undefined, style: Style): string {
  if (!justifications) return '';
  const { file, problem, entries } = justifications;
  const odd = entries.filter((entry) => entry.state !== 'valid');
  const lines = odd.slice(0, MAXIMUM_LISTED).map((entry) =>
    `  ${printable(place(file, entry.line))}  ${paint(style, entry.state === 'void' ? 'red' : 'amber', entry.state)}  ${printable(`${entry.kind}${entry.symbol === '' ? '' : ` in ${entry.symbol}`}: ${entry.why ?? ''}, signed by ${entry.reviewer} ${entry.date}`)}`);
  if (odd.length > MAXIMUM_LISTED) lines.push(paint(style, 'grey', `  ${glyph(style, 'ellipsis')} and ${odd.length - MAXIMUM_LISTED} more: --json has them all`));
  const broken = problem ? [`${paint(style, 'red', 'error:')} ${printable(`${place(file, problem.line)}: ${problem.message}. None of its signatures counts until that is repaired`)}`] : [];
  if (broken.length + lines.length === 0) return '';
  return [...broken, ...(lines.length > 0 ? [paint(style, 'bold', `Signatures that do not count: ${counted(odd.length, 'entry', 'entries')}`), ...lines] : [])].join('\n');
}

const place = (file: string, line: number | undefined): string => (line === undefined ? file : `${file}:${line}`);
