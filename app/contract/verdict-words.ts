/** The words of the verdicts, for counts, columns and legends. Sentences about one obligation: engine/report/sentence.ts. */
import type { VerdictKind } from '../../toolchains/verdict.ts';

/** How a summary counts a kind: "3 out of time". */
export const SUMMARY_WORDS: Readonly<Record<VerdictKind, string>> = {
  proved: 'proved', covered: 'reached', bounded: 'bounded', refuted: 'refuted', failed: 'not shown', unreachable: 'not reached',
  timeout: 'out of time', 'out-of-resource': 'out of resource', 'out-of-memory': 'out of memory', unknown: 'unknown',
  malformed: 'cannot be read', crashed: 'crashed', 'tool-missing': 'without a tool', cancelled: 'cancelled', 'not-run': 'not run', 'nothing-to-prove': 'with nothing to prove',
};

/** What a kind claims and what it does not: one line of the legend. */
export const VERDICT_MEANINGS: Readonly<Record<VerdictKind, string>> = {
  proved: 'A finished run of exactly this content named it and showed that it holds',
  covered: 'The state or model that was asked for was found',
  bounded: 'No violation in the first k steps; not a proof',
  refuted: 'Values were found for which it does not hold',
  failed: 'The tool says that it does not hold, or cannot show it',
  unreachable: 'What should be reached was not, within the bound or ever',
  timeout: 'The time limit ended the search',
  'out-of-resource': 'The tool’s own count of steps ended the search',
  'out-of-memory': 'The memory limit ended the search',
  unknown: 'The solver gave up, or two engines contradict each other',
  malformed: 'It cannot be parsed, resolved or typed',
  crashed: 'The tool died, or printed no recognised result',
  'tool-missing': 'No fit tool is installed for it',
  cancelled: 'Stopped before it was decided',
  'not-run': 'Nothing has run for it',
  'nothing-to-prove': 'The tool finished and made no proof task for it',
};
