/** The embedded Z3 as a tool. */
import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Tool, ToolHost } from '../contract.ts';

export const EMBEDDED_ID = 'z3-embedded';

export async function locateEmbedded(host: ToolHost): Promise<Tool | undefined> {
  const require = createRequire(import.meta.url);
  let manifest: string;
  try { manifest = require.resolve('z3-solver/package.json'); } catch { return undefined; }
  const { version } = require('z3-solver/package.json') as { version: string };
  const folder = join(dirname(manifest), 'build');
  const [wasm, glue] = await Promise.all([host.hash(join(folder, 'z3-built.wasm')), host.hash(join(folder, 'z3-built.js'))]);
  const fingerprint = createHash('sha256').update(`${wasm}\0${glue}`).digest('hex');
  return { id: EMBEDDED_ID, version, path: `npm:z3-solver@${version}`, sha256: wasm, fingerprint, embedded: true };
}
