/** One verdict's shape. The word beside it carries the meaning, so the drawing is hidden from assistive programs. */
import { classOf, type VerdictKind } from '../../app/contract.ts';
import { VERDICT_SHAPES, type VerdictRole } from '../../toolchains/verdict-shapes.ts';
import type { FlagName } from './flag-shapes.ts';
import { symbolId } from './Symbols.tsx';

export const roleOf = (kind: VerdictKind): VerdictRole => VERDICT_SHAPES[kind].role;

export function VerdictShape({ kind, assumptions = 0 }: { readonly kind: VerdictKind; readonly assumptions?: number }) {
  const assuming = assumptions > 0 && classOf(kind) === 'green';
  return <svg className={`shape role-${roleOf(kind)}`} aria-hidden="true" focusable="false"><use href={`#${symbolId(assuming ? `${kind}-assuming` : kind)}`} /></svg>;
}

export function Flag({ name, role, word }: { readonly name: FlagName; readonly role: VerdictRole; readonly word: string }) {
  return <svg className={`shape flag role-${role}`} role="img" aria-label={word} focusable="false"><title>{word}</title><use href={`#${symbolId(name)}`} /></svg>;
}
