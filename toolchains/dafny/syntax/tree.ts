/**
 * Syntax trees of Dafny 4: expressions, statements and callable declarations, each with the range of text that it was read
 * from. What the reader does not know is an `opaque` node over its exact text, so that an edit by ranges never loses anything.
 */

/** Offsets in the text, in UTF-16 code units. Nodes that were built and not read have -1. */
export interface Span { readonly start: number; readonly end: number }

/** `name` is "int", "array", "seq", "()" for tuples, "->" for functions; `text` is as written. */
export interface Type { readonly name: string; readonly args: readonly Type[]; readonly text: string }

export interface Variable { readonly name: string; readonly type?: Type; /** `x <- S` */ readonly from?: Expression }

export type QuantifierKind = 'forall' | 'exists';
export type CollectionKind = 'seq' | 'set' | 'iset' | 'multiset' | 'map' | 'imap';

export type Expression = Span & (
  | { readonly kind: 'name'; readonly name: string; readonly types?: readonly Type[] }
  | { readonly kind: 'literal'; readonly of: 'number' | 'char' | 'string' | 'boolean' | 'null' | 'this'; readonly text: string }
  | { readonly kind: 'unary'; readonly operator: '-' | '!'; readonly operand: Expression }
  | { readonly kind: 'binary'; readonly operator: string; readonly left: Expression; readonly right: Expression }
  /** `0 <= i < n`: operands one more than operators. A single comparison is `binary`. */
  | { readonly kind: 'chain'; readonly operators: readonly string[]; readonly operands: readonly Expression[] }
  | { readonly kind: 'call'; readonly callee: Expression; readonly args: readonly Expression[]; /** `f@L(x)` */ readonly label?: string }
  | { readonly kind: 'select'; readonly of: Expression; readonly member: string; readonly types?: readonly Type[] }
  | { readonly kind: 'index'; readonly of: Expression; readonly at: readonly Expression[] }
  | { readonly kind: 'slice'; readonly of: Expression; readonly from?: Expression; readonly to?: Expression }
  /** `s[i := v]` and `d.(f := v)` */
  | { readonly kind: 'update'; readonly of: Expression; readonly members: boolean; readonly changes: readonly { readonly key: Expression; readonly value: Expression }[] }
  | { readonly kind: 'quantifier'; readonly quantifier: QuantifierKind; readonly attributes: string; readonly variables: readonly Variable[]; readonly range?: Expression; readonly body: Expression }
  | { readonly kind: 'comprehension'; readonly of: CollectionKind; readonly attributes: string; readonly variables: readonly Variable[]; readonly range?: Expression; readonly key?: Expression; readonly value?: Expression }
  | { readonly kind: 'lambda'; readonly variables: readonly Variable[]; readonly specification: string; readonly body: Expression }
  | { readonly kind: 'if'; readonly condition: Expression; readonly then: Expression; readonly else: Expression }
  | { readonly kind: 'match'; readonly of: Expression; readonly cases: readonly { readonly pattern: Pattern; readonly body: Expression }[] }
  | { readonly kind: 'let'; readonly ghost: boolean; readonly suchThat: boolean; readonly patterns: readonly Pattern[]; readonly values: readonly Expression[]; readonly body: Expression }
  /** A statement in front of an expression: `assert P; e`, `L(); e`. */
  | { readonly kind: 'proof'; readonly statement: Statement; readonly body: Expression }
  | { readonly kind: 'display'; readonly of: CollectionKind; readonly elements: readonly Expression[]; readonly values?: readonly Expression[] }
  | { readonly kind: 'tuple'; readonly elements: readonly Expression[] }
  | { readonly kind: 'parentheses'; readonly inner: Expression }
  | { readonly kind: 'size'; readonly operand: Expression }
  | { readonly kind: 'convert'; readonly operator: 'as' | 'is'; readonly operand: Expression; readonly type: Type }
  | { readonly kind: 'opaque'; readonly text: string });

/** `Cons(x, _)`, `(a, b)` (name ""), a literal, or a variable (no arguments; which of both only the resolver knows). */
export interface Pattern extends Span { readonly name: string; readonly args?: readonly Pattern[]; readonly type?: Type; readonly literal?: Expression }

export type ClauseKind = 'requires' | 'ensures' | 'modifies' | 'reads' | 'decreases' | 'invariant';
/** `value` is the first expression; a list (frames, decreases) is in `values`. The span covers keyword to end, without a semicolon. */
export interface Clause extends Span { readonly kind: ClauseKind; readonly values: readonly Expression[] }

