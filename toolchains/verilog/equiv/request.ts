/** What an equivalence check is about; kept in `Project.options` and `Unit.options`, so plain JSON. */
import type { JsonObject } from '../../contract.ts';

/**
 * What is assumed of registers without an initial value:
 * `free`: each starts with anything, in either design by itself (nothing is assumed);
 * `matched`: registers of the same name in both start with the same value (an assumption in the ledger).
 */
export type InitialState = 'free' | 'matched';

export interface EquivalenceSide {
  /** Repository paths, in the order in which they are read. */
  readonly files: readonly string[];
  /** Module to compare; found by yosys where absent. */
  readonly top?: string;
}

export interface EquivalenceRequest {
  readonly gold: EquivalenceSide;
  readonly gate: EquivalenceSide;
  readonly initial: InitialState;
  /** Steps of the bounded search where no proof is found. */
  readonly depth: number;
}

export const DEFAULT_DEPTH = 20;

export function toJson(request: EquivalenceRequest): JsonObject {
  const side = ({ files, top }: EquivalenceSide): JsonObject => ({ files: [...files], ...(top !== undefined && { top }) });
  return { gold: side(request.gold), gate: side(request.gate), initial: request.initial, depth: request.depth };
}

/** The inverse of {@link toJson}; only for what it made. */
export function fromJson(options: JsonObject): EquivalenceRequest {
  return options as unknown as EquivalenceRequest;
}
