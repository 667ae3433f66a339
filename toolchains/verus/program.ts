/** One crate as its files say it: functions that get verdicts, who uses whom, and what is taken on trust. */
import type { Assumption, Obligation, Project, Range, Uncovered } from '../contract.ts';
import { signedContent, tokensText } from '../assumption.ts';
import { nearest, withUses } from '../graph.ts';
import { Places } from '../places.ts';
import { named } from './source/attributes.ts';
import { findAssumptions } from './source/findings.ts';
import type { OtherItem, RustFile, RustFunction } from './source/items.ts';
import { nameFunctions, type NamedFunction } from './source/names.ts';
import { closing } from './source/tokens.ts';

export interface ProgramFunction {
  readonly obligation: Obligation;
  readonly named: NamedFunction;
  readonly range: Range;
  /** Verus makes a proof task for it for sure: where a finished run does not name it, something is wrong. */
  readonly certain: boolean;
}

export interface Program {
  readonly crate: string;
  readonly functions: readonly ProgramFunction[];
  readonly assumptions: readonly Assumption[];
  readonly uncovered: readonly Uncovered[];
  /** Every function of the crate, those without a proof task among them, for finding whose line an error is. */
  readonly all: readonly { readonly named: NamedFunction; readonly range: Range; readonly obligation?: string }[];
  /** Ids of the obligations that one rests on, by names in their texts: more than it depends on, never less. */
  uses(obligation: string): ReadonlySet<string>;
}

interface Node { readonly key: RustFunction | OtherItem; readonly file: RustFile; readonly names: ReadonlySet<string>; readonly words: ReadonlySet<string>; readonly findings: Set<string> }

/** Longer texts of an assumption are cut for people. */
const LONGEST_TEXT = 200;

/** @param prefix of the ids, where two crates of a package have one name */
export function readProgram(project: Project, crate: string, files: readonly RustFile[], prefix = ''): Program {
  const named = nameFunctions(crate, files);
  const places = new Map(files.map((file) => [file, new Places(file.text)]));
  const nodes = new Map<RustFunction | OtherItem, Node>();
  for (const one of named) nodes.set(one.declaration, nodeOf(one.file, one.declaration));
  const everywhere = new Set<string>();
  for (const file of files) for (const item of file.items) {
    if (item.kind === 'assume_specification' || item.kind === 'broadcast-group') nodes.set(item, nodeOf(file, item));
    else if (item.kind === 'broadcast-use') for (const word of wordsOf(file, item.first, item.last)) everywhere.add(word);
  }
  const general = new Set<string>();
  const symbols = new Map<RustFunction | OtherItem, string>(named.map((one) => [one.declaration, one.symbol]));
  const assumptions = files.flatMap((file) => assumptionsOf(project, file, places.get(file)!, nodes, symbols, general));
  const uses = usesOf([...nodes.values()], everywhere);
  const restsOn = assumptionsByUser([...nodes.values()], uses);
  const counts = new Map<string, number>();
  const functions: ProgramFunction[] = [];
  const all: Program['all'][number][] = [];
  const ids = new Map<RustFunction | OtherItem, string>();
  for (const one of named) {
    const { declaration, file, symbol } = one;
    const place = places.get(file)!;
    const range = place.range(file.tokens[declaration.first]!.start, file.tokens[declaration.last]!.end);
    const task = proofTask(file, declaration);
    if (task === undefined) { all.push({ named: one, range }); continue; }
    const count = (counts.get(symbol) ?? 0) + 1;
    counts.set(symbol, count);
    const obligation: Obligation = {
      id: `${project.id}#${prefix}${symbol}${count > 1 ? ` (${count})` : ''}`, project: project.id, toolchain: project.toolchain, symbol, kind: declaration.kind === 'fn' ? declaration.mode : declaration.kind, file: file.path,
      range: { start: place.at(file.tokens[declaration.nameToken]!.start), end: range.end }, specification: { start: range.start, end: place.at(file.tokens[lastOfContract(declaration)]!.end) },
      assumptions: [...new Set([...general, ...restsOn.get(declaration) ?? []])].sort(), assumptionScope: 'exact',
    };
    ids.set(declaration, obligation.id);
    functions.push({ obligation, named: one, range, certain: task === 'certain' });
    all.push({ named: one, range, obligation: obligation.id });
  }
  const declarations = new Map([...ids].map(([declaration, id]) => [id, declaration]));
  const used = (id: string): ReadonlySet<string> => {
    const start = declarations.get(id);
    return new Set(start === undefined ? [] : [...closure(start, uses)].flatMap((key) => (key === start ? [] : ids.get(key) ?? [])));
  };
  const graph = withUses(functions.map((one) => one.obligation), 'names', ({ id }) => nearest(declarations.get(id)!, uses, (key) => ids.get(key)));
  return {
    crate, functions: functions.map((one, index) => ({ ...one, obligation: graph[index]! })), assumptions, all, uses: used, uncovered: named.filter(({ declaration }) => declaration.kind === 'fn').flatMap(uncoveredOf),
  };
}

