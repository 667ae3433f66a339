/** Comments and strings of a candidate that two readers could end at different places. */
import type { GuardReason } from '../guard.ts';
import { Places } from '../places.ts';
import type { Lexeme } from './brackets.ts';

export interface Lexed { readonly text: string; readonly tokens: readonly Lexeme[] }

export interface CommentSigns { readonly line: string; readonly open: string; readonly close: string }

const SLASHES: CommentSigns = { line: '//', open: '/*', close: '*/' };

/** Compared with the base: its own comments stay as they are. Comments nest in every language asked about, and added ones may not. */
export function commentReasons(file: string, before: Lexed, after: Lexed, signs: CommentSigns = SLASHES): GuardReason[] {
  const places = new Places(after.text);
  const reasons: GuardReason[] = [];
  const add = (start: number, end: number, why: string): void => { reasons.push({ file, range: places.range(start, end), rule: 'unreadable', why }); };
  const known = new Set(commentsOf(before, signs).map((comment) => comment.text));
  for (const { text, start } of commentsOf(after, signs)) {
    if (known.has(text)) continue;
    if (text.startsWith(signs.open)) {
      if (text.length < signs.open.length + signs.close.length || !text.endsWith(signs.close)) add(start, start + 2, 'a comment does not end');
      else if (text.indexOf(signs.open, 2) >= 0) add(start, start + 2, 'a comment within a comment');
    } else if (/\r./.test(text)) add(start, start + 2, 'a comment with a line end within it');
  }
  for (const token of after.tokens) {
    if (token.kind === 'string' && !/^[^"]*"[^]*"#*$/.test(token.text)) add(token.start, token.end, 'a string does not end');
  }
  return reasons;
}

/** All that stands between tokens and is no space. */
function commentsOf({ text, tokens }: Lexed, { line, open, close }: CommentSigns): { readonly text: string; readonly start: number }[] {
  const comments: { text: string; start: number }[] = [];
  let from = 0;
  for (const { start: end, end: next } of [...tokens, { start: text.length, end: text.length }]) {
    for (let at = from; at < end;) {
      if (text.startsWith(open, at)) {
        const past = blockEnd(text, at, end, open, close);
        comments.push({ text: text.slice(at, past), start: at });
        at = past;
      } else if (text.startsWith(line, at)) {
        const stop = text.indexOf('\n', at);
        const past = stop < 0 || stop > end ? end : stop;
        comments.push({ text: text.slice(at, past), start: at });
        at = past;
      } else at++;
    }
    from = next;
  }
  return comments;
}

function blockEnd(text: string, from: number, limit: number, open: string, close: string): number {
  let depth = 0;
  for (let at = from; at < limit; at++) {
    if (text.startsWith(open, at)) { depth++; at++; } else if (text.startsWith(close, at)) { depth--; at++; if (depth === 0) return at + 1; }
  }
  return limit;
}
