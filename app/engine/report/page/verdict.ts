/** A verdict on a report page: its shape, its word and its colour together, and the flags on it. */
import { ASSUMPTION_NOTCH, VERDICT_SHAPES } from '../../../../toolchains/verdict-shapes.ts';
import { classOf, VERDICT_KINDS, type VerdictKind } from '../../../../toolchains/verdict.ts';
import type { ObligationJson, Totals } from '../totals.ts';
import { Markup, markup } from './markup.ts';

const symbolId = (kind: VerdictKind, assuming: boolean): string => `shape-${kind}${assuming ? '-assuming' : ''}`;
const isGreen = (kind: VerdictKind): boolean => classOf(kind) === 'green';

/** Every shape once, for `<use>`. */
export function shapeSymbols(): Markup {
  const symbols = VERDICT_KINDS.flatMap((kind) => (isGreen(kind) ? [false, true] : [false]).map((assuming) => {
    const { solid, line, cut, edge, dotted } = VERDICT_SHAPES[kind];
    return markup`<symbol id="${symbolId(kind, assuming)}" viewBox="0 0 16 16">${
      solid !== undefined && markup`<path d="${solid}" fill="currentColor"/>`}${
      line !== undefined && markup`<path d="${line}" fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round"${dotted === true && new Markup(' stroke-dasharray="1.6 2.4"')}/>`}${
      edge !== undefined && markup`<path d="${edge}" fill="none" stroke="var(--red)" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round"/>`}${
      cut !== undefined && markup`<path d="${cut}" fill="none" stroke="var(--surface)" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round"/>`}${
      assuming && markup`<path d="${ASSUMPTION_NOTCH}" fill="var(--amber)" stroke="var(--surface)" stroke-width="1"/>`}</symbol>`;
  }));
  return markup`<svg width="0" height="0" aria-hidden="true">${symbols}</svg>`;
}

export function shapeOf(kind: VerdictKind, assuming = false): Markup {
  return markup`<svg aria-hidden="true"><use href="#${symbolId(kind, assuming && isGreen(kind))}"/></svg>`;
}

/** @param sentence what it says in words; the code stands behind it, small, for copying */
export function verdictMark(entry: ObligationJson, sentence: string): Markup {
  const { kind } = entry.verdict;
  return markup`<span class="verdict ${VERDICT_SHAPES[kind].role}">${shapeOf(kind, entry.assumptions.length > 0)}</span>${sentence} <code class="code">${kind}</code>`;
}

export function flagsOf(entry: ObligationJson): Markup {
  const flag = (role: string, word: string, why: string): Markup => markup`<span class="flag ${role}" title="${why}">${word}</span>`;
  return markup`${entry.stale && flag('amber', 'stale', 'a file that it rests on has changed since')}${
    entry.voided && flag('red', 'void', entry.voided.reason)}${
    entry.cached && flag('grey', 'cached', `evidence of ${entry.evidence?.startedAt ?? 'an earlier run'}`)}${
    entry.confirmed.length > 0 && flag('green', 'confirmed', entry.confirmed.map((one) => `${one.by}: ${one.how}`).join('; '))}`;
}

/** One bar, in the order of the kinds, drawn as a picture so that no style of its own is needed. */
export function strip(totals: Totals): Markup {
  const all = totals.byKind.reduce((sum, { count }) => sum + count, 0);
  let at = 0;
  const blocks = totals.byKind.map(({ kind, count }) => {
    const block = markup`<rect class="${VERDICT_SHAPES[kind].role}" x="${at}" y="0" width="${count}" height="1" fill="currentColor"/>`;
    at += count;
    return block;
  });
  return markup`<div class="strip"><svg width="100%" height="10" viewBox="0 0 ${Math.max(all, 1)} 1" preserveAspectRatio="none" role="img" aria-label="${totals.byKind.map(({ kind, count }) => `${count} ${kind}`).join(', ')}">${blocks}</svg></div>`;
}
