/** What `prove` says to people: each goal in one line, what was tried where it was not found, the patch, what was written. */
import { sentenceOf } from '../engine/report/sentence.ts';
import { printable } from '../engine/repository/printable.ts';
import type { ApplyAnswer } from '../engine/synthesis/apply.ts';
import type { GoalOutcome, ProveOutcome } from '../engine/synthesis/prove.ts';
import { counted, duration } from './layout.ts';
import { paint, type Style } from './style.ts';

const MOST_OPEN = 4, MOST_STRONGEST = 6;

export function renderProof(outcome: ProveOutcome, { style, patch, applied }: { style: Style; patch: string; applied?: ApplyAnswer }): string {
  const lines: string[] = [];
  for (const goal of outcome.goals) lines.push(...goalLines(goal, style));
  for (const one of outcome.refused) lines.push(`refused by the ${one.by}: ${printable(one.why)}`);
  if (outcome.goals.length === 0) lines.push(outcome.already === 0 ? 'Nothing to prove was found.' : `Everything asked is proved already (${outcome.already}).`);
  for (const { acceptance, candidate } of outcome.accepted) {
    lines.push(`accepted: ${candidate.additions.length} ${candidate.additions.length === 1 ? 'addition' : 'additions'}; ${acceptance.guard.join('; ')}; proved in a clean run of ${duration(acceptance.seconds)}`);
    if (acceptance.unconfirmed !== undefined) lines.push(`  not confirmed by the compiler: ${acceptance.unconfirmed}`);
  }
  if (outcome.model) {
    const { name, origin, isLoopback, spent, price } = outcome.model;
    lines.push(`asked of ${printable(name)} at ${origin}${isLoopback ? ' (this machine)' : ''}: ${counted(spent.requests, 'request')}, ${spent.input} tokens in, ${spent.output} out${spent.estimated ? ' (partly estimated)' : ''}${spent.usd === undefined || !price ? ', cost not known' : `, ${spent.usd.toFixed(4)} USD (${price.from})`}`);
  }
  if (patch !== '') lines.push('', patch.trimEnd(), '');
  if (applied?.kind === 'written') lines.push(`written: ${applied.paths.map(printable).join(', ')}`);
  if (applied?.kind === 'refused') lines.push(`not written: ${printable(applied.path)} ${applied.why}. ${applied.remedy}`);
  else if (!applied && outcome.accepted.length > 0) lines.push('Nothing was written; --apply writes it.');
  const proved = outcome.goals.filter((goal) => goal.proved).length;
  if (outcome.goals.length > 0) lines.push(`${proved} of ${counted(outcome.goals.length, 'goal')} proved, ${outcome.already} green before, in ${duration(outcome.seconds)} and ${counted(outcome.calls, 'verifier call')}`);
  return `${lines.join('\n')}\n`;
}

function goalLines({ entry, proved, finding, untried }: GoalOutcome, style: Style): string[] {
  const { obligation, result } = entry;
  const place = printable(`${obligation.file}:${obligation.range.start.line}`);
  if (proved) return [`${paint(style, 'green', 'proved')}  ${place}  ${printable(obligation.symbol)}`];
  const isRefuted = result.verdict.kind === 'refuted';
  const lines = [`${isRefuted ? paint(style, 'red', 'refuted') : paint(style, 'amber', 'not found')}  ${place}  ${printable(obligation.symbol)}: ${printable(sentenceOf(entry))}`];
  if (untried !== undefined) return [...lines, `    not tried: ${printable(untried)}`];
  for (const note of finding?.notes ?? []) lines.push(`    ${printable(note)}`);
  if (isRefuted) return lines;
  for (const clause of finding?.strongest.slice(0, MOST_STRONGEST) ?? []) lines.push(`    holds: ${printable(clause)}`);
  const open = finding && finding.open.length > 0 ? finding.open : result.diagnostics;
  for (const one of open.slice(0, MOST_OPEN)) lines.push(`    blocked by: ${one.range ? `line ${one.range.start.line}: ` : ''}${printable(one.message.split('\n')[0]!)}`);
  return lines;
}
