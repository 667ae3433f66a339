/** Walks trees: every statement of a block, every expression below an expression or a statement. */
import type { Assigned, Block, Clause, Expression, Statement } from './tree.ts';

/** Blocks directly inside a statement. */
export function blocksOf(statement: Statement): readonly Block[] {
  switch (statement.kind) {
    case 'block': return [statement.block];
    case 'if': return [statement.then, ...(statement.else ? blocksOf(statement.else.kind === 'if' ? asBlock(statement.else) : statement.else) : [])];
    case 'cases': case 'match': return statement.cases.map((one) => one.body);
    case 'while': case 'for': case 'forall': return statement.body ? [statement.body] : [];
    case 'assert': case 'assume': case 'expect': return statement.by ? [statement.by] : [];
    case 'calc': return statement.hints;
    case 'label': return blocksOf(statement.statement);
    default: return [];
  }
}

/** An `else if` as a block of one statement. */
function asBlock(statement: Statement): Statement {
  return { kind: 'block', block: { statements: [statement], start: statement.start, end: statement.end }, start: statement.start, end: statement.end };
}

export function visitStatements(block: Block, visit: (statement: Statement, block: Block) => void): void {
  for (const statement of block.statements) {
    visit(statement, block);
    if (statement.kind === 'label') visit(statement.statement, block);
    for (const inner of blocksOf(statement)) visitStatements(inner, visit);
  }
}

function valuesOf(values: readonly Assigned[]): Expression[] {
  return values.flatMap((value) => (value.kind === 'expression' ? [value.value] : value.kind === 'new-array' ? [...value.sizes, ...(value.initial ? [value.initial] : [])] : value.kind === 'new-object' ? [...value.args ?? []] : []));
}

function clauseValues(clauses: readonly Clause[]): Expression[] { return clauses.flatMap((clause) => [...clause.values]); }

/** Expressions that stand directly in a statement, without those of its blocks. */
export function expressionsOf(statement: Statement): readonly Expression[] {
  switch (statement.kind) {
    case 'variables': return [...valuesOf(statement.values), ...(statement.suchThat ? [statement.suchThat] : [])];
    case 'assign': return [...statement.targets, ...valuesOf(statement.values), ...(statement.suchThat ? [statement.suchThat] : [])];
    case 'call': return [statement.call];
    case 'if': return [...(statement.condition ? [statement.condition] : [])];
    case 'cases': return [...clauseValues(statement.clauses), ...statement.cases.map((one) => one.condition)];
    case 'match': return [statement.of];
    case 'while': case 'for': return [...(statement.condition ? [statement.condition] : []), ...(statement.from ? [statement.from] : []), ...(statement.to ? [statement.to] : []), ...clauseValues(statement.clauses)];
    case 'assert': case 'assume': case 'expect': return [statement.condition];
    case 'return': return valuesOf(statement.values);
    case 'forall': return [...(statement.range ? [statement.range] : []), ...clauseValues(statement.clauses)];
    case 'calc': return statement.lines;
    case 'print': case 'reveal': return statement.values;
    default: return [];
  }
}

export function childrenOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'name': case 'literal': case 'opaque': return [];
    case 'unary': case 'size': case 'convert': return [expression.operand];
    case 'binary': return [expression.left, expression.right];
    case 'chain': return expression.operands;
    case 'call': return [expression.callee, ...expression.args];
    case 'select': return [expression.of];
    case 'index': return [expression.of, ...expression.at];
    case 'slice': return [expression.of, ...(expression.from ? [expression.from] : []), ...(expression.to ? [expression.to] : [])];
    case 'update': return [expression.of, ...expression.changes.flatMap((change) => (expression.members ? [change.value] : [change.key, change.value]))];
    case 'quantifier': return [...domainsOf(expression.variables), ...(expression.range ? [expression.range] : []), expression.body];
    case 'comprehension': return [...domainsOf(expression.variables), ...(expression.range ? [expression.range] : []), ...(expression.key ? [expression.key] : []), ...(expression.value ? [expression.value] : [])];
    case 'lambda': return [expression.body];
    case 'if': return [expression.condition, expression.then, expression.else];
    case 'match': return [expression.of, ...expression.cases.map((one) => one.body)];
    case 'let': return [...expression.values, expression.body];
    case 'proof': return [...expressionsOf(expression.statement), expression.body];
    case 'display': return [...expression.elements, ...expression.values ?? []];
    case 'tuple': return expression.elements;
    case 'parentheses': return [expression.inner];
  }
}

function domainsOf(variables: readonly { readonly from?: Expression }[]): Expression[] { return variables.flatMap((one) => (one.from ? [one.from] : [])); }

export function visitExpression(expression: Expression, visit: (expression: Expression) => void): void {
  visit(expression);
  for (const child of childrenOf(expression)) visitExpression(child, visit);
}

/** Every expression of a block, blocks inside it included. */
export function visitExpressions(block: Block, visit: (expression: Expression) => void): void {
  visitStatements(block, (statement) => { for (const one of expressionsOf(statement)) visitExpression(one, visit); });
}
