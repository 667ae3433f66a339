/** Which chunks a text calls, by name, and the text without some of these calls. No parser: it is to work for every language. */
import type { Chunk } from './chunk.ts';

/** A name, qualified or not, and what it is applied to. */
const CALL = /((?:[\p{L}_][\p{L}\p{N}_'?]*(?:::|\.))*)([\p{L}_][\p{L}\p{N}_'?]*)\s*(?:::)?(?:<[^<>;(){}]*>)?\s*\(/gu;

export interface Call { readonly name: string; /** With its qualifier, through the closing parenthesis and a semicolon. */ readonly start: number; readonly end: number }

export function callsIn(text: string): Call[] {
  const calls: Call[] = [];
  for (const match of text.matchAll(CALL)) {
    const open = match.index + match[0].length - 1;
    let end = closingParenthesis(text, open);
    const after = /^\s*;/.exec(text.slice(end, end + 40));
    if (after) end += after[0].length;
    calls.push({ name: match[2]!, start: match.index, end });
  }
  return calls;
}

function closingParenthesis(text: string, open: number): number {
  let depth = 0;
  for (let at = open; at < text.length; at++) {
    if (text[at] === '(') depth++;
    else if (text[at] === ')' && --depth === 0) return at + 1;
  }
  return text.length;
}

/** Without these calls, their arguments included: what the arguments say, the call would have said as well. */
export function withoutCalls(text: string, names: ReadonlySet<string>): string {
  let kept = '', at = 0;
  for (const call of callsIn(text)) {
    if (!names.has(call.name) || call.start < at) continue;
    kept += text.slice(at, call.start);
    at = call.end;
  }
  kept += text.slice(at);
  // A mention that is no call (a reveal, a comment) would give it away too.
  return [...names].reduce((rest, name) => rest.replace(new RegExp(`(?<![\\p{L}\\p{N}_'?])${name.replace(/[?]/g, '\\?')}(?![\\p{L}\\p{N}_'?])`, 'gu'), ' '), kept);
}

/** Body of a chunk: what stands behind its contract. */
export function bodyOf(chunk: Chunk): string { return chunk.text.startsWith(chunk.contract) ? chunk.text.slice(chunk.contract.length) : chunk.text; }
