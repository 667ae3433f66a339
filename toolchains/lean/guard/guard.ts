/**
 * The guard for Lean. Lean's grammar grows with what is imported, so nothing is parsed beyond commands: every command of the
 * base stands in the candidate letter by letter and in order, except that the proof of a theorem, behind the `:=` that ends
 * its statement, may be another text; and theorems of new names may stand between. What a proof text may hold is in proof.ts.
 *
 * Whether names of the statement still mean the same, and on which axioms the theorem rests, only Lean itself can say: the
 * verdict comes from the axioms that a second process prints (check.ts), and identical statements under other elaboration
 * (older Lean takes up a `variable` that only the proof mentions) are refused here where they could arise.
 */
import type { GuardAnswer, GuardReason, GuardRequest, GuardRule, ProofAddition } from '../../guard.ts';
import { strangeCharacters } from '../../guard/characters.ts';
import { commentReasons } from '../../guard/comments.ts';
import { Places } from '../../places.ts';
import type { Command } from '../source/commands.ts';
import { readModule, type Module } from '../source/declarations.ts';
import { findingsOf } from '../source/findings.ts';
import { partsOf } from '../source/names.ts';
import { tokenise } from '../source/tokens.ts';
import { isProofSign } from './characters.ts';
import { proofReasons, type Refusal } from './proof.ts';

const LARGEST_SOURCE_BYTES = 16 * 1024 * 1024;
const THEOREMS = new Set(['theorem', 'lemma', 'example']);
/** Hold a `:=` of their own within a statement. */
const BINDING = new Set(['let', 'have', 'letI', 'haveI', 'let_fun', 'suffices', 'show', 'match', 'do', 'fun', 'calc', 'set', 'obtain', 'where', 'let_delayed']);

