/** A Dafny file as trees: callables with their bodies, datatypes, subset types and fields. What cannot be read is listed. */
import { attributeAt } from '../source/attributes.ts';
import { readDeclarations, type DafnyFile, type Declaration } from '../source/declarations.ts';
import { readClauses } from './clauses.ts';
import { Cursor } from './cursor.ts';
import { readExpression } from './expressions.ts';
import { readBlock } from './statements.ts';
import type { Callable, Constructor, DataType, Expression, Field, NamedType, Parameter, Span, Statement, Type } from './tree.ts';
import { readType } from './types.ts';
import { visitStatements } from './visit.ts';

export interface Syntax {
  readonly file: DafnyFile;
  readonly callables: readonly Callable[];
  readonly datatypes: readonly DataType[];
  readonly types: readonly NamedType[];
  readonly fields: readonly Field[];
  /** Ranges that could not be read: whole declarations and single statements. */
  readonly opaque: readonly (Span & { readonly text: string })[];
}

const CALLABLE = new Set<Declaration['kind']>(['method', 'lemma', 'constructor', 'function', 'predicate', 'iterator']);

export function readSyntax(path: string, text: string): Syntax {
  const file = readDeclarations(path, text);
  const callables: Callable[] = [], datatypes: DataType[] = [], types: NamedType[] = [], fields: Field[] = [];
  const opaque: (Span & { text: string })[] = [];
  for (const declaration of file.declarations) {
    const read = <T>(reader: (cursor: Cursor, declaration: Declaration) => T, into: T[]): void => {
      const cursor = new Cursor(text, file.tokens, declaration.nameToken, declaration.last + 1);
      const found = cursor.attempt(() => reader(cursor, declaration));
      if (found !== undefined) into.push(found);
      else opaque.push(spanOf(file, declaration));
    };
    if (CALLABLE.has(declaration.kind)) read(readCallable, callables);
    else if (declaration.kind === 'datatype') read(readDatatype, datatypes);
    else if (declaration.kind === 'type' || declaration.kind === 'newtype') { if (hasDefinition(file, declaration)) read(readNamedType, types); }
    else if ((declaration.kind === 'constant' || declaration.kind === 'field') && declaration.name !== '') read(readField, fields);
  }
  for (const { body } of callables) if (body) visitStatements(body, (statement: Statement) => { if (statement.kind === 'opaque') opaque.push(statement); });
  return { file, callables, datatypes, types, fields, opaque };
}

function spanOf(file: DafnyFile, declaration: Declaration): Span & { text: string } {
  const start = file.tokens[declaration.first]!.start, { end } = file.tokens[declaration.last]!;
  return { start, end, text: file.text.slice(start, end) };
}

function hasDefinition(file: DafnyFile, { nameToken, last }: Declaration): boolean {
  return file.tokens.slice(nameToken, last + 1).some((token) => token.text === '=');
}

function readCallable(cursor: Cursor, declaration: Declaration): Callable {
  const { tokens } = cursor;
  const kind = declaration.kind as Callable['kind'];
  if (declaration.name !== '_ctor' && declaration.name !== '') cursor.at++;
  else cursor.at = declaration.nameToken + 1;
  const typeParameters = readTypeParameters(cursor);
  // `least predicate P[nat](x: int)`
  if (cursor.is('[')) while (!cursor.accept(']')) cursor.take();
  const parameters = cursor.is('(') ? readParameters(cursor) : [];
  let results: readonly Parameter[] = [];
  if (kind === 'function' || kind === 'predicate') {
    if (cursor.accept(':')) results = cursor.is('(') && cursor.peek(1).kind === 'word' && cursor.is(':', 2) ? readParameters(cursor) : [{ name: '', type: readType(cursor), ghost: false }];
    else if (kind === 'predicate') results = [{ name: '', type: { name: 'bool', args: [], text: 'bool' }, ghost: false }];
  } else if (cursor.accept('returns') || cursor.accept('yields')) results = readParameters(cursor);
  let clausesEnd = cursor.end;
  const clauses = readClauses(cursor);
  if (clauses.length > 0) clausesEnd = clauses.at(-1)!.end;
  const first = tokens[declaration.first]!;
  const common = {
    kind, name: declaration.name, path: declaration.path, typeParameters, parameters, results, clauses, clausesEnd, static: declaration.modifiers.includes('static'),
    ghost: kind === 'lemma' || GHOST_MODIFIERS.some((word) => declaration.modifiers.includes(word)),
    start: first.start, end: tokens[declaration.last]!.end,
  };
  if (!cursor.is('{')) return common;
  if (kind !== 'function' && kind !== 'predicate') return { ...common, body: readBlock(cursor) };
  const valueStart = cursor.expect('{').start;
  const value: Expression = readExpression(cursor);
  cursor.expect('}');
  return { ...common, value, valueStart };
}

