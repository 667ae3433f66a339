/** What a module takes on trust, with exact places: from its tokens alone, so that comments and strings do not count. */
import type { Declaration, Module } from './declarations.ts';
import { KNOWN_ATTRIBUTES, TRUSTING_ATTRIBUTES, TRUSTING_CONSTANTS, TRUSTING_OPTIONS, isHarmlessOption } from './known.ts';
import type { Command } from './commands.ts';
import type { Token } from './tokens.ts';

export interface Finding {
  readonly kind: string;
  /** Offsets. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** In whose text it stands; undefined between declarations: then it holds for all that follows. */
  readonly declaration?: Declaration;
}

export function findingsOf(module: Module): Finding[] {
  const { tokens } = module;
  const byCommand = new Map(module.declarations.map((declaration) => [declaration.command, declaration]));
  const findings: Finding[] = [];
  for (const command of module.commands) {
    const declaration = byCommand.get(command);
    const add = (kind: string, from: number, to = from): void => {
      const [start, end] = [tokens[from]!.start, tokens[to]!.end];
      findings.push({ kind, start, end, text: module.text.slice(start, end).replace(/\s+/g, ' '), ...(declaration ? { declaration } : {}) });
    };
    for (const { from, to } of command.attributes) attributesIn(tokens, from, to, add);
    if (declaration) ofDeclaration(tokens, declaration, add);
    for (let at = command.from; at <= command.to; at++) ofToken(tokens, at, command, add);
  }
  const seen = new Set<string>();
  return findings.sort((a, b) => a.start - b.start).filter((one) => { const key = `${one.kind}:${one.start}`; return !seen.has(key) && seen.add(key); });
}

type Add = (kind: string, from: number, to?: number) => void;

function ofDeclaration(tokens: readonly Token[], declaration: Declaration, add: Add): void {
  const { command, kind, nameToken, modifiers, value } = declaration;
  if (kind === 'axiom') add('axiom', nameToken);
  if (kind === 'opaque' && value === undefined) add('opaque', nameToken);
  if (modifiers.includes('unsafe')) for (let at = command.from; at < command.keyword; at++) if (tokens[at]!.text === 'unsafe') add('unsafe', at);
}

function ofToken(tokens: readonly Token[], at: number, command: Command, add: Add): void {
  const token = tokens[at]!;
  if (token.kind !== 'word') {
    // `decide +native`, `decide (config := { native := true })`.
    if (token.text === '+' && tokens[at + 1]?.text === 'native') add('native_decide', at, at + 1);
    return;
  }
  if (at === command.keyword && token.text !== 'set_option' && token.text !== 'attribute') return;
  const before = tokens[at - 1];
  const afterDot = before?.text === '.' && before.end === token.start;
  const kind = TRUSTING_CONSTANTS.get(token.text) ?? (isUncheckedMember(token.text) ? 'unchecked-declaration' : undefined);
  const named = tokens[at + 1]?.text === ':=' || ([':', ','].includes(tokens[at + 1]?.text ?? '') && token.text === 'stop');
  if (kind && (!afterDot || kind === 'unchecked-declaration') && !named && (token.text !== 'stop' || token.first)) add(kind, at);
  else if (token.text === 'native' && tokens[at + 1]?.text === ':=' && tokens[at + 2]?.text === 'true') add('native_decide', at, at + 2);
  else if (token.text === 'unsafe' && at > command.keyword) add('unsafe', at);
  else if (token.text === 'set_option') ofOption(tokens, at, add);
  else if (token.text === 'attribute' && tokens[at + 1]?.text === '[') attributesIn(tokens, at + 2, close(tokens, at + 1) - 1, add);
}

function isUncheckedMember(text: string): boolean { return /\.(?:addDeclWithoutChecking|addDeclCore)$/.test(text); }

function ofOption(tokens: readonly Token[], at: number, add: Add): void {
  const name = tokens[at + 1];
  const value = tokens[at + 2];
  if (name?.kind !== 'word' || !value) return;
  const trusting = TRUSTING_OPTIONS.get(name.text);
  if (trusting) { if (value.text !== trusting.harmless) add(trusting.kind, at, at + 2); return; }
  if (!isHarmlessOption(name.text)) add('unknown-option', at, at + 2);
}

function attributesIn(tokens: readonly Token[], from: number, to: number, add: Add): void {
  let depth = 0;
  let begins = true;
  for (let at = from; at <= to; at++) {
    const { kind, text } = tokens[at]!;
    if (kind === 'symbol') {
      if ('([{⟨'.includes(text)) depth++;
      else if (')]}⟩'.includes(text)) depth--;
      else if (text === ',' && depth === 0) begins = true;
      else if (text === '-' && begins) begins = false;
      continue;
    }
    if (!begins || kind !== 'word' || text === 'local' || text === 'scoped' || text === 'builtin') continue;
    begins = false;
    let end = at;
    while (end < to && tokens[end + 1]!.text !== ',' && depth === 0) end++;
    const trusting = TRUSTING_ATTRIBUTES.get(text);
    if (trusting) add(trusting, at, trusting === 'csimp' ? at : end);
    else if (!KNOWN_ATTRIBUTES.has(text) && !/^(?:builtin_)/.test(text)) add('unknown-attribute', at);
  }
}

function close(tokens: readonly Token[], open: number): number {
  let depth = 0;
  for (let at = open; at < tokens.length; at++) {
    if (tokens[at]!.text === '[') depth++;
    else if (tokens[at]!.text === ']' && --depth === 0) return at;
  }
  return tokens.length - 1;
}
