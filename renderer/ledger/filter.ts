/**
 * The filter language of the ledger: words separated by spaces, all of which must hold.
 *
 *   failed refuted            verdicts: any of those named
 *   red  open  green          classes of verdicts
 *   tool:dafny,z3             toolchain, or the program that decided
 *   file:src symbol:"a b"     parts of names; project: task: kind: as well
 *   time>5s memory<=1gb       with units; a bare number is seconds or MiB
 *   assumption:any|none|KIND  what it rests on
 *   is:stale  is:cached       also confirmed, expected, values, trace
 *   -word                     not that word
 *   anything else             a part of the symbol, the file or the sentence
 */
import { VERDICT_KINDS, classOf, type LedgerRow, type VerdictClass, type VerdictKind } from '../../app/contract.ts';

export interface FilterProblem { readonly word: string; readonly message: string }
export interface Filter {
  readonly matches: (row: LedgerRow) => boolean;
  /** Words that mean nothing: they are left out, and said. */
  readonly problems: readonly FilterProblem[];
  readonly empty: boolean;
}

type Test = (row: LedgerRow) => boolean;
const CLASSES: readonly VerdictClass[] = ['green', 'red', 'open', 'unchecked', 'none'];
const IS: Readonly<Record<string, Test>> = {
  stale: (row) => row.stale !== undefined, cached: (row) => row.cached, confirmed: (row) => row.confirmed > 0, expected: (row) => row.asExpected, values: (row) => row.values, trace: (row) => row.trace,
};
const TEXT_FIELDS: Readonly<Record<string, (row: LedgerRow) => string>> = {
  file: (row) => row.file, symbol: (row) => row.symbol, project: (row) => row.project, task: (row) => row.task ?? '', kind: (row) => row.kind, by: (row) => row.by ?? '',
  tool: (row) => `${row.toolchain} ${row.by ?? ''}`,
};
export const FIELD_NAMES: readonly string[] = [...Object.keys(TEXT_FIELDS), 'assumption', 'is'];
const SECONDS: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, min: 60, h: 3600, '': 1 };
const MEBIBYTES: Readonly<Record<string, number>> = { kb: 1 / 1024, mb: 1, gb: 1024, '': 1 };

export function parseFilter(text: string): Filter {
  const verdicts = new Set<VerdictKind>();
  const tests: Test[] = [], problems: FilterProblem[] = [];
  for (const whole of wordsOf(text)) {
    const negated = whole.length > 1 && (whole.startsWith('-') || whole.startsWith('!'));
    const word = negated ? whole.slice(1) : whole;
    const kinds = kindsNamed(word);
    if (kinds && !negated) { for (const kind of kinds) verdicts.add(kind); continue; }
    const test = kinds ? (row: LedgerRow) => kinds.includes(row.verdict.kind) : testOf(word);
    if (typeof test === 'string') { problems.push({ word: whole, message: test }); continue; }
    tests.push(negated ? (row) => !test(row) : test);
  }
  if (verdicts.size > 0) tests.unshift((row) => verdicts.has(row.verdict.kind));
  return { matches: (row) => tests.every((test) => test(row)), problems, empty: tests.length === 0 };
}

/** Quotes keep spaces together: file:"a b". An open quote goes to the end. */
export function wordsOf(text: string): string[] {
  return [...text.matchAll(/(?:[^\s"]|"[^"]*(?:"|$))+/g)].map((match) => match[0].replaceAll('"', ''));
}

function kindsNamed(word: string): readonly VerdictKind[] | undefined {
  const lower = word.toLowerCase();
  const kind = VERDICT_KINDS.find((one) => one === lower);
  if (kind) return [kind];
  const verdictClass = CLASSES.find((one) => one === lower);
  return verdictClass && VERDICT_KINDS.filter((one) => classOf(one) === verdictClass);
}

/** The test, or why there is none. */
function testOf(word: string): Test | string {
  const measure = /^(time|memory)(<=|>=|<|>|=)(.*)$/i.exec(word);
  if (measure) return measureTest(measure[1]!.toLowerCase() as 'time' | 'memory', measure[2]!, measure[3]!);
  const field = /^([a-z]+):(.*)$/i.exec(word);
  const name = field?.[1]!.toLowerCase();
  if (field && name !== undefined && (Object.hasOwn(TEXT_FIELDS, name) || name === 'is' || name === 'assumption')) {
    const values = field[2]!.toLowerCase().split(',').filter((value) => value !== '');
    if (values.length === 0) return `${name}: what should it be?`;
    if (name === 'is') return isTest(values);
    if (name === 'assumption') return assumptionTest(values);
    const read = TEXT_FIELDS[name]!;
    return (row) => { const text = read(row).toLowerCase(); return values.some((value) => text.includes(value)); };
  }
  const lower = word.toLowerCase();
  return (row) => row.symbol.toLowerCase().includes(lower) || row.file.toLowerCase().includes(lower) || row.sentence.toLowerCase().includes(lower);
}

function isTest(values: readonly string[]): Test | string {
  const unknown = values.find((value) => !Object.hasOwn(IS, value));
  if (unknown !== undefined) return `is:${unknown} means nothing; try ${Object.keys(IS).join(', ')}`;
  return (row) => values.some((value) => IS[value]!(row));
}

function assumptionTest(values: readonly string[]): Test {
  return (row) => values.some((value) => (value === 'any' ? row.assumptions.length > 0 : value === 'none' ? row.assumptions.length === 0 : row.assumptions.some((kind) => kind.toLowerCase().includes(value))));
}

function measureTest(what: 'time' | 'memory', comparison: string, text: string): Test | string {
  const units = what === 'time' ? SECONDS : MEBIBYTES;
  const match = /^(\d+(?:\.\d+)?)([a-z]*)$/i.exec(text);
  const unit = match?.[2]!.toLowerCase();
  const factor = unit !== undefined && Object.hasOwn(units, unit) ? units[unit] : undefined;
  if (!match || factor === undefined) return `${what}${comparison} wants a number with ${what === 'time' ? 'ms, s, min or h' : 'kb, mb or gb'}: ${what}>${what === 'time' ? '5s' : '1gb'}`;
  const limit = Number(match[1]) * factor;
  const read = what === 'time' ? (row: LedgerRow) => row.seconds : (row: LedgerRow) => row.memoryMb;
  switch (comparison) {
    case '<': return (row) => read(row) < limit;
    case '<=': return (row) => read(row) <= limit;
    case '>': return (row) => read(row) > limit;
    case '>=': return (row) => read(row) >= limit;
    default: return (row) => read(row) === limit;
  }
}

/** Puts a word in, or takes it out where it is there: for clicks on the verdict strip. Other words stay. */
export function toggleWord(text: string, word: string): string {
  const words: readonly string[] = text.match(/(?:[^\s"]|"[^"]*(?:"|$))+/g) ?? [];
  return (words.includes(word) ? words.filter((one) => one !== word) : [...words, word]).join(' ');
}

/** As the filter wants it written. */
export function quoted(value: string): string {
  return /[\s",]/.test(value) ? `"${value.replaceAll('"', '')}"` : value;
}
