/** The graph of the open repository: who uses whom, and what rests on which assumption. Read when its view is open, anew with each plan. */
import { load, type Session } from './session.ts';

export async function loadGraph(session: Session): Promise<void> {
  const repository = session.repository();
  if (repository === undefined) return;
  await load(session, 'graph', 'ledger.graph', { repository }, (answer) => answer);
}
