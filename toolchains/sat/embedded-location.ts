/** The embedded SAT engine as a tool. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Tool, ToolHost } from '../contract.ts';
import { EMBEDDED } from './engines.ts';

export async function locateEmbedded(host: ToolHost): Promise<Tool | undefined> {
  let folder: string;
  try {
    folder = dirname(createRequire(import.meta.url).resolve('z3-solver'));
  } catch {
    return undefined;
  }
  const manifest = JSON.parse(readFileSync(join(folder, '..', 'package.json'), 'utf8')) as { version: string };
  const sha256 = await host.hash(join(folder, 'z3-built.wasm'));
  const script = await host.hash(join(folder, 'z3-built.js'));
  return {
    id: EMBEDDED, version: manifest.version, path: `npm:z3-solver@${manifest.version}`, sha256, embedded: true,
    fingerprint: createHash('sha256').update(`${sha256}\0${script}\0${manifest.version}`).digest('hex'),
  };
}
