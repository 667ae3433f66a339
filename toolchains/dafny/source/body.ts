/** Which brace group of a declaration is its body: specifications hold set displays, match cases and attributes in braces too. */
import { closing, type Token } from './tokens.ts';

/** Words that begin a clause or an operand: a brace directly behind one begins a set display. */
export const CLAUSE_WORDS: ReadonlySet<string> = new Set([
  'requires', 'ensures', 'modifies', 'reads', 'decreases', 'invariant', 'yield', 'returns', 'yields', 'witness', 'provides', 'reveals',
  'in', 'as', 'is', 'if', 'then', 'else', 'match', 'case', 'set', 'iset', 'multiset', 'map', 'imap', 'seq', 'old', 'fresh', 'unchanged', 'allocated',
  'assert', 'assume', 'expect', 'return', 'forall', 'exists', 'var', 'by', 'free', 'print', 'reveal', 'new',
]);
const SPECIFICATION = new Set(['requires', 'ensures', 'modifies', 'reads', 'decreases', 'invariant', 'witness']);

/** Index of the brace that opens the body, among tokens [from, to); undefined where there is none. */
export function bodyGroup(tokens: readonly Token[], from: number, to: number, kind: string): number | undefined {
  let operand = true;
  let inSpecification = false;
  // The condition of `newtype N = x: int | x < {…}` and the value of a witness are expressions as well.
  for (let at = from; at < to; at++) {
    const token = tokens[at]!;
    const { text } = token;
    if (token.kind === 'symbol') {
      if (text === '{:') { at = closing(tokens, at, to); continue; }
      if (text === '{') {
        if (operand && tokens[at + 1]?.text !== 'case') return at;
        at = closing(tokens, at, to);
        operand = true;
        continue;
      }
      if (text === '(' || text === '[') { at = closing(tokens, at, to); operand = true; continue; }
      if (text === '=' && (kind === 'newtype' || kind === 'type')) inSpecification = true;
      operand = endsOperand(tokens, at, operand, inSpecification);
      continue;
    }
    if (token.kind === 'word') {
      if (SPECIFICATION.has(text)) inSpecification = true;
      operand = !CLAUSE_WORDS.has(text);
    } else operand = true;
  }
  return undefined;
}

/** Can an expression, a type or a clause end with this symbol? */
function endsOperand(tokens: readonly Token[], at: number, before: boolean, inSpecification: boolean): boolean {
  const previous = tokens[at - 1];
  switch (tokens[at]!.text) {
    case ';': case '...': return true; // a semicolon behind each clause is the style of Dafny 1
    case '|': return before; // the second bar of |s|; the first one stands behind an operator
    case '*': return previous?.text === ',' || (previous?.kind === 'word' && SPECIFICATION.has(previous.text));
    case '>': return !inSpecification || closesTypeArguments(tokens, at);
    case '`': return false;
    default: return false;
  }
}

/** `x is seq<int>`: only words between, and the opening sign directly behind its type. */
function closesTypeArguments(tokens: readonly Token[], at: number): boolean {
  let depth = 0;
  for (let index = at; index > 0; index--) {
    const token = tokens[index]!;
    if (token.text === '>') depth++;
    else if (token.text === '<') {
      depth--;
      if (tokens[index - 1]?.kind !== 'word' || tokens[index - 1]!.end !== token.start) return false;
      if (depth === 0) return true;
    } else if (token.kind !== 'word' && token.text !== ',' && token.text !== '.' && token.text !== '(' && token.text !== ')') return false;
  }
  return false;
}
