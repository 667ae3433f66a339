/** Several ledgers as one: paths become relative to the folder that all roots share. */
import { relative, sep } from 'node:path';
import type { Ledger, LedgerEntry } from '../ledger/types.ts';
import { sharedFolder } from '../repository/named.ts';

/** @param ledgers at least one */
export function joined(ledgers: readonly Ledger[]): Ledger {
  const first = ledgers[0];
  if (!first) throw new Error('there is no ledger to join');
  if (ledgers.length === 1) return first;
  const root = sharedFolder(ledgers.map((ledger) => ledger.run.root));
  const tools = new Map(ledgers.flatMap((ledger) => ledger.tools).map((tool) => [`${tool.fingerprint} ${tool.path}`, tool]));
  const moved = ledgers.map((ledger) => movedUnder(ledger, relative(root, ledger.run.root).split(sep).join('/')));
  return {
    run: {
      ...first.run, root, seconds: ledgers.reduce((sum, ledger) => sum + (ledger.run.seconds ?? 0), 0),
      outcome: ledgers.find((ledger) => ledger.run.outcome !== 'finished')?.run.outcome ?? 'finished',
    },
    machine: first.machine, tools: [...tools.values()],
    projects: moved.flatMap((ledger) => ledger.projects), entries: moved.flatMap((ledger) => ledger.entries),
    assumptions: moved.flatMap((ledger) => ledger.assumptions), uncovered: moved.flatMap((ledger) => ledger.uncovered), ...joinedJustifications(moved),
  };
}

/** Each was held against its own repository; of broken files the first is named. */
function joinedJustifications(ledgers: readonly Ledger[]): Pick<Ledger, 'justifications'> {
  const all = ledgers.flatMap((ledger) => ledger.justifications ?? []);
  const [first] = all;
  if (!first) return {};
  const broken = all.find((one) => one.problem !== undefined);
  return { justifications: { file: (broken ?? first).file, entries: all.flatMap((one) => one.entries), ...(broken?.problem ? { problem: broken.problem } : {}) } };
}

function movedUnder(ledger: Ledger, prefix: string): Ledger {
  if (prefix === '') return ledger;
  const moved = (path: string): string => (path.startsWith('/') ? path : `${prefix}/${path}`);
  const id = (old: string): string => `${prefix}:${old}`;
  const entry = (old: LedgerEntry): LedgerEntry => ({
    ...old, inputs: old.inputs.map((input) => ({ ...input, path: moved(input.path) })),
    obligation: { ...old.obligation, id: id(old.obligation.id), project: id(old.obligation.project), file: moved(old.obligation.file), assumptions: old.obligation.assumptions.map(id), ...(old.obligation.uses ? { uses: old.obligation.uses.map(id) } : {}) },
    result: { ...old.result, obligation: id(old.result.obligation), diagnostics: old.result.diagnostics.map((diagnostic) => (diagnostic.file === undefined ? diagnostic : { ...diagnostic, file: moved(diagnostic.file) })) },
  });
  return {
    ...ledger, entries: ledger.entries.map(entry),
    projects: ledger.projects.map((project) => ({ ...project, id: id(project.id), root: moved(project.root) })),
    assumptions: ledger.assumptions.map((assumption) => ({ ...assumption, id: id(assumption.id), file: moved(assumption.file) })),
    uncovered: ledger.uncovered.map((uncovered) => ({ ...uncovered, file: moved(uncovered.file) })),
    ...(ledger.justifications ? { justifications: {
      ...ledger.justifications, file: moved(ledger.justifications.file),
      entries: ledger.justifications.entries.map((entry) => ({ ...entry, ...(entry.subject === undefined ? {} : { subject: id(entry.subject) }) })),
    } } : {}),
  };
}
