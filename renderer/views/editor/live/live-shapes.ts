/** Live answers as they are drawn: hollow always, never in the green of a verdict. */
import type { LiveStatusView, LiveView } from '../../../../app/contract.ts';
import type { VerdictRole } from '../../../../toolchains/verdict-shapes.ts';

const RING = 'M8 1.75a6.25 6.25 0 1 0 0 12.5a6.25 6.25 0 1 0 0-12.5z';

export interface LiveShape { readonly role: VerdictRole; readonly ring: string; readonly sign: string; readonly dotted: boolean; readonly word: string }

export const LIVE_SHAPES: Readonly<Record<LiveStatusView, LiveShape>> = {
  waiting: { role: 'grey', ring: RING, sign: '', dotted: true, word: 'waits to be checked' },
  checking: { role: 'grey', ring: RING, sign: 'M5 8h.01M8 8h.01M11 8h.01', dotted: true, word: 'is being checked' },
  holds: { role: 'grey', ring: RING, sign: 'M4.75 8.25l2.25 2.25l4.25-4.75', dotted: false, word: 'holds so far' },
  fails: { role: 'red', ring: RING, sign: 'M5.5 5.5l5 5M10.5 5.5l-5 5', dotted: false, word: 'fails' },
  undecided: { role: 'amber', ring: RING, sign: 'M6 6.4a2 2 0 1 1 2.8 1.8q-.8.4-.8 1.3M8 11.6h.01', dotted: false, word: 'is undecided' },
};

export const LIVE_WORDS = 'live, not in the ledger';

export function drawLive(status: LiveStatusView): SVGSVGElement {
  const shape = LIVE_SHAPES[status];
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', '0 0 16 16');
  svg.setAttribute('class', `shape live-shape role-${shape.role}`);
  svg.setAttribute('aria-hidden', 'true');
  for (const [path, className] of [[shape.ring, shape.dotted ? 'shape-line shape-dotted' : 'shape-line'], [shape.sign, 'shape-line']] as const) {
    const line = document.createElementNS('http://www.w3.org/2000/svg', 'path');
    line.setAttribute('d', path);
    line.setAttribute('class', className);
    svg.append(line);
  }
  return svg;
}

/** The state of a document as one sentence. */
export function liveSentence(live: LiveView | undefined): string {
  switch (live?.phase) {
    case undefined: case 'reading': return 'Live: reading the text…';
    case 'starting': return 'Live: the tool’s server is starting…';
    case 'refused': return `Live: ${live?.problem ?? 'it does not parse or resolve'}`;
    case 'gone': return `Live: none now. ${live?.problem ?? ''}`;
    case 'checking': case 'settled': return `Live: ${counts(live!)}${live!.phase === 'checking' ? ', going on' : ''} (not in the ledger)`;
  }
}

function counts({ symbols }: LiveView): string {
  const of = (...status: readonly LiveStatusView[]): number => symbols.filter((symbol) => status.includes(symbol.status)).length;
  const parts = ([[of('fails'), 'fail'], [of('undecided'), 'undecided'], [of('waiting', 'checking'), 'to be checked'], [of('holds'), 'hold so far']] as const).filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`);
  return parts.length === 0 ? 'nothing to check' : parts.join(', ');
}
