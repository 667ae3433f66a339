/** The user's settings: one file in the data folder. What it lacks or holds wrongly is the default, field by field. */
import { join } from 'node:path';
import type { Limits } from '../../toolchains/contract.ts';
import { settings as schema, type Settings } from '../contract/machine.ts';
import { DEFAULT_MEMORY_MB, EFFORT_WALL_SECONDS } from '../engine/limits.ts';
import { readKept, writeKept } from './kept.ts';

const DEFAULTS: Settings = {
  theme: 'system', fontSize: 13, cores: 0, memoryMb: DEFAULT_MEMORY_MB, effort: 1, verifyOn: 'ask', live: true, notifyAfterSeconds: 30, keys: {}, firstRunDone: false,
};

export class SettingsFile {
  readonly #file: string;
  #current: Settings;

  constructor(home: string) {
    this.#file = join(home, 'settings.json');
    this.#current = { ...DEFAULTS, ...fieldsOf(readKept(this.#file)) };
  }

  get current(): Settings { return this.#current; }

  set(change: Partial<Settings>): Settings {
    const next = schema.parse({ ...this.#current, ...change });
    writeKept(this.#file, next);
    return this.#current = next;
  }
}

function fieldsOf(kept: unknown): Partial<Settings> {
  if (typeof kept !== 'object' || kept === null) return {};
  const good = Object.entries(kept).filter(([name, value]) => Object.hasOwn(schema.shape, name) && schema.shape[name as keyof Settings].safeParse(value).success);
  return Object.fromEntries(good) as Partial<Settings>;
}

/** What a run is bounded by: what was asked for it, and else the settings. */
export function limitsOf(settings: Settings, asked: Partial<Pick<Limits, 'effort' | 'wallSeconds' | 'memoryMb' | 'resource' | 'depth'>> = {}): Limits {
  const effort = asked.effort ?? settings.effort;
  const wallSeconds = asked.wallSeconds ?? (asked.effort === undefined ? settings.wallSeconds : undefined) ?? EFFORT_WALL_SECONDS[effort];
  return {
    effort, wallSeconds, memoryMb: asked.memoryMb ?? settings.memoryMb,
    ...(asked.resource === undefined ? {} : { resource: asked.resource }), ...(asked.depth === undefined ? {} : { depth: asked.depth }),
  };
}
