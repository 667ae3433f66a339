/**
 * What `dafny server --notify-line-verification-status` says of lines (LineVerificationStatus, DafnyLS 4.11): only those
 * where an assertion was decided are of use, since the symbols say the rest.
 */
import type { LiveAssertion } from '../../editor.ts';
import { isRecord } from '../../language-server/places.ts';

/** 400: an assertion of the line fails; 350: all that were decided hold, in a symbol where another fails. */
const FAILS = 400, HOLDS = 350;

export const LINE_STATUS = 'dafny/verification/status/gutter';

export function assertionsOf(params: unknown): readonly LiveAssertion[] {
  const lines = isRecord(params) && Array.isArray(params.perLineStatus) ? params.perLineStatus : [];
  return lines.flatMap((status, at): LiveAssertion[] => {
    if (status !== FAILS && status !== HOLDS) return [];
    return [{ range: { start: { line: at + 1, column: 1 }, end: { line: at + 1, column: 1 } }, status: status === FAILS ? 'fails' : 'holds' }];
  });
}
