/**
 * Turns "can this literal become true in a run that satisfies all constraints?" into a system with one
 * output, no constraints and all latches starting at 0, which every model checker reads the same way.
 * Only what the target and the constraints depend on is kept.
 */
import { AigBuilder } from './builder.ts';
import { coneOf } from './cone.ts';
import { type Aig, type Literal, negate, TRUE } from './model.ts';
import type { Witness } from './witness.ts';

export interface SafetyQuestion {
  /** One output: reachable exactly where the answer is yes. */
  readonly aig: Aig;
  /** The literal of the answer is constant: no engine is needed. */
  readonly trivial?: 'never' | 'at once';
  /** A witness of `aig` as a witness of the system it was made from. */
  lift(witness: Witness): Witness;
}

/** What is asked for besides the constraints; gets the builder and the copy of a literal of the source. */
export type Target = (builder: AigBuilder, copy: (literal: Literal) => Literal, lawful: Literal) => Literal;

/** @param roots literals of the source that `target` will ask copies of */
export function askSafety(source: Aig, roots: readonly Literal[], target: Target): SafetyQuestion {
  const cone = coneOf(source, [...roots, ...source.constraints]);
  const builder = new AigBuilder();
  const copies = new Int32Array(source.maximumVariable + 1).fill(-1);
  copies[0] = 0;
  for (const index of cone.inputs) copies[source.inputs[index]!] = builder.input();
  const latches = cone.latches.map((index) => source.latches[index]!);
  const free = latches.some((latch) => latch.reset === 'free');
  // True from step 1 on; in step 0 a free latch shows an input instead of its state.
  const started = free ? builder.latch(0) : TRUE;
  if (free) builder.setNext(started, TRUE);
  const initialInputs: number[] = [];
  const states: Literal[] = [];
  for (const [position, latch] of latches.entries()) {
    const state = builder.latch(0);
    states.push(state);
    if (latch.reset === 'free') {
      copies[latch.variable] = builder.choose(started, state, builder.input());
      initialInputs.push(cone.latches[position]!);
    } else copies[latch.variable] = latch.reset === 1 ? negate(state) : state;
  }
  const copy = (literal: Literal): Literal => {
    const known = copies[literal >>> 1]!;
    if (known < 0) throw new Error(`literal ${literal} is outside the cone`);
    return known ^ (literal & 1);
  };
  const { variable, left, right } = source.ands;
  for (let gate = 0; gate < variable.length; gate++)
    if (cone.inside[variable[gate]!]) copies[variable[gate]!] = builder.and(copy(left[gate]!), copy(right[gate]!));
  for (const [position, latch] of latches.entries())
    builder.setNext(states[position]!, latch.reset === 1 ? negate(copy(latch.next)) : copy(latch.next));
  const lawfulNow = builder.all(source.constraints.map(copy));
  let lawful = lawfulNow;
  if (lawfulNow !== TRUE) {
    const broken = builder.latch(0);
    lawful = builder.and(negate(broken), lawfulNow);
    builder.setNext(broken, negate(lawful));
  }
  const output = builder.and(lawful, target(builder, copy, lawful));
  // ABC's witnesses of systems without inputs cannot be told apart by their steps; bmc3 refuses a system without state.
  if (cone.inputs.length === 0 && !free) builder.input();
  if (latches.length === 0 && !free) builder.setNext(builder.latch(0), 0);
  const aig = builder.finish({ outputs: [output] });
  const inputsOf = cone.inputs;
  return {
    aig,
    ...(output === 0 ? { trivial: 'never' as const } : output === 1 ? { trivial: 'at once' as const } : {}),
    lift: (witness) => {
      const state = new Uint8Array(source.latches.length);
      for (const [index, latch] of source.latches.entries()) state[index] = latch.reset === 'free' ? 0 : latch.reset;
      // Initial inputs come behind the ordinary ones, in the order of the free latches.
      for (const [position, latch] of initialInputs.entries()) state[latch] = witness.inputs[0]![inputsOf.length + position]!;
      const inputs = witness.inputs.map((values) => {
        const lifted = new Uint8Array(source.inputs.length);
        for (const [position, input] of inputsOf.entries()) lifted[input] = values[position]!;
        return lifted;
      });
      return { state, inputs };
    },
  };
}
