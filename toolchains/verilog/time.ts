/**
 * What a step of the model is. With one clock from outside it is a cycle of that clock. With several, or with one that
 * the design makes itself, it is any change of any of them, and the clocks are signals like others.
 */
import type { PreparedTask } from './design.ts';
import type { Clocks } from './yosys/clocks.ts';

export type Time =
  | { readonly multiclock: boolean; readonly warning?: string }
  /** The file asks for a model in which its design would be another one. */
  | { readonly refused: string };

export function timeOf(task: Pick<PreparedTask, 'multiclock' | 'script' | 'origin'>, { all, derived }: Clocks): Time {
  if (task.multiclock) return { multiclock: true };
  // A bare design says nothing about its clocks.
  if (task.script.every(line => line.line === 0)) return { multiclock: all.size > 1 || derived.size > 0 };
  if (derived.size > 0) {
    const names = [...new Set([...derived].map(clock => clock.slice(0, clock.lastIndexOf('/')).replace(/^\\/, '')))];
    return { refused: `${task.origin}: the design makes the clock ${names.slice(0, SHOWN).join(', ')} itself, and multiclock is off: every register would move in every step. Write "multiclock on" into [options], or bring the clock in as an input` };
  }
  return { multiclock: false, ...(all.size > 1 && { warning: `the design has ${all.size} clocks or edges, and the file leaves multiclock off: all of them tick together` }) };
}

const SHOWN = 4;
