/** Reads what a solver printed after an answer: the definitions of a model, the names of an unsat core. */
import type { Counterexample, NamedValue } from '../verdict.ts';
import { parseExpressions, printExpression, type Expression } from './tokens.ts';

export interface Definition {
  /** As printed, perhaps between bars; {@link symbolName} compares. */
  readonly name: string;
  readonly parameters: readonly Expression[];
  readonly sort: Expression;
  readonly body: Expression;
  readonly recursive: boolean;
}

export interface Model {
  readonly definitions: readonly Definition[];
  /** Elements of uninterpreted sorts that the definitions use (z3 prints them as declarations). */
  readonly elements: readonly { readonly name: string; readonly sort: Expression }[];
  /** Constraints on the sizes of uninterpreted sorts. */
  readonly constraints: readonly Expression[];
}

/** A larger model is kept as output and not read. */
const LARGEST_MODEL_CHARACTERS = 1024 * 1024;
/** A window shows so many; the whole model is kept beside them. */
const MOST_VALUES = 200, LONGEST_VALUE = 2000;

export function symbolName(symbol: string): string {
  return symbol.startsWith('|') && symbol.endsWith('|') && symbol.length > 1 ? symbol.slice(1, -1) : symbol;
}

export function readModel(details: string): Model | undefined {
  if (details.length > LARGEST_MODEL_CHARACTERS) return undefined;
  const list = parseExpressions(details)?.findLast((each): each is readonly Expression[] => typeof each !== 'string' && isModel(each));
  if (!list) return undefined;
  const definitions: Definition[] = [];
  const elements: { name: string; sort: Expression }[] = [];
  const constraints: Expression[] = [];
  for (const entry of list[0] === 'model' ? list.slice(1) : list) {
    if (typeof entry === 'string') return undefined;
    const [head, name, parameters, sort, body] = entry;
    if (head === 'forall') constraints.push(entry);
    else if (typeof name !== 'string') return undefined;
    else if (head === 'declare-fun' && sort !== undefined && parameters?.length === 0) elements.push({ name, sort });
    else if ((head === 'define-fun' || head === 'define-fun-rec') && sort !== undefined && body !== undefined && typeof parameters === 'object')
      definitions.push({ name, parameters, sort, body, recursive: head === 'define-fun-rec' });
    // Sorts that the script declares itself (z3 repeats them for an incremental solver).
    else if (head !== 'declare-sort' && head !== 'declare-datatypes') return undefined;
  }
  return { definitions, elements, constraints };
}

function isModel(list: readonly Expression[]): boolean {
  const entries = list[0] === 'model' ? list.slice(1) : list;
  return entries.every((entry) => typeof entry !== 'string' && typeof entry[0] === 'string' && /^(?:define-fun|define-fun-rec|declare-fun|declare-sort|declare-datatypes|forall)$/.test(entry[0]));
}

export function counterexampleOf(model: Model, status: Counterexample['status']): Counterexample {
  const values: NamedValue[] = model.definitions.slice(0, MOST_VALUES).map((definition) => {
    const body = printExpression(definition.body);
    const text = definition.parameters.length === 0 ? body : `(lambda ${printExpression(definition.parameters)} ${body})`;
    return { name: symbolName(definition.name), value: text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}…` : text };
  });
  return { status, values, witness: MODEL_OUTPUT };
}

/** Name of the evidence output that holds the whole model. */
export const MODEL_OUTPUT = 'model';

/** Names of the assertions that contradict each other; undefined where none was printed. */
export function readCore(details: string): readonly string[] | undefined {
  const last = parseExpressions(details)?.at(-1);
  if (last === undefined || typeof last === 'string' || !last.every((each) => typeof each === 'string')) return undefined;
  const [head] = last;
  return head === undefined || head === 'error' || head.startsWith(':') ? undefined : last.map(symbolName);
}
