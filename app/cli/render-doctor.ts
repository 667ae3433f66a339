/** What is installed, what is missing and what to do about it: for people and as plain data for `--json`. */
import type { MissingTool, Tool } from '../../toolchains/contract.ts';
import type { SandboxState } from '../../toolchains/process/sandbox/state.ts';
import { printable } from '../engine/repository/printable.ts';
import type { ToolchainTools } from '../engine/tools.ts';
import { padded, widthOf } from './layout.ts';
import { paint, type Style } from './style.ts';

export interface DoctorView {
  readonly version: string;
  readonly node: string;
  readonly home: string;
  readonly platform: string;
  readonly cores: number;
  readonly memoryMb: number;
  readonly toolchains: readonly ToolchainTools[];
  /** For code of trusted repositories. */
  readonly sandbox?: SandboxState;
  readonly notices?: readonly string[];
}

export function renderDoctor(view: DoctorView, style: Style): string {
  const head = `${paint(style, 'bold', `assay ${view.version}`)}  Node ${view.node}, ${view.platform}, ${view.cores} cores, ${Math.round(view.memoryMb / 1_024)} GB; keeps its results in ${printable(view.home)}`;
  const sections = [head, ...view.toolchains.map((entry) => renderToolchain(entry, style)), renderSandbox(view.sandbox, style), (view.notices ?? []).map((notice) => paint(style, 'grey', printable(notice))).join('\n')];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

function renderSandbox(sandbox: SandboxState | undefined, style: Style): string {
  if (sandbox === undefined) return '';
  const name = paint(style, 'bold', 'Sandbox');
  if ('missing' in sandbox) return `${name}: ${paint(style, 'amber', 'none: code of a repository is not run')}\n  ${printable(sandbox.missing)}. ${printable(sandbox.remedy)}`;
  return `${name}: ready\n  ${paint(style, 'green', style.unicode ? '✓' : '+')} ${sandbox.kind} ${printable(sandbox.version)}  ${paint(style, 'grey', printable(sandbox.path))}`;
}

function renderToolchain(entry: ToolchainTools, style: Style): string {
  const fit = entry.tools.filter((tool) => tool.unfit === undefined);
  const state = fit.length === 0 ? paint(style, 'red', 'cannot check anything') : fit.every((tool) => tool.embedded) ? 'ready, on the embedded engine' : 'ready';
  const names = entry.tools.map((tool) => printable(`${tool.id} ${tool.version}`));
  const width = names.reduce((most, name) => Math.max(most, widthOf(name)), 0);
  const lines = entry.tools.map((tool, index) => renderTool(tool, padded(names[index]!, width), style));
  const missing = renderMissing(entry.missing, style);
  return [`${paint(style, 'bold', entry.name)}: ${state}`, ...lines, ...(missing === '' ? [] : missing.split('\n').slice(1))].join('\n');
}

function renderTool(tool: Tool, name: string, style: Style): string {
  const yes = style.unicode ? '✓' : '+';
  const where = printable(tool.path) + (tool.embedded ? ' (embedded)' : '');
  if (tool.unfit === undefined) return `  ${paint(style, 'green', yes)} ${name}  ${paint(style, 'grey', where)}`;
  return `  ${paint(style, 'amber', '!')} ${name}  ${paint(style, 'grey', where)}  ${paint(style, 'amber', `not used: ${printable(tool.unfit)}`)}`;
}

/** Each with what to do about it; the first line is a heading. */
export function renderMissing(missing: readonly MissingTool[], style: Style): string {
  if (missing.length === 0) return '';
  const width = missing.reduce((most, { id }) => Math.max(most, widthOf(id)), 0);
  return [
    paint(style, 'bold', 'Missing'),
    ...missing.map(({ id, why, remedy }) => `  ${paint(style, 'amber', '-')} ${padded(printable(id), width)}  ${printable(why)}. ${printable(remedy)}`),
  ].join('\n');
}

export function doctorJson(view: DoctorView): object {
  const { toolchains, notices, ...rest } = view;
  return {
    schema: 1, ...rest, notices: notices ?? [],
    toolchains: toolchains.map(({ toolchain, name, tools, missing }) => ({ id: toolchain, name, ready: tools.some((tool) => tool.unfit === undefined), tools, missing })),
  };
}
