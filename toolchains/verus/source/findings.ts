/**
 * What a Rust file with Verus takes on trust. A finding inside a function holds for it and all that use it; one of an
 * `assume_specification` for all that use what it speaks of; one without an owner for the whole crate.
 */
import { attributesAt, trustOf } from './attributes.ts';
import type { OtherItem, RustFile, RustFunction } from './items.ts';
import { closing, isOpening } from './tokens.ts';

export interface Finding {
  readonly kind: string;
  /** Offsets in the text. */
  readonly start: number;
  readonly end: number;
  readonly owner?: RustFunction | OtherItem;
}

/** Calls that make something true. `assume_` is what the macro makes of it. */
const CALLS: Readonly<Record<string, string>> = { assume: 'assume', assume_: 'assume', admit: 'admit', inline_air_stmt: 'inline-air' };
/** Macros whose arguments are never run or checked. */
const QUOTING = new Set(['stringify', 'concat', 'include_str', 'cfg', 'compile_error']);

export function findAssumptions(file: RustFile): Finding[] {
  const { tokens } = file;
  const findings: Finding[] = [];
  const owners = ownersOf(file);
  const inVerus = verusTokens(file);
  const place = (first: number, last: number): { start: number; end: number } => ({ start: tokens[first]!.start, end: tokens[last]!.end });
  for (const declaration of file.functions)
    if (declaration.modifiers.has('axiom') && declaration.scope.verus) findings.push({ kind: 'axiom', ...place(declaration.first, signatureEnd(declaration)), owner: declaration });
  for (const item of file.items) {
    if (!item.scope.verus) continue;
    if (item.kind === 'assume_specification') findings.push({ kind: 'assume_specification', ...place(item.first, item.last), owner: item });
    else if (item.kind === 'global') findings.push({ kind: 'global', ...place(item.first, item.last) });
  }
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at]!;
    if (token.kind === 'symbol' && token.text === '#') {
      const group = attributesAt(tokens, at, tokens.length);
      if (!group) continue;
      for (const attribute of group.attributes) {
        const kind = trustOf(attribute);
        if (kind === undefined || (kind === 'external' && !inVerus[at])) continue;
        const owner = owners[at];
        // "axiom" says the same of a function as external_body does.
        if (kind === 'external_body' && owner && 'modifiers' in owner && owner.modifiers.has('axiom')) continue;
        findings.push({ kind, ...place(at, group.last), ...(owner && !attribute.inner ? { owner } : {}) });
      }
      at = group.last;
      continue;
    }
    if (token.kind !== 'word') continue;
    if (QUOTING.has(token.text) && tokens[at + 1]?.text === '!' && isOpening(tokens[at + 2])) { at = closing(tokens, at + 2); continue; }
    const kind = CALLS[token.text];
    if (kind === undefined || !Object.hasOwn(CALLS, token.text) || !inVerus[at] || tokens[at + 1]?.text !== '(') continue;
    const before = tokens[at - 1];
    if (before?.kind === 'symbol' && before.text === '.' || before?.text === 'fn') continue;
    const end = closing(tokens, at + 1);
    findings.push({ kind, ...place(at, tokens[end + 1]?.text === ';' ? end + 1 : end), ...(owners[at] ? { owner: owners[at] } : {}) });
  }
  return findings.sort((a, b) => a.start - b.start || a.end - b.end);
}

/** The innermost function (or specification of an outside one) of each token. */
function ownersOf(file: RustFile): (RustFunction | OtherItem | undefined)[] {
  const owners = new Array<RustFunction | OtherItem | undefined>(file.tokens.length).fill(undefined);
  for (const item of file.items) if (item.kind === 'assume_specification' || item.kind === 'broadcast-group') owners.fill(item, item.first, item.last + 1);
  for (const declaration of file.functions) owners.fill(declaration, declaration.first, declaration.last + 1);
  return owners;
}

function verusTokens(file: RustFile): Uint8Array {
  const marks = new Uint8Array(file.tokens.length);
  for (const { open, close } of file.regions) marks.fill(1, open, close + 1);
  // proof! and its like stand in functions that are verified by an attribute; macro_rules may be used inside verus!.
  for (const item of file.items) if (item.kind === 'macro_rules') marks.fill(1, item.first, item.last + 1);
  return marks;
}

function signatureEnd(declaration: RustFunction): number { return declaration.body ? declaration.body.open - 1 : declaration.last; }
