/** A part of the ledger, as the window asks for it and the engine takes it. */
import type { SelectionView } from '../contract.ts';
import type { Selection } from '../engine/running/select.ts';

export function selectionOf({ pattern, tasks, ids, files }: SelectionView): Selection {
  return { ...(pattern === undefined || pattern === '' ? {} : { only: pattern }), ...(tasks?.length ? { tasks } : {}), ...(ids ? { ids: new Set(ids) } : {}), ...(files ? { files: new Set(files) } : {}) };
}
