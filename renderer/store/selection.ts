/** What is selected, everywhere at once, and the way back to what was. */
export interface Selected {
  /** An obligation's id. */
  readonly obligation?: string;
  /** A place in a file, where no obligation is meant or beside it. */
  readonly file?: string;
  readonly line?: number;
}

export interface SelectionHistory {
  readonly past: readonly Selected[];
  readonly present: Selected;
  readonly future: readonly Selected[];
}

const KEPT = 200;

export const NOTHING_SELECTED: SelectionHistory = { past: [], present: {}, future: [] };

export function select(history: SelectionHistory, selected: Selected): SelectionHistory {
  if (same(history.present, selected)) return history;
  const past = isNothing(history.present) ? history.past : [...history.past, history.present].slice(-KEPT);
  return { past, present: selected, future: [] };
}

export function back(history: SelectionHistory): SelectionHistory {
  const previous = history.past.at(-1);
  if (!previous) return history;
  return { past: history.past.slice(0, -1), present: previous, future: [history.present, ...history.future] };
}

export function forward(history: SelectionHistory): SelectionHistory {
  const [next, ...rest] = history.future;
  if (!next) return history;
  return { past: [...history.past, history.present], present: next, future: rest };
}

const isNothing = (selected: Selected): boolean => selected.obligation === undefined && selected.file === undefined;
const same = (a: Selected, b: Selected): boolean => a.obligation === b.obligation && a.file === b.file && a.line === b.line;
