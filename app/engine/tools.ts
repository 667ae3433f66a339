/** Which programs every toolchain found, and the hashes by which the cache knows them. */
import { createHash } from 'node:crypto';
import type { MissingTool, Tool, ToolHost, Toolchain } from '../../toolchains/contract.ts';

export interface ToolchainTools {
  readonly toolchain: string;
  readonly name: string;
  readonly tools: readonly Tool[];
  readonly missing: readonly MissingTool[];
}

export class ToolInventory {
  private readonly byToolchain: Map<string, ToolchainTools>;
  private readonly setHashes = new Map<string, string>();

  constructor(readonly all: readonly ToolchainTools[]) {
    this.byToolchain = new Map(all.map((entry) => [entry.toolchain, entry]));
  }

  /** Fit tools of a toolchain, preferred first. */
  of(toolchain: string): readonly Tool[] {
    return (this.byToolchain.get(toolchain)?.tools ?? []).filter((tool) => tool.unfit === undefined);
  }

  fingerprints(toolchain: string): ReadonlySet<string> {
    return new Set(this.of(toolchain).map((tool) => tool.fingerprint));
  }

  /** Identity of everything usable: an open verdict is reused only under the same set. */
  setHash(toolchain: string): string {
    const known = this.setHashes.get(toolchain);
    if (known !== undefined) return known;
    const lines = this.of(toolchain).map((tool) => `${tool.id} ${tool.version} ${tool.fingerprint}`).sort();
    const hash = createHash('sha256').update(lines.join('\n')).digest('hex');
    this.setHashes.set(toolchain, hash);
    return hash;
  }
}

export async function locateAll(toolchains: readonly Toolchain[], host: ToolHost): Promise<ToolInventory> {
  return new ToolInventory(await Promise.all(toolchains.map(async (toolchain) => {
    const located = await toolchain.locate(host);
    return { toolchain: toolchain.id, name: toolchain.name, tools: located.tools, missing: located.missing };
  })));
}
