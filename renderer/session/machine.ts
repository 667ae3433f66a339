/** Tools, settings, and the first breath of a window. */
import type { Settings } from '../../app/contract.ts';
import { applyTheme } from '../theme/roles.ts';
import { applyTextSize } from '../theme/text-size.ts';
import { lanesFrom } from '../store/lanes.ts';
import { readLayout } from '../store/layout.ts';
import { ask, load, type Session } from './session.ts';

export async function loadDoctor(session: Session): Promise<void> {
  await Promise.all([
    load(session, 'doctor', 'doctor.read', {}, (answer) => answer),
    load(session, 'recipes', 'install.list', {}, (answer) => {
      session.update((state) => ({ ...state, installs: { ...state.installs, ...Object.fromEntries(answer.jobs.map((job) => [job.job, job])) } }));
      return answer.recipes;
    }),
  ]);
}

export async function install(session: Session, tool: string, from?: string): Promise<void> {
  const job = await ask(session, 'install.start', { tool, ...(from === undefined ? {} : { from }) });
  if (job) session.update((state) => ({ ...state, installs: { ...state.installs, [job.job]: state.installs[job.job] ?? job } }));
}

/** A file of the user's instead of the network. */
export async function installFrom(session: Session, tool: string): Promise<void> {
  const chosen = await ask(session, 'shell.choose', { what: 'tool-archive' });
  if (chosen?.paths[0] !== undefined) await install(session, tool, chosen.paths[0]);
}

export async function cancelInstall(session: Session, job: string): Promise<void> {
  await ask(session, 'install.cancel', { job });
}

export async function changeSettings(session: Session, change: Partial<Settings>): Promise<void> {
  session.update((state) => (state.settings ? { ...state, settings: { ...state.settings, ...change } } : state));
  const settings = await ask(session, 'settings.set', change);
  if (!settings) return;
  session.update((state) => ({ ...state, settings }));
  applyLook(settings);
}

export function applyLook({ theme, fontSize }: Settings): void {
  applyTheme(theme);
  applyTextSize(fontSize);
}

/** What a window needs before it shows anything of a repository. */
export async function begin(session: Session): Promise<void> {
  const [info, settings, layout] = await Promise.all([
    session.bridge.request('app.info', {}), session.bridge.request('settings.get', {}), session.bridge.request('state.load', { name: 'layout' }),
  ]);
  session.update((state) => ({
    ...state,
    engine: info.ok ? { state: 'ready' } : { state: 'gone', message: info.problem.message },
    ...(info.ok ? { info: info.value } : {}), ...(settings.ok ? { settings: settings.value } : {}), ...(layout.ok ? { layout: readLayout(layout.value.value) } : {}),
  }));
  if (settings.ok) applyLook(settings.value);
  const lanes = await session.bridge.request('lanes.read', {});
  if (lanes.ok) session.update((state) => ({ ...state, lanes: lanesFrom(lanes.value) }));
}
