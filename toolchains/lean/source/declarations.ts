/** Declarations of a module with the names that Lean gives them: namespaces, sections, `private`, `_root_`, `instance` without a name. */
import { closing, commandsOf, DECLARING, type Command } from './commands.ts';
import { partsOf, printName } from './names.ts';
import { tokenise, type Token } from './tokens.ts';

export interface Declaration {
  /** As Lean prints it; `example 2`, `instance 1` where it has no name of its own. */
  readonly name: string;
  readonly anonymous: boolean;
  readonly kind: string;
  readonly modifiers: readonly string[];
  readonly command: Command;
  /** Index of the name's last token, or of the keyword. */
  readonly nameToken: number;
  /** Index of the `:=`, `where` or `|` that begins the value; undefined where there is none. */
  readonly value?: number;
  /** Namespaces around it, outermost first. */
  readonly namespace: readonly string[];
}

export interface Module {
  readonly text: string;
  readonly tokens: readonly Token[];
  readonly commands: readonly Command[];
  readonly imports: readonly string[];
  readonly declarations: readonly Declaration[];
  /** The module system: only what it exports reaches importers. */
  readonly isModule: boolean;
}

export function readModule(text: string): Module {
  const tokens = tokenise(text);
  const commands = commandsOf(tokens);
  const declarations: Declaration[] = [];
  const scopes: { readonly name: string; readonly namespace: boolean }[] = [];
  const counts = new Map<string, number>();
  let isModule = false;
  for (const command of commands) {
    const word = tokens[command.keyword]!.text;
    const next = tokens[command.keyword + 1];
    const name = next?.kind === 'word' && command.keyword < command.to ? next.text : '';
    if (word === 'module') isModule = true;
    else if (word === 'namespace') for (const part of partsOf(name)) scopes.push({ name: part, namespace: true });
    else if (word === 'section') scopes.push(...(name === '' ? [''] : partsOf(name)).map((part) => ({ name: part, namespace: false })));
    else if (word === 'mutual') scopes.push({ name: 'mutual', namespace: false });
    else if (word === 'end') { const closed = name === '' ? 1 : partsOf(name).length; scopes.splice(Math.max(0, scopes.length - closed)); }
    else if (DECLARING.has(word)) declarations.push(declaration(tokens, command, scopes.filter((scope) => scope.namespace).map((scope) => scope.name), counts));
  }
  return { text, tokens, commands, imports: importsOf(tokens), declarations, isModule };
}

/** `import A`, `public import A`, `import all A`; only at the top. */
export function importsOf(tokens: readonly Token[]): string[] {
  const imports: string[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const { text, kind } = tokens[at]!;
    if (kind === 'doc' || text === 'module' || text === 'prelude' || text === 'public' || text === 'meta') continue;
    if (text !== 'import') break;
    const skip = ['all', 'runtime', 'meta'].includes(tokens[at + 1]?.text ?? '') && tokens[at + 2]?.kind === 'word' && !tokens[at + 2]!.first ? 2 : 1;
    const name = tokens[at + skip];
    if (name?.kind !== 'word') break;
    imports.push(printName(partsOf(name.text)));
    at += skip;
  }
  return imports;
}

function declaration(tokens: readonly Token[], command: Command, namespace: readonly string[], counts: Map<string, number>): Declaration {
  let kind = tokens[command.keyword]!.text;
  let at = command.keyword + 1;
  if (kind === 'class' && tokens[at]?.text === 'inductive') { kind = 'class inductive'; at++; }
  if (kind === 'instance' && tokens[at]?.text === '(' && tokens[at + 1]?.text === 'priority') at = closing(tokens, at) + 1;
  const named = kind !== 'example' && at <= command.to && tokens[at]?.kind === 'word' && !(kind === 'instance' && tokens[at]!.text === 'where');
  const modifiers = command.modifiers;
  const common = { kind, modifiers, command, namespace, ...valueOf(tokens, named ? at + 1 : at, command.to) };
  if (!named) {
    const count = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, count);
    return { ...common, name: `${kind} ${count}`, anonymous: true, nameToken: command.keyword };
  }
  const parts = partsOf(tokens[at]!.text);
  const full = parts[0] === '_root_' ? parts.slice(1) : [...namespace, ...parts];
  return { ...common, name: printName(full), anonymous: false, nameToken: at };
}

/** The first `:=`, `where` or `|` outside brackets. */
function valueOf(tokens: readonly Token[], from: number, to: number): { value?: number } {
  let depth = 0;
  for (let at = from; at <= to; at++) {
    const { kind, text } = tokens[at]!;
    if (kind === 'symbol') {
      if ('([{⟨'.includes(text)) depth++;
      else if (')]}⟩'.includes(text)) depth--;
      else if (depth === 0 && (text === ':=' || (text === '|' && tokens[at]!.first))) return { value: at };
    } else if (depth === 0 && kind === 'word' && text === 'where') return { value: at };
  }
  return {};
}
