/** `assay plan PATH…`: every obligation and what a run would execute. Starts no prover and, untrusted, no code of the repository. */
import { knownAs, type OpenedPlan } from '../engine/engine.ts';
import { learnKeyOf } from '../engine/running/select.ts';
import { layOut } from '../engine/scheduler/layout.ts';
import { parseCommand, UsageError } from './arguments.ts';
import { plannedJustifications, renderPlan, type PlanView } from './render-plan.ts';
import { peopleStream, withSession, type Session } from './session.ts';
import { styleFor } from './style.ts';
import { writeWhole } from './write.ts';

const OPTIONS = { json: { type: 'string' }, toolchain: { type: 'string' }, trust: { type: 'boolean' }, 'no-progress': { type: 'boolean' }, help: { type: 'boolean' } } as const;

export async function planCommand(args: readonly string[]): Promise<number> {
  const command = parseCommand<keyof typeof OPTIONS>(args, OPTIONS);
  if (command.flag('help')) { process.stdout.write('usage: assay plan PATH… [--json FILE|-] [--toolchain ID] [--trust]\n'); return 0; }
  if (command.positionals.length === 0) throw new UsageError('plan wants a folder, a file or an archive');
  const trusted = command.flag('trust'), json = command.text('json'), onlyToolchain = command.text('toolchain');
  const out = peopleStream(json);
  return withSession({}, async (session) => {
    const views: PlanView[] = [];
    for (const path of command.positionals) {
      const opened = await session.engine.plan({ path, trusted, signal: session.signal, ...(onlyToolchain === undefined ? {} : { onlyToolchain }) });
      try {
        const view = viewOf(session, opened, trusted);
        views.push(view);
        out.write(renderPlan(view, styleFor(out)));
      } finally {
        await opened.repository.dispose();
      }
    }
    if (json !== undefined) await writeWhole(json, `${JSON.stringify(views.length === 1 ? planJson(views[0]!) : views.map(planJson), null, 1)}\n`);
    return views.every((view) => view.plan.obligations.length > 0) ? 0 : 3;
  });
}

function viewOf({ engine }: Session, opened: OpenedPlan, trusted: boolean): PlanView {
  const { repository, plan, tools } = opened;
  const learned = engine.parts.memory.learned(plan.units.map(learnKeyOf));
  const known = plan.units.flatMap((unit) => learned.get(learnKeyOf(unit)) ?? []);
  const expected = known.length === 0 ? undefined : {
    seconds: layOut([], known.map(({ seconds }) => ({ seconds, cores: 1 })), engine.parts.cores), known: known.length, of: plan.units.length, cores: engine.parts.cores,
  };
  return {
    root: knownAs(repository), trusted, toolchains: tools.all, other: opened.other, plan,
    notices: [...repository.notices, ...opened.notes], ...(repository.commit ? { commit: repository.commit } : {}), ...(expected ? { expected } : {}),
  };
}

/** Schema 1 of `plan --json`. */
function planJson(view: PlanView): object {
  const justifications = plannedJustifications(view.plan);
  const { projects, units, obligations, assumptions, executes, uncovered, diagnostics } = view.plan;
  return {
    schema: 1, root: view.root, trusted: view.trusted, commit: view.commit, expected: view.expected, projects, obligations, assumptions, justifications, executes, uncovered, diagnostics,
    units: units.map(({ unit }) => ({ id: unit.id, project: unit.project, label: unit.label, obligations: unit.obligations, executesCode: unit.executesCode, decided: unit.decided })),
    tools: view.toolchains.map(({ toolchain, tools, missing }) => ({ toolchain, tools, missing })),
  };
}
