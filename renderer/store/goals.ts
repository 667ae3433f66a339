/** Goals of an interactive prover: those at the cursor, those that were pinned, and which two are compared. */
import type { GoalsView } from '../../app/contract.ts';
import type { WindowState } from './state.ts';

export interface GoalsAt {
  readonly id: number;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** Absent where the place is in no proof. */
  readonly goals?: GoalsView;
}

export interface GoalsState {
  /** At the cursor, or where it was when they were paused. */
  readonly shown?: GoalsAt;
  readonly paused: boolean;
  readonly pinned: readonly GoalsAt[];
  /** The pinned one that the shown is held against. */
  readonly compared?: number;
}

export const NO_GOALS: GoalsState = { paused: false, pinned: [] };
const PINNED_AT_MOST = 20;

const change = (state: WindowState, goals: Partial<GoalsState>): WindowState => ({ ...state, goals: { ...state.goals, ...goals } });

export function withGoals(state: WindowState, shown: GoalsAt): WindowState { return state.goals.paused ? state : change(state, { shown }); }
export function pauseGoals(state: WindowState): WindowState { return change(state, { paused: !state.goals.paused }); }

export function pinGoals(state: WindowState): WindowState {
  const { shown, pinned } = state.goals;
  return !shown?.goals || pinned.some(({ id }) => id === shown.id) ? state : change(state, { pinned: [...pinned, shown].slice(-PINNED_AT_MOST) });
}

export function unpinGoals(state: WindowState, id: number): WindowState {
  return change(state, { pinned: state.goals.pinned.filter((one) => one.id !== id), ...(state.goals.compared === id ? { compared: undefined } : {}) });
}

export function compareGoals(state: WindowState, id: number): WindowState { return change(state, { compared: state.goals.compared === id ? undefined : id }); }

/** As one text, for comparing and copying. */
export function goalText({ goals }: Pick<GoalsAt, 'goals'>): string {
  if (!goals) return '';
  if (goals.expected !== undefined) return goals.expected;
  return goals.goals.length === 0 ? 'No goals are left' : goals.goals.join('\n\n');
}
