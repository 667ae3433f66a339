/** A badge for a page of the repository: how much is shown. Green only where everything is, on no assumption. */
import { escaped } from './page/markup.ts';
import type { LedgerJson } from './schema.ts';
import { totalsOf } from './totals.ts';

/** Pixels of one character of 11 px Verdana, on average, and of the space at the ends. */
const CHARACTER = 6.6, SPACE = 12;
const COLOURS = { green: '#2e7d32', amber: '#9a6700', red: '#b3151d', grey: '#57606a' } as const;

export function badge(ledger: LedgerJson): string {
  const totals = totalsOf(ledger);
  const whole = totals.obligations > 0 && totals.shown === totals.obligations && totals.notAsked === 0 && ledger.outcome === 'finished';
  const text = totals.obligations === 0 ? 'nothing to prove' : `${totals.shown} of ${totals.obligations} shown${totals.assuming > 0 ? `, ${totals.assuming} under assumptions` : ''}`;
  const colour = totals.obligations === 0 ? COLOURS.grey : totals.red + totals.unchecked + totals.voided > 0 ? COLOURS.red : whole && totals.assuming === 0 ? COLOURS.green : COLOURS.amber;
  const left = Math.round('proofs'.length * CHARACTER + SPACE), right = Math.round(text.length * CHARACTER + SPACE);
  const label = escaped(`proofs: ${text}`);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${left + right}" height="20" role="img" aria-label="${label}"><title>${label}</title>`
    + `<rect width="${left}" height="20" fill="#3b4148"/><rect x="${left}" width="${right}" height="20" fill="${colour}"/>`
    + `<g fill="#fff" text-anchor="middle" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11"><text x="${left / 2}" y="14">proofs</text><text x="${left + right / 2}" y="14">${escaped(text)}</text></g></svg>\n`;
}
