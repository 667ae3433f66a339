/** Answers about repositories: opening, plan, trust, and their files. */
import { realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Settings } from '../../contract.ts';
import { watchRepository, type Watching } from '../../engine/repository/watch.ts';
import { sessionOf, type Answers, type Call, type HostState } from '../answers.ts';
import { clone } from '../clone.ts';
import { findIn } from '../find.ts';
import { hashOf, readFileOf, writeFileOf } from '../files.ts';
import { refuse } from '../refusal.ts';
import { SAMPLES, sampleCopy } from '../samples.ts';
import { idOf, RepositorySession } from '../session.ts';
import { limitsOf } from '../settings.ts';

export function repositoryAnswers(state: HostState): Answers<'repository'> & Answers<'trust'> & Answers<'files'> {
  const watchers = new Map<string, Watching>();
  /** Openings of the same place at the same time are one. */
  const opening = new Map<string, Promise<RepositorySession>>();

  async function open(path: string, call: Call): Promise<RepositorySession> {
    const known = state.sessions.get(idOf(realOf(path)));
    if (known) { await known.refresh(); return known; }
    const running = opening.get(path);
    if (running) return running;
    const made = openNew(path, call).finally(() => { opening.delete(path); });
    opening.set(path, made);
    return made;
  }

  async function openNew(path: string, call: Call): Promise<RepositorySession> {
    call.tell({ type: 'opening', step: 'reading', detail: path });
    const session = await RepositorySession.open({ engine: state.engine, trust: state.trust, tell: state.tell, limits: () => limitsOf(state.settings.current as Settings) }, path, call.signal);
    const known = state.sessions.get(session.id);
    if (known) { await session.close(); return known; }
    state.sessions.set(session.id, session);
    state.recent.add(session.opened.repository.origin, session.opened.repository.kind);
    if (session.opened.repository.kind !== 'archive') watch(session);
    return session;
  }

  function watch(session: RepositorySession): void {
    const watching = watchRepository(session.opened.repository.root, {
      changed: (paths, more) => {
        state.tell({ type: 'files-changed', repository: session.id, paths: [...paths], more });
        void hashesNow(session, paths).then((hashes) => { session.markChanged(hashes); });
        void session.refresh().then(() => { watching.follow(session.opened.repository.tree.files); }, (error: unknown) => { failed(session, error); });
      },
      blind: (why) => { state.tell({ type: 'notice', repository: session.id, severity: 'warning', message: `Changes on the disk may go unseen (${why}). Reload the plan after changes from outside.` }); },
    });
    watching.follow(session.opened.repository.tree.files);
    watchers.set(session.id, watching);
  }

  function failed(session: RepositorySession, error: unknown): void {
    if (session.signal.aborted) return;
    state.tell({ type: 'notice', repository: session.id, severity: 'error', message: `The repository could not be read again: ${error instanceof Error ? error.message : String(error)}` });
  }

  return {
    'repository.recent': () => ({ repositories: state.recent.list(), samples: SAMPLES.map(({ id, name, line }) => ({ id, name, line })) }),
    'repository.forget': ({ path }) => { state.recent.forget(path); return {}; },
    'repository.open': async ({ source }, call) => {
      if (source.kind === 'sample') call.tell({ type: 'opening', step: 'copying', detail: source.sample });
      if (source.kind === 'git') call.tell({ type: 'opening', step: 'cloning', detail: source.url });
      const path = source.kind === 'path' ? source.path : source.kind === 'sample' ? await sampleCopy(state.home, source.sample) : await clone(state.home, source.url, call.signal);
      const session = await open(path, call);
      call.looksAt.add(session.id);
      return session.plan;
    },
    'repository.close': async ({ repository }, call) => {
      const session = sessionOf(state, repository);
      call.looksAt.delete(repository);
      state.sessions.delete(repository);
      watchers.get(repository)?.close();
      watchers.delete(repository);
      await state.live.close(repository, 'the repository was closed');
      await session.close();
      return {};
    },
    'repository.list': () => ({
      repositories: [...state.sessions.values()].map((session) => ({ repository: session.id, root: session.opened.repository.root, name: session.name, ...(session.run ? { run: session.run.state } : {}) })),
    }),
    'repository.plan': async ({ repository, again }, call) => {
      const session = sessionOf(state, repository);
      call.looksAt.add(repository);
      return again ? session.refresh() : session.plan;
    },
    'trust.grant': async ({ repository }) => {
      const session = sessionOf(state, repository);
      if (!session.canTrust) refuse('input', 'Trust is given to the folder of a repository', 'Unpack the archive, or open the folder');
      state.trust.add(session.opened.repository.root);
      return session.refresh();
    },
    'trust.revoke': async ({ repository }) => {
      const session = sessionOf(state, repository);
      // What runs with that trust runs no longer.
      await Promise.all([session.run?.stop(), session.proof?.stop()]);
      await state.live.close(repository, 'the repository is no longer trusted');
      state.trust.revoke(session.opened.repository.root);
      return session.refresh();
    },

    'files.tree': ({ repository }) => {
      const { repository: opened, plan } = sessionOf(state, repository).opened;
      const users = new Map<string, Set<string>>();
      for (const project of plan.projects) for (const path of project.files) (users.get(path) ?? users.set(path, new Set()).get(path)!).add(project.toolchain);
      return { files: opened.tree.files.map(({ path, bytes }) => ({ path, bytes, toolchains: [...(users.get(path) ?? [])] })) };
    },
    'files.read': ({ repository, path }) => readFileOf(sessionOf(state, repository).opened.repository, path),
    'files.write': async ({ repository, path, text, base }) => {
      const session = sessionOf(state, repository);
      const result = await writeFileOf(session.opened.repository, path, text, base);
      // The watcher tells the rest; what rested on the file says so now.
      if (result.kind === 'written') session.markChanged(new Map([[path, result.sha256]]));
      return result;
    },
    'files.find': ({ repository, query }, { signal }) => findIn(sessionOf(state, repository).opened.repository, query, signal),
    'files.dependents': ({ repository, path, sha256 }) => {
      const session = sessionOf(state, repository);
      const dependents = session.units.filter(({ inputs }) => inputs.some((input) => input.path === path)).flatMap(({ unit }) => unit.obligations);
      const stale = dependents.filter((id) => {
        const seen = session.evidence.get(id)?.inputs.find((input) => input.path === path);
        return session.rows.get(id)?.stale !== undefined || (seen !== undefined && seen.sha256 !== sha256);
      });
      return { dependents, stale };
    },
  };
}

/** Hashes of what these files hold now; one that is gone has none of its own. */
async function hashesNow(session: RepositorySession, paths: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const { repository } = session.opened;
  return new Map(await Promise.all(paths.map(async (path) => [path, await repository.tree.read(path).then(hashOf, () => 'absent')] as const)));
}

function realOf(path: string): string {
  try { return realpathSync.native(resolve(path)); } catch { return resolve(path); }
}
