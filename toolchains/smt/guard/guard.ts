/**
 * The guard for SMT-LIB. A script says all that it means; the only proof text that it can hold are the instantiation patterns
 * of its quantifiers, which tell a solver where to look and not what is true. So a candidate may add, change or remove
 * `:pattern` annotations, and everything else stands as it is, command by command. Lemmas are not taken: an added assertion
 * narrows what is asked, and options change what a solver does.
 */
import type { GuardAnswer, GuardReason, GuardRequest, ProofAddition } from '../../guard.ts';
import { strangeCharacters } from '../../guard/characters.ts';
import { Places } from '../../places.ts';
import { ScriptScanner, type ScannedCommand } from '../scanner.ts';
import { parseExpressions, type Expression } from '../tokens.ts';

const HINTS = new Set([':pattern', ':no-pattern', ':qid', ':skolemid', ':weight']);

export function guardSmt(request: GuardRequest): Promise<GuardAnswer> { return Promise.resolve(answer(request)); }

function answer(request: GuardRequest): GuardAnswer {
  const start = { start: { line: 1, column: 1 }, end: { line: 1, column: 1 } };
  const reasons: GuardReason[] = [];
  const added: ProofAddition[] = [];
  for (const path of new Set([...request.before.keys(), ...request.after.keys()])) {
    const [base, text] = [request.before.get(path), request.after.get(path)];
    if (base === undefined || text === undefined || !request.project.files.includes(path)) { reasons.push({ file: path, range: start, rule: 'files', why: 'the set of scripts differs' }); continue; }
    if (base === text) continue;
    reasons.push(...strangeCharacters(base, text).map(({ range, why }): GuardReason => ({ file: path, range, rule: 'unicode', why })));
    const before = scan(base), after = scan(text);
    const places = new Places(text);
    if (!before || !after) { reasons.push({ file: path, range: start, rule: 'unreadable', why: 'two solvers could read the script differently' }); continue; }
    const rangeOf = ({ start: from, end }: ScannedCommand): GuardReason['range'] => places.range(lengthOf(text, from), lengthOf(text, end));
    let index = 0;
    for (const command of after) {
      const wanted = before[index];
      const [own, other] = [command.text, wanted?.text];
      if (own === other) { index++; continue; }
      if (wanted && sameWithoutHints(own, other!)) { index++; added.push({ file: path, range: rangeOf(command), what: 'pattern' }); continue; }
      reasons.push({ file: path, range: rangeOf(command), ...reasonFor(command.name, wanted?.name) });
      if (before.length - index >= after.length - after.indexOf(command)) index++;
      if (reasons.length > 20) break;
    }
    if (index < before.length) reasons.push({ file: path, range: places.range(text.length, text.length), rule: 'removed', why: `(${before[index]!.name} …) of the base is missing` });
  }
  return reasons.length > 0 ? { kind: 'refused', reasons } : { kind: 'unchanged-but-for-proof', added };
}

function reasonFor(name: string, wanted: string | undefined): Pick<GuardReason, 'rule' | 'why'> {
  if (name === 'set-option' || name === 'set-logic' || name === 'set-info') return { rule: 'limit', why: `adds or changes (${name} …)` };
  if (name === wanted) return { rule: 'changed-specification', why: `(${name} …) is not as in the base` };
  if (name === 'assert') return { rule: 'assumption', why: 'adds an assertion, which the solver takes for granted' };
  return { rule: 'redefinition', why: `adds (${name} …)` };
}

function scan(text: string): (ScannedCommand & { readonly text: string })[] | undefined {
  const bytes = Buffer.from(text);
  const scanner = new ScriptScanner(bytes);
  const commands: (ScannedCommand & { readonly text: string })[] = [];
  for (let command = scanner.next(); command; command = scanner.next()) commands.push({ ...command, text: bytes.toString('utf8', command.start, command.end) });
  return scanner.problem || scanner.oddComments.length > 0 ? undefined : commands;
}

/** Offsets of the scanner count bytes. */
function lengthOf(text: string, bytes: number): number { return Buffer.from(text).subarray(0, bytes).toString('utf8').length; }

function sameWithoutHints(one: string, other: string): boolean {
  const [a, b] = [parseExpressions(one), parseExpressions(other)];
  return a !== undefined && b !== undefined && JSON.stringify(withoutHints(a)) === JSON.stringify(withoutHints(b));
}

/** `(! body :pattern (…))` is its body where nothing else is said of it. Only below quantifiers do patterns mean anything. */
function withoutHints(expression: Expression, inQuantifier = false): Expression {
  if (typeof expression === 'string') return expression;
  const [head, ...rest] = expression;
  if (head === '!' && inQuantifier && rest.length > 0) {
    const kept: Expression[] = [];
    for (let at = 1; at + 1 < rest.length; at += 2) if (!(typeof rest[at] === 'string' && HINTS.has(rest[at] as string))) kept.push(rest[at]!, withoutHints(rest[at + 1]!));
    const odd = rest.length % 2 === 0 ? ['odd'] : [];
    const body = withoutHints(rest[0]!);
    return kept.length === 0 && odd.length === 0 ? body : ['!', body, ...kept, ...odd];
  }
  const quantifies = head === 'forall' || head === 'exists';
  return expression.map((part, index) => withoutHints(part, quantifies && index === 2));
}
