/** Answers about the application and its machine. */
import { availableParallelism, totalmem } from 'node:os';
import { join } from 'node:path';
import type { AppInfo, RequestOutput } from '../../contract.ts';
import { version } from '../../engine/version.ts';
import type { Answers, HostState } from '../answers.ts';
import { findGit } from '../clone.ts';
import { doctorOf } from '../doctor.ts';
import type { Installs } from '../installs.ts';
import { readKept, writeKept } from '../kept.ts';
import type { LaneFeed } from '../lane-feed.ts';

/** What the process around the engine says of itself. */
export interface Surroundings {
  readonly transport: AppInfo['transport'];
  readonly versions: Readonly<Record<string, string>>;
  readonly canChooseFiles: boolean;
}

export function machineAnswers(state: HostState, surroundings: Surroundings, lanes: LaneFeed, installs: Installs): Answers<'app'> & Answers<'settings'> & Answers<'state'> & Answers<'lanes'> & Answers<'doctor'> & Answers<'install'> {
  const stateFile = (name: string, repository: string | undefined): string => join(state.home, 'window', `${name}${repository === undefined ? '' : `-${repository}`}.json`);
  return {
    'app.info': async () => ({
      version, transport: surroundings.transport, platform: platformOf(process.platform), home: state.home, versions: { node: process.versions.node, ...surroundings.versions },
      cores: availableParallelism(), memoryMb: Math.round(totalmem() / 1_048_576),
      can: { chooseFiles: surroundings.canChooseFiles, revealFiles: surroundings.canChooseFiles, git: await findGit() !== undefined },
      toolchains: state.engine.toolchains.map(({ id, name }) => ({ id, name })),
    }),
    'settings.get': () => state.settings.current,
    'settings.set': (change) => {
      const settings = state.settings.set(change);
      state.tell({ type: 'settings', settings });
      return settings;
    },
    // A value of another version of the window is its own business: it looks before it uses one.
    'state.load': ({ name, repository }) => ({ value: (readKept(stateFile(name, repository)) ?? null) as RequestOutput<'state.load'>['value'] }),
    'state.save': ({ name, repository, value }) => { writeKept(stateFile(name, repository), value); return {}; },
    'lanes.read': () => lanes.view(),
    'doctor.read': () => doctorOf(state.engine),
    'install.list': () => installs.list(),
    'install.start': ({ tool, from }) => installs.start(tool, from),
    'install.cancel': ({ job }) => { installs.cancel(job); return {}; },
  };
}

function platformOf(platform: NodeJS.Platform): AppInfo['platform'] {
  return platform === 'linux' || platform === 'darwin' || platform === 'win32' ? platform : 'other';
}
