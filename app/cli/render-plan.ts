/** The plan for people: what would be checked by what, what a run would execute, what is missing. Nothing has run. */
import type { CodeExecution, MissingTool } from '../../toolchains/contract.ts';
import { resolveJustifications } from '../engine/justify/resolve.ts';
import type { Justifications } from '../engine/justify/types.ts';
import type { Plan } from '../engine/plan.ts';
import { describeOther, type Coverage } from '../engine/repository/coverage.ts';
import { printable } from '../engine/repository/printable.ts';
import type { Commit } from '../engine/repository/types.ts';
import type { ToolchainTools } from '../engine/tools.ts';
import { counted, duration, padded, widthOf } from './layout.ts';
import { heading, renderAssumptions, renderUncovered } from './render.ts';
import { renderJustifications } from './render-justifications.ts';
import { renderDiagnostic } from './render-rows.ts';
import { renderMissing } from './render-doctor.ts';
import { glyph, paint, type Style } from './style.ts';

export interface PlanView {
  readonly root: string;
  readonly plan: Pick<Plan, 'projects' | 'units' | 'obligations' | 'assumptions' | 'executes' | 'uncovered' | 'diagnostics' | 'justify'>;
  readonly toolchains: readonly ToolchainTools[];
  readonly trusted: boolean;
  readonly commit?: Commit;
  /** Files that are no source, counted. */
  readonly other?: Coverage['other'];
  /** Seconds of the whole run, and how many of its units they are known of from past runs. */
  readonly expected?: { readonly seconds: number; readonly known: number; readonly of: number; readonly cores: number };
  readonly notices?: readonly string[];
}

const MAXIMUM_ROWS = 500;
const MAXIMUM_NAME = 40;

export function renderPlan(view: PlanView, style: Style): string {
  const { plan } = view;
  const executes = plan.executes;
  const signed = plannedJustifications(plan);
  const sections = [
    renderHead(view, style),
    renderObligations(view, style),
    renderExecutes(executes, view.trusted, style),
    renderMissing(missingOf(view), style),
    plan.diagnostics.slice(0, 20).flatMap((diagnostic) => renderDiagnostic(diagnostic, style)).join('\n'),
    renderAssumptions(plan.assumptions, style, signed),
    renderJustifications(signed && { file: signed.file, entries: signed.entries }, style),
    renderUncovered(plan.uncovered, style),
    [describeOther(view.other ?? []) ?? '', ...(view.notices ?? [])].filter((line) => line !== '').map((line) => paint(style, 'grey', printable(line))).join('\n'),
    renderTotals(view, style),
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

/** Of assumptions: whether something fails is not known before a run. */
export function plannedJustifications({ justify, assumptions }: Pick<Plan, 'justify' | 'assumptions'>): Justifications | undefined {
  return resolveJustifications(justify && { ...justify, entries: justify.entries.filter((entry) => entry.of === 'assumption') }, assumptions);
}

function renderHead({ root, commit }: PlanView, style: Style): string {
  return heading(style, printable(root)) + (commit === undefined ? '' : `  ${describeCommit(commit)}`);
}

export function describeCommit(commit: Commit): string {
  const state = commit.dirty === 'unknown' ? 'changed or not is not known' : commit.dirty ? 'changed since' : 'unchanged';
  const untracked = commit.untracked ? `, ${counted(commit.untracked, 'file is', 'files are')} not part of it` : '';
  return `commit ${commit.hash.slice(0, 12)}${commit.branch === undefined ? '' : ` on ${printable(commit.branch)}`}, ${state}${untracked}`;
}

function renderObligations({ plan, toolchains }: PlanView, style: Style): string {
  const lines: string[] = [];
  const places = (file: string, line: number): string => printable(`${file}:${line}`);
  let rows = 0;
  for (const { toolchain, name } of toolchains) {
    const obligations = plan.obligations.filter((obligation) => obligation.toolchain === toolchain);
    const projects = plan.projects.filter((project) => project.toolchain === toolchain);
    if (projects.length === 0) continue;
    lines.push(heading(style, `${name}: ${counted(obligations.length, 'obligation')} in ${counted(projects.length, 'project')}`));
    const shown = obligations.slice(0, Math.max(0, MAXIMUM_ROWS - rows));
    rows += shown.length;
    const width = shown.reduce((most, { file, range }) => Math.max(most, Math.min(MAXIMUM_NAME, widthOf(places(file, range.start.line)))), 0);
    for (const obligation of shown) {
      const label = obligation.task === undefined ? obligation.symbol : `${obligation.task}/${obligation.symbol}`;
      const expected = obligation.expected === undefined ? '' : paint(style, 'grey', `  expects ${obligation.expected.join(' or ')}`);
      lines.push(`  ${padded(places(obligation.file, obligation.range.start.line), width)}  ${printable(label)}${obligation.symbol === obligation.kind ? '' : paint(style, 'grey', `  ${printable(obligation.kind)}`)}${expected}`);
    }
    if (shown.length < obligations.length) lines.push(paint(style, 'grey', `  ${glyph(style, 'ellipsis')} and ${obligations.length - shown.length} more`));
  }
  return lines.join('\n');
}

function renderExecutes(executes: readonly CodeExecution[], trusted: boolean, style: Style): string {
  if (executes.length === 0) return '';
  const trust = trusted ? 'trusted for this run' : 'not run unless you pass --trust';
  return [
    heading(style, `A run would execute code of the repository (${trust})`),
    ...executes.map(({ file, line, what }) => `  ${printable(file)}${line === undefined ? '' : `:${line}`}  ${paint(style, 'amber', printable(what))}`),
  ].join('\n');
}

/** Only of toolchains that have something to do here. */
function missingOf({ plan, toolchains }: PlanView): MissingTool[] {
  return toolchains.filter(({ toolchain }) => plan.projects.some((project) => project.toolchain === toolchain)).flatMap((entry) => entry.missing);
}

function renderTotals({ plan, expected }: PlanView, style: Style): string {
  const what = plan.obligations.length === 0 ? 'No obligation found' : `${counted(plan.obligations.length, 'obligation')} in ${counted(plan.units.length, 'unit')}`;
  const basis = expected === undefined ? ''
    : expected.known === 0 ? '. How long it takes is not known: none of it has run before'
      : `. About ${duration(expected.seconds)} on ${counted(expected.cores, 'core')}, from past runs of ${expected.known} of ${expected.of} units`;
  return heading(style, `${what}. Nothing has run${basis}`);
}
