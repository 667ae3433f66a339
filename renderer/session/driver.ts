/** From a signal to the line that drives it: the first assignment to its name outside of `initial` where there is one; else its declaration, where the tool says it. */
import type { Session } from './session.ts';
import { openPlace } from './files.ts';
import { rowOf } from '../store/rows.ts';

export async function driverOf(session: Session, obligation: string, name: string | undefined): Promise<void> {
  const repository = session.repository();
  const row = rowOf(session.get().table, obligation);
  if (name === undefined || repository === undefined || !row) return;
  const last = name.split('.').at(-1)!.replace(/\[.*$/, '');
  const word = last.replace(/[^\w$]/g, (letter) => `\\${letter}`);
  // Where a statement may begin: a comparison stands in brackets.
  const query = { text: `(^|\\bbegin\\b|\\belse\\b|[;:)])\\s*(assign\\s+)?${word}\\s*(\\[[^\\]]*\\]\\s*)?<?=[^=]`, regularExpression: true, matchCase: true, wholeWord: false, limit: 200 };
  const found = await session.bridge.request('files.find', { repository, query });
  const matches = found.ok ? found.value.matches.filter((match) => /\.s?vh?$/.test(match.file)) : [];
  // Registers are driven by `<=` and wires by `assign`; what is left is mostly an initial value.
  const drives = (text: string): boolean => /<=|\bassign\b/.test(text);
  const near = [...matches].sort((one, other) => Number(other.file === row.file) - Number(one.file === row.file) || Number(drives(other.text)) - Number(drives(one.text)) || one.line - other.line);
  if (near[0]) { openPlace(session, near[0].file, near[0].line); return; }
  const detail = await session.bridge.request('ledger.detail', { repository, obligation });
  const declared = detail.ok ? detail.value.obligation.verdict.counterexample?.values.find((value) => value.name === name && value.line !== undefined) : undefined;
  if (declared?.line !== undefined) openPlace(session, declared.file ?? row.file, declared.line);
  session.notify({ severity: 'info', message: `No line assigns ${name}${declared ? ': this is its declaration' : ''}`, remedy: 'An input of the design has no driver: the solver chose its values' });
}
