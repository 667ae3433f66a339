/** The embedded yosys as a tool of the ledger: the npm package beside Assay, known by the bytes of its program. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { MissingTool, Tool, ToolHost } from '../../contract.ts';

export const EMBEDDED_YOSYS = 'yosys-embedded';

/** Files of the package that decide what it does; the rest of the share folder is for vendors' cells. */
const PROGRAM = ['gen/bundle.js', 'gen/resources-yosys.js', 'gen/yosys.core.wasm'];

export async function locateEmbedded(host: Pick<ToolHost, 'hash'>): Promise<Tool | MissingTool> {
  try {
    const entry = createRequire(import.meta.url).resolve('@yowasp/yosys');
    const folder = dirname(dirname(entry));
    const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string };
    const hashes = await Promise.all(PROGRAM.map((file) => host.hash(join(folder, file))));
    return {
      id: EMBEDDED_YOSYS, version, path: `npm:@yowasp/yosys@${version}`, sha256: hashes[2]!,
      fingerprint: createHash('sha256').update(hashes.join('\n')).digest('hex'), embedded: true,
    };
  } catch (error) {
    return { id: EMBEDDED_YOSYS, why: `the package @yowasp/yosys cannot be read: ${error instanceof Error ? error.message : String(error)}`, remedy: 'Run npm install in the folder of Assay' };
  }
}
