/** A verdict in words: sentences, not codes. One place for the command line, the window and the reports. */
import { REASON, type Verdict } from '../../../toolchains/verdict.ts';
import type { LedgerEntry } from '../ledger/types.ts';
import { isAsExpected } from '../exit-code.ts';

/** Without a full stop; free text of tools is as they wrote it, so escape before printing. */
export function sentenceOf(entry: LedgerEntry): string {
  const { verdict } = entry.result;
  const expected = isAsExpected(entry) ? ', as the file expects' : '';
  return wordsOf(verdict) + assumptionWords(entry) + expected;
}

function wordsOf(verdict: Verdict): string {
  switch (verdict.kind) {
    case 'proved': return 'Proved';
    case 'covered': return verdict.answer === 'sat' ? 'Reached: a model was found' : `Reached${verdict.depth === undefined ? '' : ` within ${steps(verdict.depth)}`}`;
    case 'bounded': return `No violation in ${steps(verdict.depth)}${because(verdict.reason)}`;
    case 'refuted': return `Refuted${foundBy(verdict)}`;
    case 'failed': return verdict.reason?.startsWith(REASON.vacuous) ? `Not shown: the assumptions contradict each other (${verdict.reason})` : `Not shown${because(verdict.reason)}`;
    case 'unreachable': return verdict.proven ? `Cannot be reached${because(verdict.reason)}` : `Not reached${verdict.depth === undefined ? '' : ` in ${steps(verdict.depth)}`}${because(verdict.reason)}`;
    case 'timeout': return `Ran out of time${verdict.seconds === undefined ? '' : ` (${verdict.seconds} s)`}${soFar(verdict.depth)}${because(verdict.reason)}`;
    case 'out-of-resource': return `Ran out of its resource limit${soFar(verdict.depth)}${because(verdict.reason)}`;
    case 'out-of-memory': return `Ran out of memory${soFar(verdict.depth)}${because(verdict.reason)}`;
    case 'unknown': return unknownWords(verdict.reason) + soFar(verdict.depth);
    case 'malformed': return `Cannot be read: ${verdict.reason}`;
    case 'tool-missing': return `No tool for it: ${verdict.reason}${verdict.remedy === undefined ? '' : `. ${verdict.remedy}`}`;
    case 'crashed': return `The tool died: ${verdict.reason}${soFar(verdict.depth)}`;
    case 'cancelled': return `Cancelled${soFar(verdict.depth)}${because(verdict.reason)}`;
    case 'not-run': return verdict.reason.startsWith(REASON.inputChanged) ? 'Not run: its input changed while it was checked' : `Not run: ${verdict.reason}`;
    case 'nothing-to-prove': return `Nothing to prove${because(verdict.reason)}`;
  }
}

const steps = (count: number): string => `${count} step${count === 1 ? '' : 's'}`;
const because = (reason: string | undefined): string => (reason === undefined || reason === '' ? '' : `: ${reason}`);
const soFar = (depth: number | undefined): string => (depth === undefined ? '' : `, no violation in ${steps(depth)} so far`);

function foundBy(verdict: Extract<Verdict, { kind: 'refuted' }>): string {
  const { reason, counterexample, answer } = verdict;
  const step = counterexample?.failingStep;
  const where = step === undefined ? '' : ` in step ${step}`;
  const doubt = counterexample?.status === 'suggested' ? ', not re-evaluated' : '';
  if (reason !== undefined && reason !== '') return `${where}: ${reason}${doubt}`;
  if (step !== undefined) return where + doubt;
  if (answer === 'sat') return `: a model was found${doubt}`;
  return counterexample && counterexample.values.length > 0 ? `: values found${doubt}` : '';
}

function unknownWords(reason: string): string {
  if (reason.startsWith(REASON.disputed)) return `Disputed: the engines contradict each other (${reason})`;
  if (reason.startsWith(REASON.knownUnsound)) return `Unknown: only one engine says so, and it is known to be unsound (${reason})`;
  return `Unknown: ${reason}`;
}

function assumptionWords({ obligation, result }: LedgerEntry): string {
  const count = obligation.assumptions.length;
  const { kind } = result.verdict;
  if (count === 0 || (kind !== 'proved' && kind !== 'bounded' && kind !== 'covered')) return '';
  const most = obligation.assumptionScope === 'project' ? 'at most ' : '';
  return ` under ${most}${count} assumption${count === 1 ? '' : 's'}`;
}
