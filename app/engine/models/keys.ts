/**
 * Keys of model servers: from an environment variable, or from the system's key store. Never from a repository, never
 * written by Assay. A vendor's own variable is for the vendor's own address alone: another server does not get it.
 */
import { accessSync, constants, statSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { runProcess } from '../../../toolchains/process.ts';

export type KeyAnswer =
  | { readonly kind: 'found'; readonly key: string; readonly from: string }
  /** `remedy`: what to do, in one sentence. */
  | { readonly kind: 'none'; readonly why: string; readonly remedy: string };

export interface KeyRequest {
  readonly origin: string;
  /** In this order; the first that is set holds. */
  readonly variables: readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly platform?: NodeJS.Platform;
  readonly signal?: AbortSignal;
}

const VENDORS: Readonly<Record<string, readonly string[]>> = {
  'https://api.openai.com': ['OPENAI_API_KEY'],
  'https://api.anthropic.com': ['ANTHROPIC_API_KEY'],
  'https://generativelanguage.googleapis.com': ['GEMINI_API_KEY', 'GOOGLE_API_KEY'],
};

export function variablesOf(origin: string): readonly string[] { return VENDORS[origin] ?? []; }

interface KeyStore { readonly program: string; readonly look: readonly string[]; readonly store: string }

function keyStoreOf(origin: string, platform: NodeJS.Platform): KeyStore | undefined {
  if (platform === 'linux') return { program: 'secret-tool', look: ['lookup', 'service', 'assay', 'receiver', origin], store: `secret-tool store --label='Assay: ${origin}' service assay receiver '${origin}'` };
  if (platform === 'darwin') return { program: 'security', look: ['find-generic-password', '-s', 'assay', '-a', origin, '-w'], store: `security add-generic-password -s assay -a '${origin}' -w` };
  return undefined;
}

/** The key store's program waits for a person to unlock it. */
const UNLOCK_SECONDS = 60;

export async function findKey({ origin, variables, environment, platform = process.platform, signal }: KeyRequest): Promise<KeyAnswer> {
  for (const name of variables) { const value = environment[name]?.trim(); if (value) return { kind: 'found', key: value, from: `the environment variable ${name}` }; }
  const named = variables.length > 0 ? `set ${variables.join(' or ')}` : 'name a variable that holds it with --key-variable';
  const store = keyStoreOf(origin, platform);
  if (!store) return { kind: 'none', why: `no key for ${origin}: there is no key store that Assay knows on this system`, remedy: named };
  const file = programOn(environment.PATH ?? '', store.program);
  if (file === undefined) return { kind: 'none', why: `no key for ${origin}: ${store.program} is not installed, so that there is no key store to ask`, remedy: named };
  const passed = Object.fromEntries(['DBUS_SESSION_BUS_ADDRESS', 'XDG_RUNTIME_DIR', 'DISPLAY', 'WAYLAND_DISPLAY', 'HOME'].flatMap((name) => { const value = environment[name]; return value === undefined ? [] : [[name, value]]; }));
  const result = await runProcess({ file, args: store.look, cwd: '/', env: passed, limits: { wallSeconds: UNLOCK_SECONDS, memoryMb: 512, outputBytes: 65_536, floodBytes: 65_536 }, ...(signal ? { signal } : {}) });
  const key = result.stdout.content.toString('utf8').trim();
  if (result.exit.reason === 'exited' && result.exit.code === 0 && key !== '') return { kind: 'found', key, from: `the key store (${store.program})` };
  return { kind: 'none', why: `no key for ${origin} in the environment or the key store`, remedy: `${named}, or store it: ${store.store}` };
}

/** On absolute PATH entries alone. */
function programOn(path: string, name: string): string | undefined {
  for (const folder of path.split(':')) {
    if (!isAbsolute(folder)) continue;
    const file = join(folder, name);
    try { accessSync(file, constants.X_OK); if (statSync(file).isFile()) return file; } catch { /* not here */ }
  }
  return undefined;
}
