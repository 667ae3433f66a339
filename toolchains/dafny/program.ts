/** One Dafny program as its files say it: symbols that get verdicts, who uses whom, and what is taken on trust. */
import type { Assumption, Obligation, Position, Project, Range } from '../contract.ts';
import { findAssumptions, type Finding } from './source/findings.ts';
import { readDeclarations, type DafnyFile, type Declaration } from './source/declarations.ts';
import { Places } from '../places.ts';
import { signedContent, tokensText } from '../assumption.ts';
import { withUses } from '../graph.ts';
import type { SourceFile } from './source/cone.ts';

export interface ProgramSymbol {
  readonly obligation: Obligation;
  readonly declaration: Declaration;
  readonly file: ProgramFile;
  readonly range: Range;
  /** It has no body, and its specification is an axiom. */
  readonly trusted: boolean;
  /** Why Dafny is told not to check it, or to check only a part of it. */
  readonly narrowed?: { readonly whole: boolean; readonly why: string };
}

export interface ProgramFile extends DafnyFile {
  readonly places: Places;
  readonly findings: readonly Finding[];
}

export interface Program {
  readonly files: readonly ProgramFile[];
  readonly symbols: readonly ProgramSymbol[];
  readonly assumptions: readonly Assumption[];
  /** Ids of the symbols whose names stand in the text of a symbol: more than it depends on, never less. */
  readonly uses: ReadonlyMap<string, ReadonlySet<string>>;
}

const KINDS: Partial<Record<Declaration['kind'], string>> = {
  method: 'method', lemma: 'lemma', constructor: 'constructor', function: 'function', predicate: 'predicate', iterator: 'iterator', constant: 'constant', datatype: 'datatype', newtype: 'newtype', type: 'subset-type',
};
/** Longer texts of an assumption are cut for people. */
const LONGEST_TEXT = 200;

/** @param general assumptions of the project as a whole (libraries): ids that every obligation rests on */
export function readProgram(project: Project, sources: readonly SourceFile[], general: readonly Assumption[] = []): Program {
  const files = sources.map((source): ProgramFile => {
    const file = readDeclarations(source.path, source.text);
    return { ...file, places: new Places(source.text), findings: findAssumptions(file) };
  }).map((file, _, every): ProgramFile => ({ ...file, findings: file.findings.flatMap((finding) => inherited(finding, every)) }));
  const drafts: Draft[] = files.flatMap((file) => file.declarations.filter(getsVerdict(file)).map((declaration) => ({ file, declaration, id: '' })));
  const counts = new Map<string, number>();
  for (const draft of drafts) {
    const { path } = draft.declaration;
    const count = (counts.get(path) ?? 0) + 1;
    counts.set(path, count);
    draft.id = `${project.id}#${path}${count > 1 ? ` (${count})` : ''}`;
  }
  const uses = usesOf(drafts);
  const assumptions = [...general];
  const restOn = new Map<string, Set<string>>();
  const rests = (id: string, assumption: string): void => { restOn.set(id, (restOn.get(id) ?? new Set(general.map((one) => one.id))).add(assumption)); };
  const users = reversed(uses);
  for (const file of files) {
    const seen = new Map<string, number>();
    for (const finding of file.findings) {
      const whole = file.text.slice(finding.start, finding.end).replace(/\s+/g, ' ');
      const text = whole.slice(0, LONGEST_TEXT);
      const { declaration } = finding;
      const key = `dafny:${file.path}:${finding.kind}:${declaration?.path ?? ''}:${text}`;
      const repeat = (seen.get(key) ?? 0) + 1;
      seen.set(key, repeat);
      const id = repeat > 1 ? `${key}:${repeat}` : key;
      assumptions.push({ id, toolchain: project.toolchain, kind: finding.kind, file: file.path, range: file.places.range(finding.start, finding.end), text, content: signedContent(whole, declaration ? contractOf(file, declaration) : ''), ...(declaration ? { symbol: declaration.path } : {}) });
      for (const draft of drafts) if (holdsFor(finding, draft)) for (const user of closureOf(draft.id, users)) rests(user, id);
    }
  }
  const symbols = drafts.map(({ file, declaration, id }): ProgramSymbol => {
    const name = file.tokens[declaration.nameToken]!;
    const range = file.places.range(file.tokens[declaration.first]!.start, file.tokens[declaration.last]!.end);
    const narrowed = narrowing(file, declaration, files);
    return {
      declaration, file, range, trusted: !declaration.body && file.findings.some((finding) => finding.declaration === declaration && (finding.kind === 'axiom' || finding.kind === 'extern')), ...(narrowed ? { narrowed } : {}),
      obligation: {
        id, project: project.id, toolchain: project.toolchain, symbol: id.slice(project.id.length + 1), kind: KINDS[declaration.kind]!, file: file.path,
        range: { start: file.places.at(name.start), end: range.end }, specification: { start: range.start, end: specificationEnd(file, declaration) },
        assumptions: [...restOn.get(id) ?? general.map((one) => one.id)].sort(), assumptionScope: 'exact',
      },
    };
  });
  const graph = new Map(withUses(symbols.map((symbol) => symbol.obligation), 'names', ({ id }) => [...uses.get(id) ?? []]).map((obligation) => [obligation.id, obligation]));
  return { files, symbols: symbols.map((symbol) => ({ ...symbol, obligation: graph.get(symbol.obligation.id)! })), assumptions, uses };
}

