/** Installations that the window asked for: one at a time for each tool, cancelled by their job, told as they go. */
import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import { createToolHost } from '../../toolchains/executables.ts';
import { platformName } from '../../toolchains/process/environment.ts';
import { recipes } from '../../toolchains/recipes.ts';
import type { BridgeEvent, InstallState, RecipeView } from '../contract.ts';
import { install, recipeFor, type Installed } from '../engine/install/install.ts';
import { noteOf, toolsFolder } from '../engine/install/managed.ts';
import { problemOf, refuse } from './refusal.ts';

interface Job { state: InstallState; readonly controller: AbortController; readonly done: Promise<void> }

export class Installs {
  readonly #jobs = new Map<string, Job>();
  readonly #tools: string;

  /** @param installed called after a tool was put in place: plans may find more now */
  constructor(private readonly home: string, private readonly tell: (event: BridgeEvent) => void, private readonly installed: () => void) {
    this.#tools = toolsFolder(home);
  }

  async list(): Promise<{ recipes: RecipeView[]; jobs: InstallState[] }> {
    const views = await Promise.all(recipes.map(async ({ id, version, archives, dotnetTool, note }) => ({
      tool: id, version, installed: await noteOf(this.#tools, id, version) !== undefined, ...(note === undefined ? {} : { note }),
      ...(archives?.[platformName()] || dotnetTool ? {} : { unavailable: `there is none for ${platformName()}` }),
    })));
    return { recipes: views, jobs: [...this.#jobs.values()].map((job) => job.state) };
  }

  start(asked: string, from: string | undefined): InstallState {
    const recipe = recipeFor(recipes, asked);
    const busy = [...this.#jobs.values()].find(({ state }) => state.tool === recipe.id && state.version === recipe.version && !isOver(state));
    if (busy) refuse('busy', `${recipe.id} ${recipe.version} is being installed already`);
    const job = randomUUID();
    const controller = new AbortController();
    const change = (next: Partial<InstallState>): void => {
      const entry = this.#jobs.get(job)!;
      entry.state = { ...entry.state, ...next };
      this.tell({ type: 'install', install: entry.state });
    };
    const go = async (): Promise<void> => {
      try {
        const done = await install(recipe, {
          home: this.home, tools: this.#tools, signal: controller.signal, ...(from === undefined ? {} : { from: resolve(from) }),
          find: (name) => createToolHost({ path: process.env.PATH ?? '', managed: this.#tools }).find(name),
          onProgress: ({ step, bytes, total, secondsLeft }) => change({ state: step, bytes, totalBytes: total, secondsLeft: secondsLeft !== undefined && Number.isFinite(secondsLeft) ? secondsLeft : undefined }),
        });
        change({ state: 'done', message: wordsOf(done) });
        this.installed();
      } catch (error) {
        if (controller.signal.aborted) change({ state: 'cancelled', message: 'Cancelled; what was fetched is kept, and the next try goes on from there' });
        else change({ state: 'failed', message: problemOf(error, false).message });
      }
    };
    const entry: Job = { state: { job, tool: recipe.id, version: recipe.version, state: 'fetch' }, controller, done: Promise.resolve().then(go) };
    this.#jobs.set(job, entry);
    return entry.state;
  }

  cancel(job: string): void { this.#jobs.get(job)?.controller.abort(); }

  async close(): Promise<void> {
    for (const job of this.#jobs.values()) job.controller.abort();
    await Promise.all([...this.#jobs.values()].map((job) => job.done));
  }
}

function isOver({ state }: InstallState): boolean { return state === 'done' || state === 'failed' || state === 'cancelled'; }

function wordsOf({ path, checked, already, note }: Installed): string {
  const words = [already ? `It was there already: ${path}` : `Installed: ${path}`];
  switch (checked?.by) {
    case 'published': words.push(`its checksum is the published one (SHA-256 ${checked.sha256})`); break;
    case 'recorded': words.push(`its checksum is the one recorded at its first use (SHA-256 ${checked.sha256})`); break;
    case 'first use': words.push(`no published checksum is known: SHA-256 ${checked.sha256} was recorded, and later fetches are held to it`); break;
    case undefined: break;
  }
  if (note !== undefined) words.push(note);
  return words.join('. ');
}
