/** Answers about searches for proofs: starting and ending them, reading what they found, writing what was accepted. */
import type { CandidateTexts, CandidateWritten } from '../../contract.ts';
import { sessionOf, type Answers, type HostState } from '../answers.ts';
import { hashOf, readFileOf, writeFileOf } from '../files.ts';
import { ProofControl } from '../proof-control.ts';
import { refuse } from '../refusal.ts';
import { selectionOf } from '../selection.ts';
import type { RepositorySession } from '../session.ts';
import { limitsOf } from '../settings.ts';

const GOALS_SHOWN = 20_000;

export function proveAnswers(state: HostState): Answers<'prove'> {
  return {
    'prove.start': ({ repository, selection, budget, strategies }) => {
      const session = sessionOf(state, repository);
      if (session.proof && !session.proof.isOver) refuse('busy', 'A search for proofs of this repository is going on', 'Stop it first, or wait until it ends');
      const known = new Set(state.engine.toolchains.flatMap((one) => one.synthesis?.strategies.map((strategy) => strategy.name) ?? []));
      const unknown = strategies?.find((name) => !known.has(name));
      if (unknown !== undefined) refuse('input', `There is no strategy "${unknown}"`, `There are ${[...known].join(', ')}`);
      const control = new ProofControl(session, {
        limits: limitsOf(state.settings.current), selection: selectionOf(selection), strategies: strategies ?? [], budget,
        command: ['assay', 'prove', session.root, ...(selection.pattern ? ['--only', selection.pattern] : []), '--budget', `wall=${budget.wallSeconds}s${budget.calls === undefined ? '' : `,calls=${budget.calls}`}`],
      });
      session.proof = control;
      return control.state;
    },
    'prove.cancel': ({ repository }) => { sessionOf(state, repository).proof?.cancel(); return {}; },
    'prove.read': ({ repository }) => {
      const { proof } = sessionOf(state, repository);
      return proof ? { proof: proof.state, goals: proof.goals.slice(0, GOALS_SHOWN) } : { goals: [] };
    },
    'prove.candidate': ({ repository, candidate }) => candidateOf(sessionOf(state, repository), candidate).texts,
    'prove.accept': async ({ repository, candidate }) => {
      const session = sessionOf(state, repository);
      const { texts, control } = candidateOf(session, candidate, 'offered', 'rejected', 'undone');
      const written = await replaceAll(session, texts.files.map(({ path, base, after }) => ({ path, base, text: after })));
      if (written.kind === 'written') control.mark(candidate, 'written');
      return written;
    },
    'prove.reject': ({ repository, candidate }) => { candidateOf(sessionOf(state, repository), candidate, 'offered').control.mark(candidate, 'rejected'); return {}; },
    'prove.undo': async ({ repository, candidate }) => {
      const session = sessionOf(state, repository);
      const { texts, control } = candidateOf(session, candidate, 'written');
      const written = await replaceAll(session, texts.files.map(({ path, before, after }) => ({ path, base: hashOf(after), text: before })));
      if (written.kind === 'written') control.mark(candidate, 'undone');
      return written;
    },
  };
}

function candidateOf(session: RepositorySession, id: string, ...fates: readonly string[]): { readonly texts: CandidateTexts; readonly control: ProofControl } {
  const texts = session.proof?.texts(id);
  const known = session.proof?.state.candidates.find((one) => one.id === id);
  if (!session.proof || !texts || !known) return refuse('input', 'This proof is not known any more', 'Search it again');
  if (fates.length > 0 && !fates.includes(known.fate)) refuse('input', `This proof is ${known.fate}`);
  return { texts, control: session.proof };
}

interface Replacement { readonly path: string; readonly base: string; readonly text: string }

/** All of them or none: each is looked at before the first is written, and where a later one fails the earlier ones go back. */
async function replaceAll(session: RepositorySession, replacements: readonly Replacement[]): Promise<CandidateWritten> {
  const { repository } = session.opened;
  const before = new Map<string, string>();
  for (const { path, base } of replacements) {
    const now = await readFileOf(repository, path).catch(() => undefined);
    if (now?.sha256 !== base) return { kind: 'conflict', path };
    before.set(path, now.text);
  }
  const written: { path: string; sha256: string }[] = [];
  const back = async (): Promise<void> => { for (const { path, sha256 } of written) await writeFileOf(repository, path, before.get(path)!, sha256); };
  for (const { path, base, text } of replacements) {
    try {
      const result = await writeFileOf(repository, path, text, base);
      if (result.kind === 'conflict') { await back(); return { kind: 'conflict', path }; }
      written.push({ path, sha256: result.sha256 });
    } catch (error) { await back(); throw error; }
  }
  // The watcher tells the rest; what rested on the files says so now.
  session.markChanged(new Map(written.map(({ path, sha256 }) => [path, sha256])));
  return { kind: 'written', files: written };
}
