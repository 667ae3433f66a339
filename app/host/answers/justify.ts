/** Answers about signatures: their entries as text, and putting them into the repository's file. */
import { obligationContents } from '../../engine/justify/read.ts';
import { bySubject, resolveJustifications } from '../../engine/justify/resolve.ts';
import { signableAssumptions, signableFailures } from '../../engine/justify/sign.ts';
import { JUSTIFY_FILE } from '../../engine/justify/types.ts';
import { entriesToml } from '../../engine/justify/write.ts';
import { sessionOf, type Answers, type HostState } from '../answers.ts';
import { assumptionsOf, redEntries } from '../assumptions.ts';
import { createFileOf, readFileOf, writeFileOf } from '../files.ts';
import { refuse } from '../refusal.ts';
import type { RepositorySession } from '../session.ts';

interface Asked { readonly subjects: readonly string[]; readonly reviewer: string; readonly reason: string }

export function justifyAnswers(state: HostState): Answers<'justify'> {
  return {
    'justify.entries': ({ repository, ...asked }) => entriesOf(sessionOf(state, repository), asked),
    'justify.append': async ({ repository, ...asked }) => {
      const session = sessionOf(state, repository);
      // Hashes are of what is there now, not of what was read a while ago.
      await session.refresh();
      const { problem } = session.opened.plan.justify ?? {};
      if (problem) refuse('input', `${JUSTIFY_FILE}:${problem.line}: ${problem.message}`, 'Repair the file first: none of its signatures counts as it is');
      const { text, count } = await entriesOf(session, asked);
      if (count === 0) refuse('input', 'Nothing of this is left to sign', 'It is signed already, or it is not there any more');
      const { repository: opened } = session.opened;
      const now = opened.tree.has(JUSTIFY_FILE) ? await readFileOf(opened, JUSTIFY_FILE) : undefined;
      const written = now ? await writeFileOf(opened, JUSTIFY_FILE, `${now.text}${now.text === '' || now.text.endsWith('\n\n') ? '' : now.text.endsWith('\n') ? '\n' : '\n\n'}${text}`, now.sha256) : createFileOf(opened, JUSTIFY_FILE, text);
      if (written.kind === 'written') await session.refresh();
      return written;
    },
  };
}

async function entriesOf(session: RepositorySession, { subjects, reviewer, reason }: Asked): Promise<{ text: string; count: number; left: string[] }> {
  const { plan } = session.opened;
  const wanted = new Set(subjects);
  const assumptions = assumptionsOf(session);
  const red = redEntries(session, wanted);
  const contents = await obligationContents(plan.tree, red.map((entry) => entry.obligation));
  const signed = bySubject(resolveJustifications(plan.justify && { ...plan.justify, contents: { ...plan.justify.contents, ...contents } }, assumptions, red));
  const open = [...signableAssumptions(assumptions), ...signableFailures(red, contents)].filter((one) => wanted.has(one.subject) && signed.get(one.subject)?.state !== 'valid');
  const taken = new Set(open.map((one) => one.subject));
  const text = await entriesToml(open, { reviewer: reviewer.trim(), reason: reason.trim(), date: new Date().toISOString().slice(0, 10) });
  return { text, count: open.length, left: subjects.filter((id) => !taken.has(id)) };
}
