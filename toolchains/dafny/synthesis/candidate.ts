/** One clause or statement that may help: text on a line of its own at a place of the base text. */
import { printExpression } from '../syntax/print.ts';
import type { Expression } from '../syntax/tree.ts';
import type { Site } from './site.ts';

export interface Candidate {
  /** Offset in the base text before which its line is put. */
  readonly offset: number;
  /** Of equal offsets, lower first: bounds before what needs them to be well-formed. */
  readonly order: number;
  readonly text: string;
  /** The strategy it is from. */
  readonly family: string;
  /** The first tier is 0; a later tier is tried where the earlier ones were not enough. */
  readonly tier: number;
  readonly indent: string;
  readonly path: string;
  readonly kind: 'invariant' | 'decreases' | 'assert' | 'statement';
  /** What it claims, where that is one expression. */
  readonly claim?: Expression;
}

export interface Draft { readonly expression: Expression; readonly tier: number; readonly order?: number }

export function invariant(site: Site, family: string, draft: Draft): Candidate {
  return { ...placeOf(site), order: draft.order ?? 50, text: `invariant ${printExpression(draft.expression)}`, family, tier: draft.tier, kind: 'invariant', claim: draft.expression };
}

export function decreases(site: Site, family: string, values: readonly Expression[], tier: number): Candidate {
  return { ...placeOf(site), order: 99, text: `decreases ${values.map(printExpression).join(', ')}`, family, tier, kind: 'decreases' };
}

/** In a pass that does not assume what it has checked an assertion would not help: there it is assumed behind its check. */
export function textOf(candidate: Candidate, assumesChecked: boolean): string {
  return assumesChecked || candidate.kind !== 'assert' || !candidate.claim ? candidate.text : `${candidate.text} ${assumed(candidate.claim)}`;
}

export function assumed(claim: Expression): string { return `assume {:axiom} ${printExpression(claim)};`; }

/** A statement at a place of a body. */
export function statement(path: string, family: string, { offset, indent }: { readonly offset: number; readonly indent: string }, text: string): Candidate {
  return { offset, indent, path, family, text, order: 70, tier: 1, kind: 'statement' };
}

function placeOf(site: Site): Pick<Candidate, 'offset' | 'indent' | 'path'> {
  return { offset: site.loop.body!.start, indent: `${indentAt(site.syntax.file.text, site.loop.start)}  `, path: site.callable.path };
}

/** Blanks at the start of the line of this offset. */
export function indentAt(text: string, offset: number): string {
  return /^[ \t]*/.exec(text.slice(text.lastIndexOf('\n', offset - 1) + 1))![0];
}
