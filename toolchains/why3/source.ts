/** A WhyML file by an own reader: modules, what of them gets a verdict, and what they take on trust. Takes any text. */
interface Token { readonly text: string; readonly start: number; readonly end: number }
/** `isStated`: Why3 makes a task of it for sure; of a program function only where there is something to show. */
export interface Declaration { readonly name: string; readonly kind: string; readonly isStated: boolean; readonly module: string; readonly start: number; readonly end: number; readonly words: ReadonlySet<string> }
export interface Finding { readonly kind: string; readonly module: string; readonly name: string; readonly start: number; readonly end: number }
/** `close`: offset of its `end`; of the end of the text where it stands outside of modules; undefined where it is not closed. */
export interface Module { readonly name: string; readonly close: number | undefined }
export interface Source { readonly modules: readonly Module[]; readonly declarations: readonly Declaration[]; readonly findings: readonly Finding[]; readonly imports: readonly string[] }

/** Why3's name for what stands outside of modules. */
const TOP = 'Top';
const HEADS = new Set('let val goal lemma axiom type function predicate constant inductive coinductive use clone meta exception scope module theory import'.split(' '));
const MODIFIERS = new Set('rec ghost lemma function predicate constant partial'.split(' '));
/** A word behind one of these belongs to its declaration: `let lemma`, `val function`, `use import`. */
const MODIFIES = new Set([...MODIFIERS, 'let', 'val', 'use', 'clone']);
const PROMISES = new Set(['ensures', 'returns', 'raises', 'function', 'predicate', 'constant']);
const OPENS = new Set(['begin', 'match', 'try', 'scope', 'do', '(', '{', '[']);
const CLOSES: Readonly<Record<string, readonly string[]>> = { end: ['begin', 'match', 'try', 'scope'], done: ['do'], ')': ['('], '}': ['{'], ']': ['['] };
/** Behind these an expression goes on: a `let` there is no declaration. */
const CONTINUES = /^(?:[=;,:<>&|+*/-]+|in|then|else|not|old)$/;
/** Attributes that tell how a condition is made or shown, and take nothing on trust. */
const HARMLESS = /^\[@(?:expl|model_trace|infer|induction|inline|rewrite|bounds|name|introduced|vc:(?:sp|wp|annotation|white_box|keep_precondition)|extraction)\b/;

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  const sign = /\(\*(?!\))|"(?:[^"\\]|\\[\s\S])*"?|\[@[^\]]*\]?|'(?:[^'\\\n]|\\.)'|[A-Za-z_][\w']*|'[A-Za-z]\w*|\d[\w.]*|[()[\]{},;.]|[^\s\w()[\]{},;."']+|\S/g;
  for (let found = sign.exec(text); found; found = sign.exec(text)) {
    if (found[0] === '(*') { sign.lastIndex = afterComment(text, found.index); continue; }
    tokens.push({ text: found[0], start: found.index, end: sign.lastIndex });
  }
  return tokens;
}

/** Comments nest, and a string in one is a string. */
function afterComment(text: string, start: number): number {
  const mark = /\(\*|\*\)|"(?:[^"\\]|\\[\s\S])*"/g;
  mark.lastIndex = start;
  let depth = 0;
  for (let found = mark.exec(text); found; found = mark.exec(text)) {
    if (found[0] === '(*') depth++; else if (found[0] === '*)' && --depth === 0) return mark.lastIndex;
  }
  return text.length;
}

export function readSource(text: string): Source {
  const tokens = tokensOf(text);
  const modules: Module[] = [], declarations: Declaration[] = [], findings: Finding[] = [], imports: string[] = [];
  const open: string[] = []; // what is not closed: begin, do, (, {, scope …
  let module = TOP, head = '';
  const heads = tokens.map((token, at) => HEADS.has(token.text) && !MODIFIES.has(tokens[at - 1]?.text ?? '') && !CONTINUES.test(tokens[at - 1]?.text ?? ''));
  const lastOf = (at: number): number => { // the token before the next declaration
    let depth = 0;
    for (let next = at + 1; next < tokens.length; next++) {
      const word = tokens[next]!.text;
      if (depth === 0 && (heads[next] || word === 'end')) return next - 1;
      if (CLOSES[word] !== undefined) depth--; else if (OPENS.has(word)) depth++;
    }
    return tokens.length - 1;
  };
  const trust = (kind: string, at: number, last = at, name = declarations.at(-1)?.name ?? ''): void => { findings.push({ kind, module, name, start: tokens[at]!.start, end: tokens[last]!.end }); };
  for (let at = 0; at < tokens.length; at++) {
    const { text: word, start } = tokens[at]!;
    const isTop = open.every((one) => one === 'scope');
    if (word.startsWith('[@') && !HARMLESS.test(word)) trust('unknown-attribute', at);
    else if (word === 'assume') trust(word, at, closing(tokens, at + 1));
    else if (word === 'any' || word === 'diverges') trust(word, at);
    if (CLOSES[word]?.includes(open.at(-1) ?? '')) open.pop();
    else if (word === 'end' && isTop && module !== TOP) { modules.push({ name: module, close: start }); module = TOP; }
    else if (OPENS.has(word)) open.push(word);
    if (!isTop || !(heads[at] || (word === 'with' && head === 'let'))) continue;
    if (word !== 'with') head = word;
    let name = at + 1;
    while (MODIFIERS.has(tokens[name]?.text ?? '') || tokens[name]?.text.startsWith('[@')) name++;
    const said = tokens[name]?.text ?? '';
    const last = lastOf(name);
    const promises = tokens.slice(at, last + 1).map((token) => token.text);
    if (word === 'module' || word === 'theory') module = said;
    else if (word === 'axiom') trust(word, at, last, said);
    else if (word === 'val' && promises.some((one) => PROMISES.has(one))) trust(word, at, last, said);
    else if (word === 'use' || word === 'clone') { const path = /^(?:use|clone)\s+(?:(?:import|export)\s+)?([\w.]+)\.\w+/.exec(text.slice(start, tokens[last]!.end)); if (path) imports.push(path[1]!.replaceAll('.', '/')); }
    else if ((word === 'let' || word === 'with' || word === 'goal' || word === 'lemma' || (word === 'type' && promises.includes('invariant'))) && /^[A-Za-z_]/.test(said))
      declarations.push({ name: said, kind: promises[1] === 'lemma' ? 'lemma' : word === 'with' ? 'let' : word, isStated: word === 'goal' || word === 'lemma', module, start, end: tokens[last]!.end, words: new Set(promises.slice(name - at + 1)) });
  }
  if (module !== TOP) modules.push({ name: module, close: undefined });
  if (declarations.some((one) => one.module === TOP)) modules.push({ name: TOP, close: text.length });
  return { modules, declarations, findings, imports };
}

function closing(tokens: readonly Token[], open: number): number {
  for (let at = open, depth = 0; at < tokens.length; at++) { if (tokens[at]!.text === '{') depth++; else if (tokens[at]!.text === '}' && --depth <= 0) return at; }
  return tokens.length - 1;
}
