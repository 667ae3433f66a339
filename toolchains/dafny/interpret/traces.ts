/** States that a method passes through at the heads of its loops, from runs on small random inputs (after Daikon: Ernst et al. 2007). */
import type { Callable, Loop } from '../syntax/tree.ts';
import { callMethod, type Runner } from './execute.ts';
import { evaluate } from './evaluate.ts';
import { Inputs, seeded } from './inputs.ts';
import { showValue } from './show.ts';
import { snapshot, type Heap, type Machine, type Scope } from './machine.ts';
import { Failure, Undecided, type Value } from './values.ts';

export interface State {
  readonly variables: ReadonlyMap<string, Value>;
  readonly heap: Heap;
  readonly before: Heap;
  readonly receiver?: Value;
  /** Number of the execution of this loop: states of one execution follow each other. */
  readonly execution: number;
}

export interface Trace { readonly loop: Loop; readonly states: readonly State[] }
export interface Traces {
  /** Runs whose precondition held. */
  readonly runs: number;
  /** Of them, those that the interpreter could not follow, with a reason. */
  readonly lost: number;
  readonly reason?: string;
  readonly byLoop: ReadonlyMap<Loop, Trace>;
  /** Runs that ended where the program failed or a postcondition did not hold: the program may be wrong. */
  readonly violations: number;
  /** The inputs of the first of them. */
  readonly violation?: string;
}

const STEPS_A_RUN = 60_000, STATES_A_LOOP = 160, STATES_A_RUN = 24;

export function collectTraces(machine: Machine, callable: Callable, { runs, milliseconds, seed = 1 }: { runs: number; milliseconds: number; seed?: number }): Traces {
  const random = seeded(seed);
  const inputs = new Inputs(machine, random);
  const states = new Map<Loop, State[]>();
  let before: Heap = new Map();
  let receiver: Value | undefined;
  let own: Map<Loop, number> = new Map();
  const executions = new Map<Loop, number>();
  let execution = 0;
  const runner: Runner = {
    machine, random, anyValue: (type) => inputs.any(type),
    atLoop(loop, scope, first) {
      if (scope.before !== before) return; // a loop of a method that is called
      const list = states.get(loop) ?? [];
      states.set(loop, list);
      const count = own.get(loop) ?? 0;
      own.set(loop, count + 1);
      if (first) executions.set(loop, ++execution);
      if (count >= STATES_A_RUN || list.length >= STATES_A_LOOP) return;
      list.push({ variables: new Map(scope.variables), heap: snapshot([...scope.variables.values(), ...(receiver === undefined ? [] : [receiver])]), before, ...(receiver === undefined ? {} : { receiver }), execution: executions.get(loop)! });
    },
  };
  const requires = callable.clauses.filter((clause) => clause.kind === 'requires').map((clause) => clause.values[0]!);
  const ensures = callable.clauses.filter((clause) => clause.kind === 'ensures').map((clause) => clause.values[0]!);
  const end = performance.now() + milliseconds;
  let done = 0, lost = 0, violations = 0, reason: string | undefined, violation: string | undefined;
  let shown = '';
  for (let attempt = 0; attempt < runs * 60 && done < runs && performance.now() < end; attempt++) {
    machine.allow(STEPS_A_RUN);
    try {
      const drawn = inputs.draw(callable);
      receiver = drawn.receiver;
      const scope: Scope = { variables: new Map(callable.parameters.map((one, at) => [one.name, drawn.args[at]!])), ...(receiver === undefined ? {} : { receiver }) };
      if (requires.some((condition) => evaluate(machine, condition, scope) !== true)) continue;
      done++;
      if (violations === 0) shown = callable.parameters.map((one, at) => `${one.name} = ${showValue(drawn.args[at]!)}`).join(', ');
      own = new Map();
      const results = callMethod(runner, callable, drawn.args, receiver, (inside) => { before = inside.before!; });
      const after: Scope = { variables: new Map(results), before, ...(receiver === undefined ? {} : { receiver }) };
      if (own.size > 0 && ensures.some((condition) => { try { return evaluate(machine, condition, after) === false; } catch { return false; } })) { violations++; violation ??= shown; }
    } catch (error) {
      if (error instanceof Failure) { violations++; violation ??= shown; }
      else if (error instanceof Undecided || error instanceof RangeError) { lost++; reason ??= error.message; } else throw error;
      machine.depth = 0;
      if (lost > 40 && lost === done) break;
    }
  }
  return { runs: done, lost, violations, ...(violation === undefined ? {} : { violation }), ...(reason === undefined ? {} : { reason }), byLoop: new Map([...states].map(([loop, list]) => [loop, { loop, states: list }])) };
}

/** The value of an expression in a state; undefined where it cannot be told. A {@link Failure} (ill-formed there) is thrown on. */
export function valueIn(machine: Machine, state: State, expression: Parameters<typeof evaluate>[1], steps = 20_000): Value | undefined {
  machine.allow(steps);
  try {
    return evaluate(machine, expression, scopeOf(state));
  } catch (error) {
    if (error instanceof Undecided || error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Evaluation takes back what it binds, so that one scope serves them all. */
const scopes = new WeakMap<State, Scope>();
function scopeOf(state: State): Scope {
  let scope = scopes.get(state);
  if (!scope) scopes.set(state, scope = { variables: new Map(state.variables), heap: state.heap, before: state.before, ...(state.receiver === undefined ? {} : { receiver: state.receiver }) });
  return scope;
}