function lastOfContract({ body, last }: Declaration): number { return body ? Math.max(0, body.open - 1) : last; }

function specificationEnd(file: ProgramFile, declaration: Declaration): Position { return file.places.at(file.tokens[lastOfContract(declaration)]!.end); }

function contractOf(file: ProgramFile, declaration: Declaration): string { return tokensText(file.tokens, declaration.first, lastOfContract(declaration)); }

/** An abstract specification is checked where a refining module gives the body, and believed where none does. */
function inherited(finding: Finding, files: readonly ProgramFile[]): readonly Finding[] {
  const { declaration } = finding;
  if (finding.kind !== 'abstract' || !declaration) return [finding];
  const modules = files.flatMap((file) => file.declarations.filter((one) => one.kind === 'module').map((module) => ({ file, module })));
  const refines = ({ file, module }: (typeof modules)[number]): string | undefined => {
    for (let at = module.nameToken; at < (module.body?.open ?? module.last); at++)
      if (file.tokens[at]!.text === 'refines') { while (file.tokens[at + 2]?.text === '.') at += 2; return file.tokens[at + 1]?.text; }
    return undefined;
  };
  const names = new Set([lastName(declaration.container?.path ?? '')]);
  for (const name of names) for (const one of modules) {
    if (refines(one) !== name) continue;
    if (one.file.declarations.some((other) => other.container === one.module && other.name === declaration.name && other.body)) continue;
    if (!one.module.modifiers.includes('abstract')) return [{ ...finding, kind: 'axiom' }];
    names.add(lastName(one.module.path));
  }
  return [];
}

function lastName(path: string): string { return path.slice(path.lastIndexOf('.') + 1); }

interface Draft { readonly file: ProgramFile; readonly declaration: Declaration; id: string }

/** Datatypes, constants with a value, newtypes and subset types have proof tasks; classes, modules and synonyms have none. */
function getsVerdict(file: DafnyFile): (declaration: Declaration) => boolean {
  return (declaration) => {
    if (declaration.name === '' || KINDS[declaration.kind] === undefined) return false;
    const inner = file.tokens.slice(declaration.nameToken, (declaration.body?.open ?? declaration.last + 1));
    if (declaration.kind === 'type') return inner.some((token) => token.text === '|');
    if (declaration.kind === 'constant') return inner.some((token) => token.text === ':=');
    return true;
  };
}

/** A class stands for its constructors, a type for what its members say of it. */
function usesOf(drafts: readonly Draft[]): Map<string, Set<string>> {
  const byName = new Map<string, string[]>();
  const name = (word: string, id: string): void => { const ids = byName.get(word); if (ids) ids.push(id); else byName.set(word, [id]); };
  for (const { declaration, id } of drafts) {
    name(declaration.name, id);
    if (declaration.kind === 'constructor' && declaration.container) name(declaration.container.name, id);
  }
  return new Map(drafts.map(({ file, declaration, id }) => {
    const used = new Set<string>();
    const words = new Set<string>();
    for (let at = declaration.first; at <= declaration.last; at++) if (file.tokens[at]!.kind === 'word') words.add(file.tokens[at]!.text);
    for (const word of words) for (const other of byName.get(word) ?? []) if (other !== id) used.add(other);
    return [id, used];
  }));
}

function reversed(uses: ReadonlyMap<string, ReadonlySet<string>>): Map<string, Set<string>> {
  const users = new Map<string, Set<string>>();
  for (const [id, used] of uses) for (const one of used) { const known = users.get(one); if (known) known.add(id); else users.set(one, new Set([id])); }
  return users;
}

/** It and all that reach it. */
export function closureOf(id: string, edges: ReadonlyMap<string, ReadonlySet<string>>): ReadonlySet<string> {
  const reached = new Set([id]);
  for (const one of reached) for (const next of edges.get(one) ?? []) reached.add(next);
  return reached;
}

/** An attribute of a module or a type holds for its members; one outside of declarations for the file. */
function holdsFor(finding: Finding, draft: Draft): boolean {
  if (!draft.file.findings.includes(finding)) return false;
  for (let at: Declaration | undefined = draft.declaration; at; at = at.container) if (at === finding.declaration) return true;
  return finding.declaration === undefined || finding.kind === 'only';
}

/** Attributes that tell Dafny to check less than the whole: without them in view a log without errors is no proof. */
function narrowing(file: ProgramFile, declaration: Declaration, files: readonly ProgramFile[]): ProgramSymbol['narrowed'] {
  const own = file.findings.filter((finding) => finding.declaration === declaration);
  if (own.some((finding) => finding.kind === 'verify-false')) return { whole: true, why: 'an attribute tells Dafny not to verify it' };
  const header = (finding: Finding): boolean => finding.declaration!.attributes.some((attribute) => attribute.start === finding.start);
  if (own.some((finding) => finding.kind === 'only' && !header(finding))) return { whole: false, why: '{:only} on an assertion takes the others for granted' };
  if (own.some((finding) => finding.kind === 'selective-checking')) return { whole: false, why: '{:selective_checking} leaves out what stands before {:start_checking_here}' };
  if (own.some((finding) => finding.kind === 'only')) return undefined;
  const elsewhere = files.some((other) => other.findings.some((finding) => finding.kind === 'only' && finding.declaration !== undefined && header(finding)));
  return elsewhere ? { whole: true, why: '@VerifyOnly or {:only} elsewhere turns its verification off' } : undefined;
}
