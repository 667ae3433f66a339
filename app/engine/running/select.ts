/** Which obligations of a plan were asked for, unit by unit. */
import type { Obligation } from '../../../toolchains/contract.ts';
import type { Plan, PlannedUnit } from '../plan.ts';

export interface Selection {
  /** `--only`: a part of the id, or a pattern with `*` for any characters; several alternatives with `|`. */
  readonly only?: string;
  readonly tasks?: readonly string[];
  /** Exactly these obligations, by id, and those of these files; both together where both are given. */
  readonly ids?: ReadonlySet<string>;
  readonly files?: ReadonlySet<string>;
}

export interface AskedUnit extends PlannedUnit { readonly asked: readonly Obligation[] }

export function selectUnits(plan: Plan, selection: Selection): AskedUnit[] {
  const byId = new Map(plan.obligations.map((obligation) => [obligation.id, obligation]));
  const wanted = matcher(selection, plan.obligations);
  const selected: AskedUnit[] = [];
  for (const planned of plan.units) {
    const asked = planned.unit.obligations.flatMap((id) => {
      const obligation = byId.get(id);
      return obligation && wanted(obligation) ? [obligation] : [];
    });
    // A unit whose obligations are found only by running (none in the outline) runs where nothing narrows the choice.
    if (asked.length > 0 || (planned.unit.obligations.length === 0 && !selection.only && !selection.ids && !selection.files && matchesTask(selection, planned))) selected.push({ ...planned, asked });
  }
  return selected;
}

function matchesTask(selection: Selection, planned: PlannedUnit): boolean {
  return !selection.tasks?.length || selection.tasks.some((task) => planned.unit.id.endsWith(`#${task}`));
}

/** @param known a pattern that is the whole name of one of these means that one, whatever `*` and `|` stand in it */
export function matcher(selection: Selection, known: readonly Obligation[] = []): (obligation: Obligation) => boolean {
  const named = (obligation: Obligation): boolean => obligation.id === selection.only || obligation.symbol === selection.only;
  const isName = known.some(named);
  const patterns = selection.only?.split('|').filter((part) => part !== '').map(patternOf);
  const tasks = selection.tasks?.length ? new Set(selection.tasks) : undefined;
  const { ids, files } = selection;
  const isPicked = (obligation: Obligation): boolean => (!ids && !files) || ids?.has(obligation.id) === true || files?.has(obligation.file) === true;
  return (obligation) => isPicked(obligation) && (!tasks || (obligation.task !== undefined && tasks.has(obligation.task)))
    && (isName ? named(obligation) : !patterns || patterns.some((pattern) => pattern.test(obligation.id) || pattern.test(obligation.symbol)));
}

/** `*` for any characters; without one, a part of the text. */
export function patternOf(text: string): RegExp {
  const escaped = text.replace(/[.+?^${}()|[\]\\]/g, '\\$&');
  return text.includes('*') ? new RegExp(`^${escaped.replaceAll('*', '.*')}$`, 's') : new RegExp(escaped, 's');
}

/** Learned seconds and memory of a unit as a whole are kept under this key. */
export function learnKeyOf(planned: PlannedUnit): string {
  return `unit:${planned.unit.id}`;
}
