/** Weighs what several engines answered to one check. Engines of the same build count once. */
import type { Tool } from '../contract.ts';
import { knownUnsound } from './unsound.ts';

export interface Opinion { readonly tool: Tool; readonly answer: 'sat' | 'unsat' }

export type Weighed =
  | { readonly kind: 'none' }
  /** All agree, and at least one of them may be believed alone, or two of different builds stand. */
  | { readonly kind: 'settled'; readonly answer: 'sat' | 'unsat'; readonly by: Opinion; readonly confirming: readonly Opinion[] }
  /** Only one engine said it, and its `unsat` is not believed alone. */
  | { readonly kind: 'needs-second'; readonly by: Opinion }
  | { readonly kind: 'disputed'; readonly sat: Opinion; readonly unsat: Opinion };

export function weigh(opinions: readonly Opinion[]): Weighed {
  const distinct = opinions.filter((opinion, index) => opinions.findIndex((other) => sameBuild(other, opinion)) === index);
  const sat = opinions.find((opinion) => opinion.answer === 'sat');
  const unsat = opinions.find((opinion) => opinion.answer === 'unsat');
  if (sat && unsat) return { kind: 'disputed', sat, unsat };
  const first = distinct[0];
  if (!first) return { kind: 'none' };
  const sound = distinct.find((opinion) => !knownUnsound(opinion.tool));
  if (first.answer === 'unsat' && !sound && distinct.length < 2) return { kind: 'needs-second', by: first };
  const by = sound ?? first;
  return { kind: 'settled', answer: first.answer, by, confirming: distinct.filter((opinion) => opinion !== by) };
}

/** Two copies of one version are one engine, wherever they lie. */
function sameBuild(a: Opinion, b: Opinion): boolean {
  return a.tool.fingerprint === b.tool.fingerprint || (a.tool.id === b.tool.id && a.tool.version === b.tool.version);
}
