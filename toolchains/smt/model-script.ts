/**
 * Writes the script that asks whether a model satisfies a check: the assertions in scope, with the model's definitions
 * in place of the declarations. If that is satisfiable, the claimed model (or what it leaves open) is one; the
 * definitions only narrow the question, so a wrong one can never make `sat` of `unsat`.
 */
import { classOfCommand } from './commands.ts';
import { symbolName, type Definition, type Model } from './model.ts';
import { ScriptScanner } from './scanner.ts';
import type { Check, Script } from './script.ts';
import { parseExpressions, printExpression, type Expression } from './tokens.ts';

interface Scoped { readonly name: string; readonly text: string }

/** Undefined where the script uses what this cannot express. */
export function modelScript(script: Script, check: Check, model: Model): Buffer | undefined {
  const scope = commandsInScope(script, check);
  if (!scope) return undefined;
  const sorts: string[] = [];
  const rest: string[] = [];
  const declared = new Set<string>();
  const known = new Map(model.definitions.map((definition) => [symbolName(definition.name), definition]));
  for (const { name, text } of scope) {
    switch (name) {
      case 'set-logic': break; // Model values may need more than the logic has (as const, quantifiers over elements).
      case 'declare-sort': case 'define-sort': case 'declare-datatype': case 'declare-datatypes': case 'declare-codatatype': case 'declare-codatatypes': sorts.push(text); break;
      case 'declare-const': case 'declare-fun': {
        const symbol = declaredSymbol(text);
        if (symbol === undefined) return undefined;
        if (known.has(symbol)) declared.add(symbol); else sorts.push(text);
        break;
      }
      default: rest.push(text);
    }
  }
  const definitions = inOrder(known, declared);
  if (!definitions) return undefined;
  const elements = model.elements.map(({ name, sort }) => `(declare-fun ${name} () ${printExpression(sort)})`);
  const constraints = [...model.constraints.map((constraint) => `(assert ${printExpression(constraint)})`), ...distinctElements(model)];
  return Buffer.from([...sorts, ...elements, ...constraints, ...definitions.map(definitionText), ...rest, '(check-sat)', ''].join('\n'), 'latin1');
}

/** State commands that hold at the check, and the assumptions of a check-sat-assuming as an assertion. */
function commandsInScope(script: Script, check: Check): readonly Scoped[] | undefined {
  const scanner = new ScriptScanner(script.bytes);
  let levels: Scoped[][] = [[]];
  for (let command = scanner.next(); command && command.start <= check.command.start; command = scanner.next()) {
    const text = script.bytes.toString('latin1', command.start, command.end);
    const state = classOfCommand(command.name) === 'state';
    if (command.start === check.command.start) {
      const assumed = command.name === 'check-sat-assuming' ? assumptionsOf(text) : [];
      if (!assumed || command.name === 'query') return undefined;
      levels.at(-1)!.push(...assumed.map((literal) => ({ name: 'assert', text: `(assert ${literal})` })));
    } else if (command.name === 'set-option' && /:global-decl/.test(text)) return undefined;
    else if (!state) continue;
    else if (command.name === 'push' || command.name === 'pop') {
      const moved = levelsOf(text);
      if (moved === undefined) return undefined;
      if (command.name === 'push') for (let times = moved; times > 0; times--) levels.push([]);
      else levels = levels.slice(0, Math.max(1, levels.length - moved));
    }
    else if (command.name === 'reset') levels = [[]];
    else if (command.name === 'reset-assertions') levels = [levels[0]!.filter((each) => each.name === 'set-logic')];
    else levels.at(-1)!.push({ name: command.name, text });
  }
  return levels.flat();
}

/** More levels are no script that a person or a tool would write. */
const MOST_LEVELS = 10_000;

/** How many levels a push or pop names; one where it names none. */
function levelsOf(text: string): number | undefined {
  const match = /^\(\s*(?:push|pop)\s*(\d*)\s*\)$/.exec(text);
  const levels = match ? Number(match[1] || 1) : NaN;
  return levels <= MOST_LEVELS ? levels : undefined;
}

function assumptionsOf(text: string): readonly string[] | undefined {
  const list = parseExpressions(text.slice(1, -1))?.[1];
  return list === undefined || typeof list === 'string' ? undefined : list.map(printExpression);
}

function declaredSymbol(text: string): string | undefined {
  const symbol = parseExpressions(text.slice(1, -1))?.[1];
  return typeof symbol === 'string' ? symbolName(symbol) : undefined;
}

/** The definitions of the declared symbols and those they use, each after what it uses; undefined where they go in a circle. */
function inOrder(known: ReadonlyMap<string, Definition>, declared: ReadonlySet<string>): readonly Definition[] | undefined {
  const done = new Map<string, 'open' | 'closed'>();
  const order: Definition[] = [];
  const work = [...declared].reverse().map((name) => ({ name, leave: false }));
  while (work.length > 0) {
    const { name, leave } = work.pop()!;
    const definition = known.get(name)!;
    if (leave) { done.set(name, 'closed'); order.push(definition); continue; }
    if (done.get(name) === 'closed') continue;
    if (done.get(name) === 'open') return undefined;
    done.set(name, 'open');
    work.push({ name, leave: true });
    for (const used of symbolsOf(definition.body)) {
      if (!known.has(used) || (used === name && definition.recursive) || done.get(used) === 'closed') continue;
      if (done.get(used) === 'open') return undefined;
      work.push({ name: used, leave: false });
    }
  }
  return order;
}

function symbolsOf(expression: Expression): ReadonlySet<string> {
  const symbols = new Set<string>();
  const work: Expression[] = [expression];
  while (work.length > 0) {
    const next = work.pop()!;
    if (typeof next === 'string') symbols.add(symbolName(next));
    else for (const each of next) work.push(each);
  }
  return symbols;
}

function definitionText(definition: Definition): string {
  return `(define-fun${definition.recursive ? '-rec' : ''} ${definition.name} ${printExpression(definition.parameters)} ${printExpression(definition.sort)} ${printExpression(definition.body)})`;
}

function distinctElements(model: Model): readonly string[] {
  const bySort = new Map<string, string[]>();
  for (const { name, sort } of model.elements) {
    const text = printExpression(sort);
    bySort.set(text, [...bySort.get(text) ?? [], name]);
  }
  return [...bySort.values()].filter((names) => names.length > 1).map((names) => `(assert (distinct ${names.join(' ')}))`);
}
