/** The plan as the window shows it. Says nothing that was not read. */
import { sandboxState } from '../../toolchains/process/sandbox/state.ts';
import { platformName } from '../../toolchains/process/environment.ts';
import { recipes } from '../../toolchains/recipes.ts';
import type { Toolchain } from '../../toolchains/contract.ts';
import type { PlanView, ToolchainView } from '../contract.ts';
import type { ToolchainTools } from '../engine/tools.ts';
import { withCommand } from '../engine/install/remedy.ts';
import { learnKeyOf } from '../engine/running/select.ts';
import { layOut } from '../engine/scheduler/layout.ts';
import type { RepositorySession } from './session.ts';

const UNCOVERED_SHOWN = 2_000;
const DIAGNOSTICS_SHOWN = 1_000;

export async function planViewOf(session: RepositorySession, known: number): Promise<PlanView> {
  const { repository, plan, tools, other, notes } = session.opened;
  const { engine, trust } = session.context;
  const since = session.canTrust ? trust.list().find((entry) => entry.root === repository.root)?.since : undefined;
  const expected = expectedOf(session);
  const byProject = new Map<string, number>();
  for (const obligation of plan.obligations) byProject.set(obligation.project, (byProject.get(obligation.project) ?? 0) + 1);
  return {
    repository: session.id, revision: session.planRevision, root: repository.root, origin: repository.origin, name: session.name, kind: repository.kind,
    writable: repository.kind !== 'archive', empty: repository.empty, ...(repository.commit ? { commit: { ...repository.commit } } : {}),
    trust: { granted: session.trusted, possible: session.canTrust, ...(session.trusted && since !== undefined ? { since } : {}) },
    projects: plan.projects.map(({ id, toolchain, root, name, files }) => ({ id, toolchain, root, name, files: files.length, obligations: byProject.get(id) ?? 0 })),
    obligations: plan.obligations.length, units: plan.units.length, assumptions: plan.assumptions.length,
    byToolchain: tools.all.map(({ toolchain }) => ({
      toolchain, projects: plan.projects.filter((project) => project.toolchain === toolchain).length,
      obligations: plan.obligations.filter((obligation) => obligation.toolchain === toolchain).length, units: plan.units.filter((unit) => unit.toolchain.id === toolchain).length,
    })),
    toolchains: toolchainViews(tools.all, engine.toolchains),
    executes: plan.projects.flatMap((project) => project.executes.map(({ file, line, what }) => ({ project: project.id, file, what, ...(line === undefined ? {} : { line }) }))),
    ...(plan.units.some(({ unit }) => unit.executesCode) ? { sandbox: await sandboxState() } : {}),
    ...(expected ? { expected } : {}), known,
    uncovered: plan.uncovered.slice(0, UNCOVERED_SHOWN).map((entry) => ({ ...entry })), uncoveredCount: plan.uncovered.length,
    other: other.map((entry) => ({ ...entry })), diagnostics: structuredClone(plan.diagnostics.slice(0, DIAGNOSTICS_SHOWN)) as PlanView['diagnostics'],
    notices: [...repository.notices, ...notes],
  };
}

export function toolchainViews(all: readonly ToolchainTools[], toolchains: readonly Toolchain[]): ToolchainView[] {
  return all.map(({ toolchain, name, tools, missing }) => ({
    toolchain, name, ready: tools.some((tool) => tool.unfit === undefined), tools: tools.map((tool) => ({ ...tool })),
    missing: missing.map((entry) => {
      const recipe = recipes.find((one) => one.id === entry.id && (one.archives?.[platformName()] !== undefined || one.dotnetTool !== undefined));
      return { ...withCommand(entry, recipes, platformName()), ...(recipe ? { install: recipe.id } : {}) };
    }),
    capabilities: { ...toolchains.find((one) => one.id === toolchain)!.capabilities },
    strategies: (toolchains.find((one) => one.id === toolchain)!.synthesis?.strategies ?? []).map(({ name: strategy, summary }) => ({ name: strategy, summary })),
  }));
}

/** From what earlier runs measured; what is not known adds nothing, which is why the view says how much is. */
function expectedOf(session: RepositorySession): PlanView['expected'] {
  const { units } = session.opened.plan;
  const { parts } = session.context.engine;
  const learned = parts.memory.learned(units.map(learnKeyOf));
  const known = units.flatMap((unit) => learned.get(learnKeyOf(unit)) ?? []);
  if (known.length === 0) return undefined;
  return {
    seconds: layOut([], known.map(({ seconds }) => ({ seconds, cores: 1 })), parts.cores), memoryMb: Math.max(...known.map(({ memoryMb }) => memoryMb)),
    known: known.length, of: units.length, cores: parts.cores,
  };
}
