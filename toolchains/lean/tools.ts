/** Which of the Lean versions that are here a project is checked with: the one that it pins, else the newest. */
import type { Project, Tool } from '../contract.ts';
import { allFit, compareVersions } from '../locate.ts';
import type { Verdict } from '../verdict.ts';
import { REMEDY } from './locate.ts';
import { pinnedVersion } from './package.ts';
import { projectOptions } from './recognise.ts';

export interface LeanTools { readonly lean: Tool; readonly checker?: Tool }

export function chooseTools(project: Project, tools: readonly Tool[]): LeanTools | Verdict {
  const found = allFit(tools, 'lean').sort((a, b) => compareVersions(b.version, a.version));
  if (found.length === 0) return { kind: 'tool-missing', reason: 'no lean 4 on PATH', remedy: REMEDY };
  const pin = projectOptions(project).pin;
  const wanted = pin === undefined ? undefined : pinnedVersion(pin);
  const lean = wanted === undefined ? found[0]! : found.find((tool) => tool.version === wanted);
  if (!lean) return { kind: 'tool-missing', reason: `the project pins ${pin!}; here ${found.length === 1 ? 'is' : 'are'} lean ${found.map((tool) => tool.version).join(', ')}`, remedy: `elan toolchain install ${pin!}` };
  const folder = lean.path.slice(0, lean.path.lastIndexOf('/') + 1);
  const checkers = allFit(tools, 'leanchecker');
  // A build is read only by programs of the very version that wrote it.
  const checker = checkers.find((tool) => tool.path.startsWith(folder));
  return { lean, ...(checker ? { checker } : {}) };
}
