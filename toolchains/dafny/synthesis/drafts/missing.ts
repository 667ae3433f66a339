/** The goals of a unit that the other strategies left open, one after the other, each on top of what was accepted before. */
import type { Addition, Finding, ModelAccess, SynthesisContext } from '../../../synthesis.ts';
import type { Checker } from '../checker.ts';
import { includesOf } from '../../source/cone.ts';
import { NAME, propose } from './propose.ts';

export interface Accepted {
  /** Texts by path, with all that was accepted. */
  readonly files: Map<string, string>;
  readonly proves: string[];
  readonly additions: Addition[];
}

export async function proposeMissing(context: SynthesisContext, model: ModelAccess, checker: Checker, findings: readonly Finding[], accepted: Accepted): Promise<Finding[]> {
  const { files, proves, additions } = accepted;
  const drafts: string[] = [];
  const all = [...findings];
  const open = context.goals.filter((goal) => !findings.find((one) => one.obligation === goal.obligation.id)?.proved);
  for (const [index, goal] of open.entries()) {
    const path = goal.obligation.file, id = goal.obligation.id;
    const at = all.findIndex((one) => one.obligation === id);
    const known = all[at];
    if (!known || context.secondsLeft() < 2 || context.signal.aborted) continue;
    const text = files.get(path) ?? (await context.read(path)).toString('utf8');
    if (includesOf(text).length > 0) continue;
    const end = performance.now() + (context.secondsLeft() / (open.length - index) ** 0.7) * 1000;
    const proposal = await propose({
      context, model, checker, path, text, goal, open: known.open, secondsLeft: () => Math.min(context.secondsLeft(), (end - performance.now()) / 1000),
      offer: async (whole, pieces, ids) => {
        const more = pieces.map((piece): Addition => ({ strategy: NAME, text: piece, obligation: id }));
        const answer = await context.offer({ files: new Map([...files, [path, whole]]), proves: [...proves, id], additions: [...additions, ...more], drafts: [...drafts, ...ids] });
        if (answer.kind === 'accepted') { files.set(path, whole); proves.push(id); additions.push(...more); drafts.push(...ids); }
        return answer;
      },
    });
    all[at] = {
      ...known, proved: proposal.text !== undefined, candidates: known.candidates + proposal.drafts, passes: known.passes + proposal.passes, open: proposal.open, notes: [...known.notes, ...proposal.notes],
      strongest: proposal.text === undefined ? known.strongest : proposal.pieces.slice(0, 12),
    };
  }
  return all;
}