const GHOST_MODIFIERS = ['ghost', 'twostate', 'least', 'greatest', 'inductive'];

function readTypeParameters(cursor: Cursor): string[] {
  const names: string[] = [];
  if (!cursor.accept('<')) return names;
  while (!cursor.accept('>')) {
    const token = cursor.take();
    if (token.kind === 'word') names.push(token.text);
    // `T(==, !new)` and bounds `T extends C`
    if (cursor.is('(')) { while (!cursor.accept(')')) cursor.take(); }
    if (cursor.accept('extends')) readType(cursor);
  }
  return names;
}

const PARAMETER_WORDS = new Set(['ghost', 'nameonly', 'older', 'new']);

function readParameters(cursor: Cursor): Parameter[] {
  cursor.expect('(');
  const parameters: Parameter[] = [];
  while (!cursor.is(')')) {
    let ghost = false;
    while (cursor.isAny(PARAMETER_WORDS) && !cursor.is(':', 1)) ghost = cursor.take().text === 'ghost' || ghost;
    while (attributeAt(cursor.text, cursor.tokens, cursor.at)) cursor.at = attributeAt(cursor.text, cursor.tokens, cursor.at)!.last + 1;
    const name = cursor.word().text;
    cursor.expect(':');
    const type = readType(cursor);
    if (cursor.accept(':=')) readExpression(cursor);
    parameters.push({ name, type, ghost });
    if (!cursor.accept(',')) break;
  }
  cursor.expect(')');
  return parameters;
}

function readDatatype(cursor: Cursor, declaration: Declaration): DataType {
  cursor.word();
  const typeParameters = readTypeParameters(cursor);
  if (cursor.accept('extends')) do readType(cursor); while (cursor.accept(','));
  cursor.expect('=');
  cursor.accept('|');
  const constructors: Constructor[] = [];
  do {
    cursor.accept('ghost');
    const name = cursor.word().text;
    constructors.push({ name, parameters: cursor.is('(') ? constructorParameters(cursor) : [] });
  } while (cursor.accept('|'));
  return { name: declaration.name, path: declaration.path, typeParameters, constructors, ...spanOf(fileOf(cursor), declaration) };
}

function constructorParameters(cursor: Cursor): { name?: string; type: Type }[] {
  cursor.expect('(');
  const list: { name?: string; type: Type }[] = [];
  while (!cursor.is(')')) {
    cursor.accept('ghost');
    const name = (cursor.next.kind === 'word' || cursor.next.kind === 'number') && cursor.is(':', 1) ? cursor.take().text : undefined;
    if (name !== undefined) cursor.expect(':');
    list.push({ ...(name === undefined ? {} : { name }), type: readType(cursor) });
    if (cursor.accept(':=')) readExpression(cursor);
    if (!cursor.accept(',')) break;
  }
  cursor.expect(')');
  return list;
}

function readNamedType(cursor: Cursor, declaration: Declaration): NamedType {
  cursor.word();
  if (cursor.is('(')) while (!cursor.accept(')')) cursor.take();
  readTypeParameters(cursor);
  while (!cursor.accept('=')) cursor.take();
  const span = spanOf(fileOf(cursor), declaration);
  const common = { name: declaration.name, path: declaration.path, start: span.start, end: span.end };
  const withVariable = cursor.next.kind === 'word' && (cursor.is('|', 1) || cursor.is(':', 1));
  if (!withVariable) return { ...common, base: readType(cursor) };
  const variable = cursor.word().text;
  const base = cursor.accept(':') ? readType(cursor) : { name: 'int', args: [], text: 'int' };
  cursor.expect('|');
  return { ...common, base, variable, condition: readExpression(cursor) };
}

function readField(cursor: Cursor, declaration: Declaration): Field {
  const name = cursor.word().text;
  const type = cursor.accept(':') ? readType(cursor) : undefined;
  const value = cursor.accept(':=') ? readExpression(cursor) : undefined;
  const span = spanOf(fileOf(cursor), declaration);
  return { name, path: declaration.path, container: declaration.container?.path ?? '', ...(type ? { type } : {}), constant: declaration.kind === 'constant', ghost: declaration.modifiers.includes('ghost'), ...(value ? { value } : {}), start: span.start, end: span.end };
}

function fileOf(cursor: Cursor): DafnyFile { return { path: '', text: cursor.text, tokens: cursor.tokens, declarations: [] }; }
