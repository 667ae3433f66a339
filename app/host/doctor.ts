/** What is installed and what is missing, for the Toolchains page, with a text to copy. */
import { availableParallelism, totalmem } from 'node:os';
import { platformName } from '../../toolchains/process/environment.ts';
import { sandboxState } from '../../toolchains/process/sandbox/state.ts';
import type { DoctorView } from '../contract.ts';
import type { Engine } from '../engine/engine.ts';
import { version } from '../engine/version.ts';
import { toolchainViews } from './plan-view.ts';

export async function doctorOf(engine: Engine): Promise<DoctorView> {
  const { inventory, notes } = await engine.tools();
  const view = {
    version, node: process.version, home: engine.parts.store.home, platform: platformName(), cores: availableParallelism(), memoryMb: Math.round(totalmem() / 1_048_576),
    toolchains: toolchainViews(inventory.all, engine.toolchains), sandbox: await sandboxState(), notices: [...engine.parts.store.notices.map((notice) => notice.message), ...notes],
  };
  return { ...view, text: textOf(view) };
}

function textOf(view: Omit<DoctorView, 'text'>): string {
  const lines = [`assay ${view.version}, Node ${view.node}, ${view.platform}, ${view.cores} cores, ${view.memoryMb} MiB; keeps its results in ${view.home}`];
  for (const { name, ready, tools, missing } of view.toolchains) {
    lines.push('', `${name}: ${ready ? 'ready' : 'cannot check anything'}`);
    for (const tool of tools) lines.push(`  ${tool.id} ${tool.version}  ${tool.path}${tool.unfit === undefined ? '' : `  not used: ${tool.unfit}`}`);
    for (const one of missing) lines.push(`  missing: ${one.id}  ${one.why}. ${one.remedy}`);
  }
  lines.push('', 'missing' in view.sandbox ? `Sandbox: none. ${view.sandbox.missing}. ${view.sandbox.remedy}` : `Sandbox: ${view.sandbox.kind} ${view.sandbox.version}  ${view.sandbox.path}`, ...view.notices);
  return `${lines.join('\n')}\n`;
}
