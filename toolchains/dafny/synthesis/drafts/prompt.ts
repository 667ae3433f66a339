/** What a model is told of a goal: the file with numbered lines, what the verifier says and where, lemmas that may help. */
import type { Diagnostic } from '../../../contract.ts';
import type { Goal, Premise } from '../../../synthesis.ts';

export const INSTRUCTIONS = `You complete proofs in Dafny 4. You are given a file, one symbol of it that does not verify, and what the verifier says.
Add proof text only: loop invariants, decreases clauses of loops, assert statements, calc statements, calls of lemmas that exist, new lemmas with complete proofs, ghost variables.
Never change, move or remove what is there: no signature, requires, ensures, modifies, reads, no executable statement. Never use assume, {:axiom}, {:verify false}, {:only}, extern or include. A machine compares your answer with the file and refuses anything else.
Answer with exactly one fenced code block and nothing after it. Either
\`\`\`insert
N: TEXT
\`\`\`
where each line puts TEXT on a line of its own before line N of the file (an invariant or decreases names the line of its loop's "while" or "for"), or
\`\`\`dafny
the whole file with your additions
\`\`\`
Prefer insertions. Give each invariant on a line of its own.`;

/** Longer files are more than a prompt should hold. */
export const MOST_FILE_CHARACTERS = 60_000;
const MOST_MESSAGES = 12, MOST_MESSAGE_CHARACTERS = 400, MOST_PREMISE_CHARACTERS = 1200;

export function firstTurn(path: string, text: string, goal: Goal, open: readonly Diagnostic[], premises: readonly Premise[]): string {
  const lines = text.split(/\r?\n/);
  const width = String(lines.length).length;
  const parts = [`File ${path}:\n${lines.map((line, index) => `${String(index + 1).padStart(width)}| ${line}`).join('\n')}`, `${goal.obligation.kind} ${goal.obligation.symbol}, line ${goal.obligation.range.start.line}, does not verify.`];
  const messages = messagesOf(open.length > 0 ? open : goal.diagnostics, lines);
  if (messages !== '') parts.push(`The verifier says:\n${messages}`);
  const [callable, others] = [premises.filter((one) => one.isCallable), premises.filter((one) => !one.isCallable)];
  const shown = (list: readonly Premise[]): string => list.map((one) => one.contract.trim().slice(0, MOST_PREMISE_CHARACTERS)).join('\n\n');
  if (callable.length > 0) parts.push(`Lemmas that can be called, perhaps useful:\n${shown(callable)}`);
  if (others.length > 0) parts.push(`Lemmas of other projects, as examples only (they cannot be called):\n${shown(others)}`);
  return parts.join('\n\n');
}

/** Each with its line, so that the words can be found in the source. */
export function messagesOf(diagnostics: readonly Diagnostic[], lines: readonly string[]): string {
  return diagnostics.filter((one) => one.severity === 'error').slice(0, MOST_MESSAGES).map(({ range, message, notes }) => {
    const place = range ? `line ${range.start.line}: ${(lines[range.start.line - 1] ?? '').trim()}\n  ` : '';
    const more = (notes ?? []).filter((note) => note.range).slice(0, 3).map((note) => `\n  see line ${note.range!.start.line}: ${(lines[note.range!.start.line - 1] ?? '').trim()} (${note.message.split('\n')[0]!.slice(0, MOST_MESSAGE_CHARACTERS)})`).join('');
    return `${place}${message.split('\n')[0]!.slice(0, MOST_MESSAGE_CHARACTERS)}${more}`;
  }).join('\n');
}

export function repairTurn(whatHappened: string): string {
  return `${whatHappened}\n\nAnswer again for the file as it was given first, with all that is needed, in the same form.`;
}
