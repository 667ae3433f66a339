/** Writes an expression as text, with parentheses wherever a reader could take it otherwise. Never more than one line for what has no statements in it. */
import type { Expression, Pattern, Variable } from './tree.ts';

/** How tightly an operator binds; operands of the same level get parentheses on the side where it does not associate. */
const LEVELS: Readonly<Record<string, number>> = {
  '<==>': 1, '==>': 2, '<==': 2, '||': 3, '&&': 3,
  '==': 4, '!=': 4, '<': 4, '<=': 4, '>': 4, '>=': 4, in: 4, '!in': 4, '!!': 4,
  '<<': 5, '>>': 5, '+': 6, '-': 6, '*': 7, '/': 7, '%': 7, '&': 8, '|': 8, '^': 8,
};
const OPEN_ENDED = 0, COMPARISON = 4, CONVERSION = 9, UNARY = 10, PRIMARY = 11;

export function printExpression(expression: Expression): string {
  const e = expression;
  switch (e.kind) {
    case 'name': return e.name + typesText(e.types);
    case 'literal': return e.text;
    case 'unary': return `${e.operator}${inner(e.operand, UNARY)}`;
    case 'binary': return binary(e.operator, e.left, e.right);
    case 'chain': return e.operands.map((operand, index) => (index === 0 ? '' : ` ${e.operators[index - 1]!} `) + inner(operand, COMPARISON + 1)).join('');
    case 'call': return `${inner(e.callee, PRIMARY)}${e.label === undefined ? '' : `@${e.label}`}(${list(e.args)})`;
    case 'select': return `${inner(e.of, PRIMARY)}.${e.member}${typesText(e.types)}`;
    case 'index': return `${inner(e.of, PRIMARY)}[${list(e.at)}]`;
    case 'slice': return `${inner(e.of, PRIMARY)}[${e.from ? printExpression(e.from) : ''}..${e.to ? printExpression(e.to) : ''}]`;
    case 'update': {
      const changes = e.changes.map((change) => `${printExpression(change.key)} := ${printExpression(change.value)}`).join(', ');
      return e.members ? `${inner(e.of, PRIMARY)}.(${changes})` : `${inner(e.of, PRIMARY)}[${changes}]`;
    }
    case 'quantifier': return `${e.quantifier} ${spaced(e.attributes)}${variables(e.variables)}${e.range ? ` | ${printExpression(e.range)}` : ''} :: ${printExpression(e.body)}`;
    case 'comprehension': return `${e.of} ${spaced(e.attributes)}${variables(e.variables)}${e.range ? ` | ${printExpression(e.range)}` : ''}${e.value ? ` :: ${e.key ? `${printExpression(e.key)} := ` : ''}${printExpression(e.value)}` : ''}`;
    case 'lambda': return `${e.variables.length === 1 && !e.variables[0]!.type ? e.variables[0]!.name : `(${variables(e.variables)})`}${e.specification ? ` ${e.specification}` : ''} => ${printExpression(e.body)}`;
    case 'if': return `if ${printExpression(e.condition)} then ${printExpression(e.then)} else ${printExpression(e.else)}`;
    case 'match': return `match ${printExpression(e.of)} { ${e.cases.map((one) => `case ${pattern(one.pattern)} => ${printExpression(one.body)}`).join(' ')} }`;
    case 'let': return `${e.ghost ? 'ghost ' : ''}var ${e.patterns.map(pattern).join(', ')} ${e.suchThat ? ':|' : ':='} ${list(e.values)}; ${printExpression(e.body)}`;
    // What the statement proves is not needed to say what the expression is.
    case 'proof': return printExpression(e.body);
    case 'display': return display(e);
    case 'tuple': return `(${list(e.elements)})`;
    case 'parentheses': return `(${printExpression(e.inner)})`;
    case 'size': return `|${inner(e.operand, OPEN_ENDED + 1)}|`;
    case 'convert': return `${inner(e.operand, CONVERSION)} ${e.operator} ${e.type.text}`;
    case 'opaque': return e.text;
  }
}

function levelOf(expression: Expression): number {
  switch (expression.kind) {
    case 'binary': return LEVELS[expression.operator]!;
    case 'chain': return COMPARISON;
    case 'unary': return UNARY;
    case 'convert': return CONVERSION;
    case 'quantifier': case 'comprehension': case 'lambda': case 'if': case 'let': case 'proof': case 'match': return OPEN_ENDED;
    case 'literal': return expression.text.startsWith('-') ? UNARY : PRIMARY;
    case 'opaque': return OPEN_ENDED;
    default: return PRIMARY;
  }
}

function inner(expression: Expression, level: number): string {
  const text = printExpression(expression);
  return levelOf(expression) < level ? `(${text})` : text;
}

function binary(operator: string, left: Expression, right: Expression): string {
  const level = LEVELS[operator]!;
  const same = (side: Expression): boolean => side.kind === 'binary' && side.operator === operator;
  const leftLevel = operator === '==>' || level === COMPARISON || (level === 3 && !same(left)) ? level + 1 : level;
  const rightLevel = operator === '==>' ? level : level === 3 && same(right) ? level : level + 1;
  // The right side of `==>` may be a quantifier as it is: it reaches to the end, and so does the implication.
  const rightText = operator === '==>' && right.kind === 'quantifier' ? printExpression(right) : inner(right, rightLevel);
  return `${inner(left, leftLevel)} ${operator} ${rightText}`;
}

function display(e: Expression & { kind: 'display' }): string {
  if (e.of === 'seq') return `[${list(e.elements)}]`;
  if (e.of === 'map' || e.of === 'imap') return `${e.of}[${e.elements.map((key, index) => `${printExpression(key)} := ${printExpression(e.values![index]!)}`).join(', ')}]`;
  return `${e.of === 'set' ? '' : e.of}{${list(e.elements)}}`;
}

function list(expressions: readonly Expression[]): string { return expressions.map(printExpression).join(', '); }
function spaced(text: string): string { return text === '' ? '' : `${text} `; }
function typesText(types: readonly { readonly text: string }[] | undefined): string { return types ? `<${types.map((type) => type.text).join(', ')}>` : ''; }
function variables(list: readonly Variable[]): string {
  return list.map((one) => `${one.name}${one.type ? `: ${one.type.text}` : ''}${one.from ? ` <- ${printExpression(one.from)}` : ''}`).join(', ');
}
function pattern(one: Pattern): string {
  if (one.literal) return printExpression(one.literal);
  return `${one.name}${one.args ? `(${one.args.map(pattern).join(', ')})` : ''}${one.type ? `: ${one.type.text}` : ''}`;
}