/** Right-hand sides that are not plain expressions. */
export type Assigned = Span & (
  | { readonly kind: 'expression'; readonly value: Expression }
  | { readonly kind: 'new-array'; readonly type: Type; readonly sizes: readonly Expression[]; readonly initial?: Expression }
  | { readonly kind: 'new-object'; readonly type: Type; readonly args?: readonly Expression[] }
  | { readonly kind: 'havoc' });

export interface Block extends Span { readonly statements: readonly Statement[] }
export interface Local { readonly name: string; readonly type?: Type }

export type Statement = Span & (
  | { readonly kind: 'block'; readonly block: Block }
  | { readonly kind: 'variables'; readonly ghost: boolean; readonly locals: readonly Local[]; readonly values: readonly Assigned[]; readonly suchThat?: Expression }
  | { readonly kind: 'assign'; readonly targets: readonly Expression[]; readonly values: readonly Assigned[]; readonly suchThat?: Expression }
  | { readonly kind: 'call'; readonly call: Expression }
  | { readonly kind: 'if'; /** Absent for `if *`. */ readonly condition?: Expression; readonly then: Block; readonly else?: Statement }
  | { readonly kind: 'cases'; readonly loop: boolean; readonly clauses: readonly Clause[]; readonly cases: readonly { readonly condition: Expression; readonly body: Block }[] }
  | { readonly kind: 'match'; readonly of: Expression; readonly cases: readonly { readonly pattern: Pattern; readonly body: Block }[] }
  | Loop
  | { readonly kind: 'assert' | 'assume' | 'expect'; readonly condition: Expression; readonly by?: Block }
  | { readonly kind: 'return'; readonly values: readonly Assigned[] }
  | { readonly kind: 'forall'; readonly variables: readonly Variable[]; readonly range?: Expression; readonly clauses: readonly Clause[]; readonly body?: Block }
  | { readonly kind: 'calc'; readonly lines: readonly Expression[]; readonly hints: readonly Block[] }
  | { readonly kind: 'break' | 'continue'; readonly label?: string }
  | { readonly kind: 'label'; readonly name: string; readonly statement: Statement }
  | { readonly kind: 'print' | 'reveal'; readonly values: readonly Expression[] }
  | { readonly kind: 'opaque'; readonly text: string });

export type Loop = Span & {
  readonly kind: 'while' | 'for';
  /** Absent for `while *` and for `for`. */
  readonly condition?: Expression;
  readonly counter?: Local;
  readonly from?: Expression;
  /** Absent for `for i := a to *`. */
  readonly to?: Expression;
  readonly down?: boolean;
  readonly clauses: readonly Clause[];
  readonly body?: Block;
};

export interface Parameter { readonly name: string; readonly type: Type; readonly ghost: boolean }

/** A method, lemma, constructor, function or predicate. */
export interface Callable extends Span {
  readonly kind: 'method' | 'lemma' | 'constructor' | 'function' | 'predicate' | 'iterator';
  readonly name: string;
  /** With modules and types around it, as the log names it. */
  readonly path: string;
  readonly ghost: boolean;
  readonly static: boolean;
  readonly typeParameters: readonly string[];
  readonly parameters: readonly Parameter[];
  readonly results: readonly Parameter[];
  readonly clauses: readonly Clause[];
  /** Where another clause can be written: behind the last one, or behind the signature. */
  readonly clausesEnd: number;
  readonly body?: Block;
  /** Of a function or predicate. */
  readonly value?: Expression;
  /** The brace before it. */
  readonly valueStart?: number;
}

export interface Constructor { readonly name: string; readonly parameters: readonly { readonly name?: string; readonly type: Type }[] }
export interface DataType extends Span { readonly name: string; readonly path: string; readonly typeParameters: readonly string[]; readonly constructors: readonly Constructor[] }
/** `type T = x: B | P` and `newtype`; without a condition a synonym. */
export interface NamedType extends Span { readonly name: string; readonly path: string; readonly base: Type; readonly variable?: string; readonly condition?: Expression }
/** `const` and `var` members. */
export interface Field extends Span { readonly name: string; readonly path: string; readonly container: string; readonly type?: Type; readonly constant: boolean; readonly ghost: boolean; readonly value?: Expression }
