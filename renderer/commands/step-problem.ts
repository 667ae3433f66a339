/** F8: from one obligation that is wrong or open to the next, in the order of the files. */
import { classOf } from '../../app/contract.ts';
import { selectObligation } from '../session/inspect.ts';
import type { Session } from '../session/session.ts';

/** First what is wrong or cannot be checked; where there is none, what is open. */
export function stepProblem(session: Session, by: 1 | -1): void {
  const { table, selection } = session.get();
  const serious = table.rows.filter((row) => { const is = classOf(row.verdict.kind); return is === 'red' || is === 'unchecked'; });
  const problems = serious.length > 0 ? serious : table.rows.filter((row) => classOf(row.verdict.kind) === 'open' && row.verdict.kind !== 'not-run');
  if (problems.length === 0) { session.notify({ severity: 'info', message: 'There is no problem to go to' }); return; }
  const now = problems.findIndex((row) => row.id === selection.present.obligation);
  const next = now < 0 ? (by > 0 ? 0 : problems.length - 1) : (now + by + problems.length) % problems.length;
  selectObligation(session, problems[next]!.id);
}
