/**
 * An independent and much simpler reading of the same question, which must agree: the candidate holds every token of the base
 * in order, and what it holds beyond them has no word or attribute that weakens. It knows nothing of Dafny's syntax, so that
 * it refuses some honest candidates too (a lemma put before a declaration that begins with the same words: put it behind).
 */
const TOKEN = /"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])'|[A-Za-z_0-9?']+|\S/g;
const WEAK = new Set(['assume', 'axiom', 'extern', 'expect', 'requires', 'include', 'import', 'modifies', 'reads', 'opaque', 'autocontracts', 'only', 'timeLimit', 'rlimit', 'verify', 'isolate']);
const OF_AN_ADDED_DECLARATION = new Set(['requires', 'reads', 'modifies', 'decreases']);
const DECLARES = new Set(['method', 'lemma', 'function', 'predicate', 'constructor', 'iterator', 'class', 'module', 'datatype', 'type']);
const HARMLESS = new Set(['trigger', 'induction', 'fuel', 'split_here', 'nowarn']);

const withoutComments = (text: string): string => text.replace(/\/\*[^]*?\*\//g, ' ').replace(/\/\/[^\n]*/g, ' ');

function attributes(text: string): Set<string> {
  const seen = new Map<string, number>();
  const found = new Set<string>();
  for (const [, name] of withoutComments(text).matchAll(/(?:\{:\s*|@)([\p{L}\p{N}_]+)/gu)) {
    const count = (seen.get(name!) ?? 0) + 1;
    seen.set(name!, count);
    if (!HARMLESS.has(name!)) found.add(`${name} ${count}`);
  }
  return found;
}

/** What is wrong, for people to read; undefined where nothing is. */
export function plainReading(before: string, after: string): string | undefined {
  const known = attributes(before);
  for (const one of attributes(after)) if (!known.has(one)) return `adds the attribute ${one.split(' ')[0]}`;
  const base = withoutComments(before).match(TOKEN) ?? [];
  let at = 0;
  let isOwn = false;
  for (const token of withoutComments(after).match(TOKEN) ?? []) {
    const isOfBase = at < base.length && token === base[at];
    if (DECLARES.has(token)) isOwn = !isOfBase;
    if (isOfBase) at++;
    else if (WEAK.has(token) && !(isOwn && OF_AN_ADDED_DECLARATION.has(token))) return `adds "${token}"`;
  }
  return at === base.length ? undefined : `does not hold "${base.slice(Math.max(0, at - 3), at + 4).join(' ')}" of the base in its place`;
}
