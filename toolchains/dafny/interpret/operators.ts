/** Operators and conversions over values. */
import { ArrayObject, DataValue, divide, Failure, keyOf, MapValue, modulo, MultisetValue, safe, sameValue, SetValue, Undecided, type Value } from './values.ts';

export function numberOf(value: Value): number { if (typeof value !== 'number') throw new Undecided('not a number'); return value; }
export function booleanOf(value: Value): boolean { if (typeof value !== 'boolean') throw new Undecided('not a boolean'); return value; }
export function isSequence(value: Value): value is readonly Value[] { return Array.isArray(value); }

export function apply(operator: string, left: Value, right: Value): Value {
  switch (operator) {
    case '==': case '<==>': return sameValue(left, right);
    case '!=': return !sameValue(left, right);
    case 'in': return isIn(left, right);
    case '!in': return !isIn(left, right);
    case '!!': {
      if (left instanceof SetValue && right instanceof SetValue) { for (const key of left.items.keys()) if (right.items.has(key)) return false; return true; }
      if (left instanceof MultisetValue && right instanceof MultisetValue) { for (const key of left.items.keys()) if (right.items.has(key)) return false; return true; }
      throw new Undecided('!!');
    }
    case '<': case '<=': case '>': case '>=': return compare(operator, left, right);
    case '+': case '-': case '*': case '/': case '%': return arithmetic(operator, left, right);
    default: throw new Undecided(operator);
  }
}

function arithmetic(operator: string, left: Value, right: Value): Value {
  if (typeof left === 'number' && typeof right === 'number') {
    switch (operator) {
      case '+': return safe(left + right);
      case '-': return safe(left - right);
      case '*': return safe(left * right) + 0;
      case '/': return divide(left, right);
      default: return modulo(left, right);
    }
  }
  if (typeof left === 'string' && typeof right === 'string') {
    const code = operator === '+' ? left.charCodeAt(0) + right.charCodeAt(0) : left.charCodeAt(0) - right.charCodeAt(0);
    if (code < 0 || code > 65_535) throw new Failure('a character out of range');
    return String.fromCharCode(code);
  }
  if (isSequence(left) && isSequence(right) && operator === '+') return [...left, ...right];
  if (left instanceof SetValue && right instanceof SetValue) {
    switch (operator) {
      case '+': return new SetValue(new Map([...left.items, ...right.items]));
      case '-': return new SetValue(new Map([...left.items].filter(([key]) => !right.items.has(key))));
      case '*': return new SetValue(new Map([...left.items].filter(([key]) => right.items.has(key))));
      default: break;
    }
  }
  if (left instanceof MultisetValue && right instanceof MultisetValue) {
    const items = new Map<string, { value: Value; count: number }>();
    for (const [key, { value }] of [...left.items, ...right.items]) {
      const [one, other] = [left.items.get(key)?.count ?? 0, right.items.get(key)?.count ?? 0];
      const count = operator === '+' ? one + other : operator === '-' ? one - other : Math.min(one, other);
      if (count > 0) items.set(key, { value, count });
    }
    return new MultisetValue(items);
  }
  if (left instanceof MapValue && right instanceof MapValue && operator === '+') return new MapValue(new Map([...left.items, ...right.items]));
  if (left instanceof MapValue && right instanceof SetValue && operator === '-') return new MapValue(new Map([...left.items].filter(([key]) => !right.items.has(key))));
  throw new Undecided(operator);
}

function compare(operator: string, left: Value, right: Value): boolean {
  if (operator === '>' || operator === '>=') return compare(operator === '>' ? '<' : '<=', right, left);
  if (typeof left === 'number' && typeof right === 'number') return operator === '<' ? left < right : left <= right;
  if (typeof left === 'string' && typeof right === 'string') return operator === '<' ? left < right : left <= right;
  const proper = operator === '<';
  if (isSequence(left) && isSequence(right)) return left.length <= right.length - (proper ? 1 : 0) && left.every((one, at) => sameValue(one, right[at]!));
  if (left instanceof SetValue && right instanceof SetValue) return [...left.items.keys()].every((key) => right.items.has(key)) && (!proper || left.items.size < right.items.size);
  if (left instanceof MultisetValue && right instanceof MultisetValue) return [...left.items].every(([key, { count }]) => (right.items.get(key)?.count ?? 0) >= count) && (!proper || left.size < right.size);
  if (left instanceof DataValue && right instanceof DataValue && proper) return right.fields.some((field) => sameValue(left, field) || (field instanceof DataValue && compare('<', left, field)));
  throw new Undecided(operator);
}

function isIn(value: Value, collection: Value): boolean {
  const key = keyOf(value);
  if (isSequence(collection)) return collection.some((one) => keyOf(one) === key);
  if (collection instanceof SetValue || collection instanceof MultisetValue || collection instanceof MapValue) return collection.items.has(key);
  throw new Undecided('in');
}

/** `|x|` */
export function sizeOf(value: Value): number {
  if (isSequence(value)) return value.length;
  if (value instanceof SetValue || value instanceof MapValue) return value.items.size;
  if (value instanceof MultisetValue) return value.size;
  throw new Undecided('| |');
}

/** `x[i]` where the elements of arrays are given by the heap that counts. */
export function elementAt(of: Value, at: readonly Value[], elements: (array: ArrayObject) => readonly Value[]): Value {
  if (of instanceof ArrayObject) {
    let offset = 0;
    at.forEach((one, dimension) => {
      const index = numberOf(one);
      if (index < 0 || index >= of.sizes[dimension]!) throw new Failure('index out of range');
      offset = offset * of.sizes[dimension]! + index;
    });
    return elements(of)[offset]!;
  }
  const [key] = at;
  if (isSequence(of)) {
    const index = numberOf(key!);
    if (index < 0 || index >= of.length) throw new Failure('index out of range');
    return of[index]!;
  }
  if (of instanceof MapValue) { const found = of.items.get(keyOf(key!)); if (!found) throw new Failure('no such key'); return found[1]; }
  if (of instanceof MultisetValue) return of.items.get(keyOf(key!))?.count ?? 0;
  throw new Undecided('[]');
}

/** Characters of a literal, escapes resolved. */
export function charactersOf(literal: string): string[] {
  const verbatim = literal.startsWith('@');
  const text = verbatim ? literal.slice(2, -1).replaceAll('""', '"') : literal.slice(1, -1);
  if (verbatim) return [...text];
  const out: string[] = [];
  for (let at = 0; at < text.length; at++) {
    if (text[at] !== '\\') { out.push(text[at]!); continue; }
    at++;
    const escapes: Record<string, string> = { n: '\n', r: '\r', t: '\t', 0: '\0' };
    if (text[at] === 'u') { out.push(String.fromCharCode(Number.parseInt(text.slice(at + 1, at + 5), 16))); at += 4; continue; }
    out.push(escapes[text[at]!] ?? text[at]!);
  }
  return out;
}
