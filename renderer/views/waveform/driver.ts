/** From a signal to the line that drives it: where the tool says it, else the first assignment to its name in the property's project. */
import type { Session } from '../../session/session.ts';
import { openPlace } from '../../session/files.ts';
import { rowOf } from '../../store/rows.ts';

export async function driverOf(session: Session, obligation: string, name: string | undefined): Promise<void> {
  const repository = session.repository();
  const row = rowOf(session.get().table, obligation);
  if (name === undefined || repository === undefined || !row) return;
  const detail = await session.bridge.request('ledger.detail', { repository, obligation });
  const said = detail.ok ? detail.value.obligation.verdict.counterexample?.values.find((value) => value.name === name && value.line !== undefined) : undefined;
  if (said?.line !== undefined) { openPlace(session, said.file ?? row.file, said.line); return; }
  const last = name.split('.').at(-1)!.replace(/\[.*$/, '');
  const word = last.replace(/[^\w$]/g, (letter) => `\\${letter}`);
  const query = { text: `(assign\\s+)?\\b${word}\\b\\s*(\\[[^\\]]*\\]\\s*)?<?=[^=]`, regularExpression: true, matchCase: true, wholeWord: false, limit: 200 };
  const found = await session.bridge.request('files.find', { repository, query });
  const matches = found.ok ? found.value.matches.filter((match) => /\.s?vh?$/.test(match.file)) : [];
  const match = matches.find((one) => one.file === row.file) ?? matches[0];
  if (match) openPlace(session, match.file, match.line);
  else session.notify({ severity: 'info', message: `No line was found that assigns ${name}`, remedy: 'An input of the design has no driver: the solver chose its values' });
}
