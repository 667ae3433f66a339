/** Something that is asked for: the four states that every view must draw. */
import type { Problem } from '../../app/contract.ts';

export type Loadable<Value> =
  | { readonly state: 'idle' }
  /** `before` is shown meanwhile, so that nothing jumps. */
  | { readonly state: 'loading'; readonly before?: Value }
  | { readonly state: 'ready'; readonly value: Value }
  | { readonly state: 'failed'; readonly problem: Problem };

export const IDLE = { state: 'idle' } as const;

export function loading<Value>(earlier: Loadable<Value>): Loadable<Value> {
  const before = valueOf(earlier);
  return before === undefined ? { state: 'loading' } : { state: 'loading', before };
}

export function valueOf<Value>(loadable: Loadable<Value>): Value | undefined {
  return loadable.state === 'ready' ? loadable.value : loadable.state === 'loading' ? loadable.before : undefined;
}