/** Recorded runs: every exec and proof function with a body has its record; spec functions where termination or recommends are checked. */
function proofTask(file: RustFile, declaration: RustFunction): 'certain' | 'possible' | undefined {
  const { scope, mode, clauses, body, modifiers } = declaration;
  if (!scope.verus || declaration.external || declaration.externalBody) return undefined;
  if (declaration.kind !== 'fn') return mode === 'exec' && !scope.trait ? 'possible' : undefined;
  if (!body || modifiers.has('axiom')) return undefined;
  if (mode === 'spec') {
    const old = file.tokens[body.open + 1]?.text === 'decreases';
    return old || clauses.has('decreases') || modifiers.has('checked') ? 'possible' : undefined;
  }
  const isHelper = named(declaration.attributes, 'decreases_by') || named(declaration.attributes, 'recommends_by');
  return isHelper || declaration.conditional ? 'possible' : 'certain';
}

function uncoveredOf({ declaration, file, symbol }: NamedFunction): Uncovered[] {
  if (!declaration.scope.verus) return [{ file: file.path, symbol, why: 'outside verus!: Verus does not look at it' }];
  if (declaration.external) return [{ file: file.path, symbol, why: 'marked external: Verus does not look at it' }];
  return [];
}

/** An `assume_specification` is named for what it speaks of, between its brackets. */
function nameOf({ tokens }: RustFile, item: RustFunction | OtherItem): string {
  if (item.name !== '') return item.name;
  const open = tokens.findIndex((token, at) => at > item.first && at < item.last && token.text === '[' && tokens[at - 1]!.text !== '#');
  return open < 0 ? '' : tokens.slice(open + 1, closing(tokens, open)).map((token) => token.text).join('');
}

function lastOfContract(item: RustFunction | OtherItem): number { return 'body' in item && item.body ? item.body.open - 1 : item.last; }

function assumptionsOf(
  project: Project, file: RustFile, places: Places, nodes: ReadonlyMap<RustFunction | OtherItem, Node>, symbols: ReadonlyMap<RustFunction | OtherItem, string>, general: Set<string>,
): Assumption[] {
  const seen = new Map<string, number>();
  return findAssumptions(file).map((finding): Assumption => {
    const whole = file.text.slice(finding.start, finding.end).replace(/\s+/g, ' ');
    const text = whole.slice(0, LONGEST_TEXT);
    const key = `${project.toolchain}:${file.path}:${finding.kind}:${finding.owner ? finding.owner.name : ''}:${text}`;
    const repeat = (seen.get(key) ?? 0) + 1;
    seen.set(key, repeat);
    const id = repeat > 1 ? `${key}:${repeat}` : key;
    const node = finding.owner && nodes.get(finding.owner);
    if (node) node.findings.add(id); else general.add(id);
    const { owner } = finding;
    return {
      id, toolchain: project.toolchain, kind: finding.kind, file: file.path, range: places.range(finding.start, finding.end), text,
      content: signedContent(whole, owner ? tokensText(file.tokens, owner.first, lastOfContract(owner)) : ''), ...(owner ? { symbol: symbols.get(owner) ?? nameOf(file, owner) } : {}),
    };
  });
}

function nodeOf(file: RustFile, key: RustFunction | OtherItem): Node {
  const words = wordsOf(file, key.first, key.last);
  // A specification of an outside function is used by the name of that function.
  const isProxy = 'clauses' in key ? named(key.attributes, 'external_fn_specification') : key.kind === 'assume_specification';
  return { key, file, words, names: isProxy ? words : new Set([key.name]), findings: new Set() };
}

function wordsOf(file: RustFile, first: number, last: number): ReadonlySet<string> {
  const words = new Set<string>();
  for (let at = first; at <= last; at++) if (file.tokens[at]!.kind === 'word') words.add(file.tokens[at]!.text);
  return words;
}

function usesOf(nodes: readonly Node[], everywhere: ReadonlySet<string>): Graph {
  const byName = new Map<string, (RustFunction | OtherItem)[]>();
  for (const node of nodes) for (const name of node.names) { const keys = byName.get(name); if (keys) keys.push(node.key); else byName.set(name, [node.key]); }
  const always = [...everywhere].flatMap((word) => byName.get(word) ?? []);
  return new Map(nodes.map((node) => [node.key, [...new Set([...always, ...[...node.words].flatMap((word) => byName.get(word) ?? [])])].filter((key) => key !== node.key)]));
}

type Graph = ReadonlyMap<RustFunction | OtherItem, readonly (RustFunction | OtherItem)[]>;

/** From each that takes something on trust to all that reach it: few do, so this is cheaper than a closure for each user. */
function assumptionsByUser(nodes: readonly Node[], uses: Graph): Map<RustFunction | OtherItem, Set<string>> {
  const users = new Map<RustFunction | OtherItem, (RustFunction | OtherItem)[]>();
  for (const [user, used] of uses) for (const one of used) { const known = users.get(one); if (known) known.push(user); else users.set(one, [user]); }
  const rests = new Map<RustFunction | OtherItem, Set<string>>();
  for (const node of nodes) if (node.findings.size > 0) for (const user of closure(node.key, users)) {
    const known = rests.get(user) ?? new Set<string>();
    rests.set(user, known);
    for (const finding of node.findings) known.add(finding);
  }
  return rests;
}

function closure(start: RustFunction | OtherItem, uses: Graph): Set<RustFunction | OtherItem> {
  const reached = new Set([start]);
  for (const key of reached) for (const next of uses.get(key) ?? []) reached.add(next);
  return reached;
}
