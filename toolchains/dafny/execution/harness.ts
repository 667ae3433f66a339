/**
 * A program with a main method that calls one of its callables with inputs, where they satisfy the preconditions, and prints
 * which claims were false. What it prints carries a nonce, so that the program itself cannot say it.
 */
import { closing, tokenise } from '../source/tokens.ts';
import type { Callable, Clause, Expression, Statement } from '../syntax/tree.ts';
import type { Input } from './inputs.ts';

export type Assertion = Extract<Statement, { kind: 'assert' | 'assume' | 'expect' }>;

export interface HarnessRequest {
  readonly text: string;
  readonly callable: Callable;
  /** Postconditions that the tool could not show. */
  readonly ensures: readonly Clause[];
  /** Assertions in its body that it could not show. */
  readonly assertions: readonly Assertion[];
  readonly inputs: readonly Input[];
  readonly nonce: string;
}

/** The text of the file with the harness in it; undefined where a claim cannot be put as one of a run. */
export function harness(request: HarnessRequest): string | undefined {
  const { text, callable, nonce } = request;
  const arrays = new Set(callable.parameters.filter((one) => one.type.name === 'array').map((one) => one.name));
  const kept = (name: string): string => `${name}_${nonce}`;
  const claims: string[] = [];
  for (const clause of request.ensures) {
    const claim = withoutOld(slice(text, clause.values[0]!), arrays, kept);
    if (claim === undefined) return undefined;
    claims.push(claim);
  }
  const requires = callable.clauses.filter((clause) => clause.kind === 'requires').map((clause) => slice(text, clause.values[0]!));
  // A label belongs to the clause and not to its expression.
  if (requires.some((one) => /\bold\b/.test(one))) return undefined;
  const results = callable.results.filter((one) => one.name !== '');
  const call = `${callable.name}(${callable.parameters.map((one) => one.name).join(', ')})`;
  const isFunction = callable.kind === 'function' || callable.kind === 'predicate';
  const called = callable.kind === 'lemma' ? '' : results.length > 0 ? `var ${results.map((one) => one.name).join(', ')} := ${call};` : isFunction ? `var result_${nonce} := ${call};` : `${call};`;
  const tries = request.inputs.map((input, index) => [
    '{',
    ...callable.parameters.map((one, at) => `var ${one.name}: ${one.type.text} := ${input[at]!};`),
    ...[...arrays].map((name) => `var ${kept(name)} := ${name}[..];`),
    ...requires.map((one) => `if ${parenthesised(one)} {`),
    `print "\\n${nonce} try ${index}\\n"; ${called}`,
    // It ends there: what other inputs do, or that they come to no end, matters no more.
    ...claims.map((claim, at) => `if !${parenthesised(claim)} { print "\\n${nonce} false ${index} ${at}\\n"; expect false; }`),
    ...requires.map(() => '}'),
    '}',
  ].join('\n'));
  const main = `\nmethod {:main} Main_${nonce}() decreases * {\n${tries.join('\n')}\nprint "\\n${nonce} end\\n";\n}\n`;
  let changed = text.slice(0, callable.end) + main + text.slice(callable.end);
  for (const [index, assertion] of [...request.assertions.entries()].sort(([, a], [, b]) => b.start - a.start)) {
    const expected = `expect ${parenthesised(slice(text, assertion.condition))}, "${nonce} assert ${index}";`;
    changed = changed.slice(0, assertion.start) + expected + changed.slice(assertion.end);
  }
  return changed;
}

function slice(text: string, span: Expression): string { return text.slice(span.start, span.end); }
/** A comment at its end must not swallow what follows. */
function parenthesised(expression: string): string { return `(${expression}\n)`; }

/** `old(a[..])` of an array parameter is what was kept of it before the call; any other use of the heap cannot be asked afterwards. */
function withoutOld(text: string, arrays: ReadonlySet<string>, kept: (name: string) => string): string | undefined {
  const tokens = tokenise(text);
  const changes: { readonly start: number; readonly end: number; readonly by: string }[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at]!;
    if (token.kind !== 'word' || token.text !== 'old') continue;
    if (tokens[at + 1]?.text !== '(') return undefined;
    changes.push({ start: token.start, end: token.end, by: '' });
    const end = closing(tokens, at + 1);
    for (let inner = at + 2; inner < end; inner++) {
      const { kind, text: word, start, end: stop } = tokens[inner]!;
      if (kind !== 'word' || !arrays.has(word)) continue;
      const [next, after] = [tokens[inner + 1]?.text, tokens[inner + 2]?.text];
      if (next === '[') changes.push({ start, end: stop, by: kept(word) });
      else if (next !== '.' || after !== 'Length') return undefined;
    }
    at = end;
  }
  return changes.reduceRight((changed, { start, end, by }) => changed.slice(0, start) + by + changed.slice(end), text);
}

export type Shown =
  | { readonly kind: 'false'; readonly input: number; readonly ensures: number }
  | { readonly kind: 'halted'; readonly input: number; readonly assertion: number };

/** What a run of the harness showed, the first of it. */
export function readShown(output: string, nonce: string): Shown | undefined {
  let input: number | undefined;
  for (const line of output.split('\n')) {
    const tried = new RegExp(`^${nonce} try (\\d+)$`).exec(line);
    if (tried) { input = Number(tried[1]); continue; }
    const wrong = new RegExp(`^${nonce} false (\\d+) (\\d+)$`).exec(line);
    if (wrong && Number(wrong[1]) === input) return { kind: 'false', input: Number(wrong[1]), ensures: Number(wrong[2]) };
    const halted = new RegExp(`^\\[Program halted\\] .*: ${nonce} assert (\\d+)$`).exec(line);
    if (halted && input !== undefined) return { kind: 'halted', input, assertion: Number(halted[1]) };
  }
  return undefined;
}