export async function guardLean(request: GuardRequest): Promise<GuardAnswer> {
  const start = { start: { line: 1, column: 1 }, end: { line: 1, column: 1 } };
  const reasons: GuardReason[] = [];
  for (const path of new Set([...request.before.keys(), ...request.after.keys()])) {
    const why = !request.before.has(path) || !request.after.has(path) ? 'the candidate adds or removes the file' : !path.endsWith('.lean') || /(?:^|\/)lakefile\.lean$/.test(path) ? 'is no Lean source of proofs' : !request.project.files.includes(path) ? `is no file of ${request.project.name}` : undefined;
    if (why) reasons.push({ file: path, range: start, rule: 'files', why });
  }
  if (reasons.length > 0) return { kind: 'refused', reasons };
  const words = new Set<string>();
  const take = (text: string): void => { for (const token of tokenise(text)) if (token.kind === 'word' || token.kind === 'name') for (const part of partsOf(token.text.replace(/^`+/, ''))) words.add(part); };
  for (const text of request.before.values()) take(text);
  for (const path of request.project.files) if (path.endsWith('.lean') && !request.before.has(path)) take((await request.tree.read(path, LARGEST_SOURCE_BYTES)).toString('utf8'));
  const added: ProofAddition[] = [];
  for (const [path, text] of request.after) {
    if (request.before.get(path) === text) continue;
    const answer = new FileGuard(path, request, words).answer();
    reasons.push(...answer.reasons);
    added.push(...answer.added);
  }
  return reasons.length > 0 ? { kind: 'refused', reasons } : { kind: 'unchanged-but-for-proof', added };
}

class FileGuard {
  private readonly before: Module;
  private readonly after: Module;
  private readonly places: Places;
  private readonly reasons: GuardReason[] = [];
  private readonly added: ProofAddition[] = [];
  /** Token ranges of the candidate that the base does not have. */
  private readonly fresh: { readonly from: number; readonly to: number }[] = [];

  constructor(private readonly file: string, private readonly request: GuardRequest, private readonly baseWords: ReadonlySet<string>) {
    this.before = readModule(request.before.get(file)!);
    this.after = readModule(request.after.get(file)!);
    this.places = new Places(this.after.text);
  }

  answer(): { readonly reasons: readonly GuardReason[]; readonly added: readonly ProofAddition[] } {
    const { file, before, after, places } = this;
    this.reasons.push(
      ...strangeCharacters(before.text, after.text, isProofSign).map(({ range, why }): GuardReason => ({ file, range, rule: 'unicode', why })),
      ...commentReasons(file, before, after, { line: '--', open: '/-', close: '-/' }),
    );
    if (leading(before) !== leading(after)) this.refuse(0, 0, { rule: 'unreadable', why: 'what stands before the first command differs' });
    this.commands();
    for (const { from, to } of this.fresh) this.reasons.push(...proofReasons(after, from, to, this.request.caps).map(({ at, ...refusal }): GuardReason => ({ file, range: places.range(after.tokens[at]!.start, after.tokens[at]!.end), ...refusal })));
    for (const finding of findingsOf(after)) {
      const isFresh = this.fresh.some(({ from, to }) => after.tokens[from]!.start <= finding.start && finding.end <= after.tokens[to]!.end);
      if (isFresh) this.reasons.push({ file, range: places.range(finding.start, finding.end), rule: 'assumption', why: `takes something on trust: ${finding.kind}` });
    }
    return { reasons: this.reasons, added: this.added };
  }

  private refuse(from: number, to: number, refusal: Refusal): void {
    const { tokens, text } = this.after;
    this.reasons.push({ file: this.file, range: this.places.range(tokens[from]?.start ?? text.length, tokens[to]?.end ?? text.length), ...refusal });
  }

  private commands(): void {
    const { before, after } = this;
    let at = 0;
    for (const command of after.commands) {
      const wanted = before.commands[at];
      if (wanted && slice(before, wanted) === slice(after, command)) { at++; continue; }
      if (wanted && this.isOtherProof(wanted, command)) { at++; continue; }
      this.addition(command, wanted);
      if (this.reasons.length > 20) return;
    }
    for (const missing of before.commands.slice(at)) this.refuse(after.tokens.length, after.tokens.length, { rule: isStatement(before, missing) ? 'changed-specification' : 'removed', why: `"${head(before, missing)}" of the base is missing or changed` });
  }

  /** The same statement with another proof. */
  private isOtherProof(wanted: Command, command: Command): boolean {
    const { before, after } = this;
    if (!THEOREMS.has(before.tokens[wanted.keyword]!.text)) return false;
    const sign = proofSign(before, wanted);
    if (sign === undefined) return false;
    const statement = before.text.slice(before.tokens[wanted.from]!.start, before.tokens[sign]!.end);
    const from = this.withoutLimit(command);
    const start = after.tokens[from]!.start;
    if (after.text.slice(start, start + statement.length) !== statement) return false;
    const own = after.tokens.findIndex((token) => token.end === start + statement.length);
    if (own < 0 || own >= command.to) return false;
    this.fresh.push({ from: own + 1, to: command.to });
    if (from > command.from) this.added.push({ file: this.file, range: this.places.range(after.tokens[command.from]!.start, start), what: 'limit' });
    this.added.push({ file: this.file, range: this.places.range(after.tokens[own + 1]!.start, after.tokens[command.to]!.end), what: after.tokens[own + 1]!.text === 'by' ? 'tactic proof' : 'proof term' });
    this.variables(wanted, sign, own + 1, command.to);
    return true;
  }

  /** `set_option maxHeartbeats N in` before a theorem, where the cap allows it; the index behind. */
  private withoutLimit(command: Command): number {
    const { tokens } = this.after;
    const at = command.from;
    const isLimit = tokens[at]?.text === 'set_option' && tokens[at + 1]?.text === 'maxHeartbeats' && tokens[at + 2]?.kind === 'number' && tokens[at + 3]?.text === 'in' && at + 4 <= command.keyword;
    if (!isLimit) return at;
    const value = Number(tokens[at + 2]!.text.replaceAll('_', ''));
    const cap = this.request.caps.resource;
    if (cap === undefined || value === 0 || value > cap) this.refuse(at, at + 3, { rule: 'limit', why: `sets maxHeartbeats to ${value}` });
    return at + 4;
  }

  /** Before 4.12 Lean made a `variable` a hypothesis of the theorem whose proof mentions it. */
  private variables(wanted: Command, sign: number, from: number, to: number): void {
    const { before, after } = this;
    const inStatement = new Set(before.tokens.slice(wanted.from, sign).map((token) => token.text));
    const bound = new Set<string>();
    for (const command of before.commands) if (/^variables?$/.test(before.tokens[command.keyword]!.text)) {
      for (let at = command.keyword + 1; at <= command.to; at++) {
        const { kind, text } = before.tokens[at]!;
        if (kind === 'word' && /^[([{⦃]$|^:$/.test(before.tokens[at + 1]?.text ?? '') || kind === 'word' && before.tokens[at + 1]?.kind === 'word') bound.add(text);
      }
    }
    for (let at = from; at <= to; at++) {
      const word = partsOf(after.tokens[at]!.text)[0]!;
      if (bound.has(word) && !inStatement.has(word)) { this.refuse(at, at, { rule: 'changed-specification', why: `${word} is a variable that the statement does not mention: it could become a hypothesis` }); return; }
    }
  }

  private addition(command: Command, wanted: Command | undefined): void {
    const { after } = this;
    const word = after.tokens[command.keyword]!.text;
    const refuse = (rule: GuardRule, why: string): void => this.refuse(command.from, command.to, { rule, why });
    if (word === 'import') {
      const name = after.tokens.slice(command.keyword + 1, command.to + 1).map((token) => token.text).join('');
      if (!this.request.allowedImports.has(name) || command.from !== command.keyword) refuse('import', `adds the import ${name}`);
      else this.added.push({ file: this.file, range: this.places.range(after.tokens[command.from]!.start, after.tokens[command.to]!.end), what: 'import' });
      return;
    }
    this.fresh.push({ from: command.keyword + 1, to: command.to });
    if (wanted && head(this.before, wanted) === head(after, command)) return refuse(isStatement(this.before, wanted) ? 'changed-specification' : ruleOfChange(this.before.tokens[wanted.keyword]!.text), `"${head(after, command)}" is not as in the base`);
    if (word !== 'theorem' && word !== 'lemma') return refuse(ruleOfAddition(word), `adds "${head(after, command)}"`);
    if (command.attributes.length > 0) return refuse('redefinition', 'adds a theorem with attributes, which act where it is not named');
    const odd = command.modifiers.find((modifier) => modifier !== 'private' && modifier !== 'protected');
    if (odd !== undefined || after.tokens[command.from]!.kind === 'doc' && command.modifiers.length > 1) return refuse('assumption', `adds a theorem that is ${odd}`);
    const first = this.withoutLimit(command);
    for (let at = first; at < command.keyword; at++) if (after.tokens[at]!.kind !== 'doc' && !command.modifiers.includes(after.tokens[at]!.text)) return refuse('not-proof', `adds "${after.tokens[at]!.text}" before a theorem`);
    const name = after.tokens[command.keyword + 1];
    const known = partsOf(name?.text ?? '').find((part) => this.baseWords.has(part));
    if (name?.kind !== 'word' || known !== undefined) return refuse('redefinition', `${known ?? 'a theorem without a name'} is a word of the base, which could mean the added theorem`);
    if (proofSign(after, command) === undefined) return refuse('unreadable', 'a theorem whose proof does not begin with ":="');
    this.added.push({ file: this.file, range: this.places.range(after.tokens[command.from]!.start, after.tokens[command.to]!.end), what: 'theorem' });
  }
}

/** Index of the `:=` that ends the statement; undefined where it is not certain, or the statement gives no type. */
function proofSign({ tokens }: Module, command: Command): number | undefined {
  let depth = 0;
  let typed = false;
  for (let at = command.keyword + 1; at <= command.to; at++) {
    const { kind, text } = tokens[at]!;
    if (kind === 'symbol') {
      if ('([{⟨⦃'.includes(text)) depth++;
      else if (')]}⟩⦄'.includes(text)) { depth--; if (depth < 0) return undefined; }
      else if (depth === 0 && text === ':') typed = true;
      else if (depth === 0 && text === ':=') return typed ? at : undefined;
    } else if (kind === 'word' && (BINDING.has(text) || text === '_')) { if (depth === 0) return undefined; }
  }
  return undefined;
}

function slice({ text, tokens }: Module, command: Command): string { return text.slice(tokens[command.from]!.start, tokens[command.to]!.end); }

function leading({ text, tokens, commands }: Module): string {
  const first = commands[0]?.from ?? tokens.length;
  return first === 0 ? '' : text.slice(tokens[0]!.start, tokens[first - 1]!.end);
}

function head({ tokens }: Module, command: Command): string { return tokens.slice(command.keyword, Math.min(command.keyword + 2, command.to + 1)).map((token) => token.text).join(' '); }

function isStatement({ tokens }: Module, command: Command): boolean { return THEOREMS.has(tokens[command.keyword]!.text); }

function ruleOfChange(word: string): GuardRule { return ['def', 'abbrev', 'structure', 'inductive', 'class', 'instance', 'opaque'].includes(word) ? 'changed-code' : 'removed'; }

function ruleOfAddition(word: string): GuardRule {
  if (word === 'axiom' || word === 'opaque') return 'assumption';
  if (['def', 'abbrev', 'structure', 'inductive', 'coinductive', 'initialize', 'builtin_initialize', 'run_cmd', 'run_meta', 'run_elab', 'eval'].includes(word)) return 'executable';
  if (word === 'set_option') return 'limit';
  return 'redefinition';
}
