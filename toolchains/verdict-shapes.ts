/**
 * The shape and colour role of every verdict, drawn once for the window and the reports (WINDOW, "Verdicts"). In a box
 * of 16 by 16: `solid` is filled with the role's colour, `line` is stroked with it (1.5 wide, round ends), `cut` is
 * stroked with the surface's colour on top. A shape never stands without its word.
 */
import type { VerdictKind } from './verdict.ts';

export type VerdictRole = 'green' | 'blue' | 'red' | 'amber' | 'violet' | 'grey';

export interface VerdictShape {
  readonly role: VerdictRole;
  readonly solid?: string;
  readonly line?: string;
  readonly cut?: string;
  /** Stroked in the red role: what is grey with a red edge. */
  readonly edge?: string;
  /** The line is dotted. */
  readonly dotted?: boolean;
}

const DISC = 'M8 1.25a6.75 6.75 0 1 0 0 13.5a6.75 6.75 0 1 0 0 -13.5z';
const RING = 'M8 1.75a6.25 6.25 0 1 0 0 12.5a6.25 6.25 0 1 0 0 -12.5z';
const CROSS = 'M5.5 5.5l5 5M10.5 5.5l-5 5';

export const VERDICT_SHAPES: Readonly<Record<VerdictKind, VerdictShape>> = {
  proved: { role: 'green', solid: DISC, cut: 'M4.75 8.25l2.25 2.25l4.25 -4.75' },
  covered: { role: 'blue', solid: 'M8 5.75a2.25 2.25 0 1 0 0 4.5a2.25 2.25 0 1 0 0 -4.5z', line: RING },
  bounded: { role: 'blue', solid: DISC, cut: 'M6 4.25v7.5M10.25 6.5l-4 3M7.5 8.75l3 3' },
  refuted: { role: 'red', solid: DISC, cut: CROSS },
  failed: { role: 'red', solid: DISC, cut: CROSS },
  unreachable: { role: 'red', line: `${RING}M8 5.5a2.5 2.5 0 1 0 0 5a2.5 2.5 0 1 0 0 -5z` },
  timeout: { role: 'amber', line: `${RING}M8 4.5v3.75l2.5 1.5` },
  'out-of-resource': { role: 'amber', line: 'M2.25 11.75a6.25 6.25 0 1 1 11.5 0zM8 10.25l2.75 -4' },
  'out-of-memory': { role: 'amber', line: 'M4 4h8v8h-8zM6.5 6.5h3v3h-3zM6 4v-2.25M10 4v-2.25M6 14.25v-2.25M10 14.25v-2.25M4 6h-2.25M4 10h-2.25M14.25 6h-2.25M14.25 10h-2.25' },
  unknown: { role: 'violet', solid: 'M8 11.75a.9 .9 0 1 0 0 1.8a.9 .9 0 1 0 0 -1.8z', line: 'M5 5.25a3 3 0 1 1 4.25 2.75q-1.25 .6 -1.25 2' },
  malformed: { role: 'grey', solid: 'M8 11a.85 .85 0 1 0 0 1.7a.85 .85 0 1 0 0 -1.7z', line: 'M8 6v3.25', edge: 'M8 1.75l6.5 12h-13z' },
  crashed: { role: 'grey', solid: 'M9.25 1.5l-5.5 7.5h3.75l-1 5.5l5.75 -7.75h-3.9z', edge: 'M9.25 1.5l-5.5 7.5h3.75l-1 5.5l5.75 -7.75h-3.9z' },
  'tool-missing': { role: 'grey', line: 'M8 1.75v7M5 6l3 3l3 -3', edge: 'M2 9.75v4.25h12v-4.25' },
  cancelled: { role: 'grey', line: RING },
  'not-run': { role: 'grey', line: RING, dotted: true },
  'nothing-to-prove': { role: 'grey', line: 'M3.5 8h9' },
};

/** The notch at the edge of a green disc that rests on assumptions; filled in amber, edged with the surface's colour. */
export const ASSUMPTION_NOTCH = 'M16 8.25v7.75h-7.75z';
