/** Puts gates into an order in which operands stand before their uses; `undefined` where there is none (a cycle). */
import type { AndGates } from './model.ts';

export function sortGates(gates: AndGates, maximumVariable: number): AndGates | undefined {
  const count = gates.variable.length;
  const gateOf = new Int32Array(maximumVariable + 1).fill(-1);
  for (let gate = 0; gate < count; gate++) gateOf[gates.variable[gate]!] = gate;
  // 0 unseen, 1 on the path, 2 placed
  const state = new Uint8Array(count);
  const order = new Uint32Array(count);
  let placed = 0;
  const stack: number[] = [];
  for (let root = 0; root < count; root++) {
    if (state[root] !== 0) continue;
    stack.push(root);
    while (stack.length > 0) {
      const gate = stack[stack.length - 1]!;
      if (state[gate] === 2) { stack.pop(); continue; }
      state[gate] = 1;
      let waiting = false;
      for (const literal of [gates.left[gate]!, gates.right[gate]!]) {
        const operand = gateOf[literal >>> 1]!;
        if (operand < 0 || state[operand] === 2) continue;
        if (state[operand] === 1) return undefined;
        stack.push(operand);
        waiting = true;
      }
      if (waiting) continue;
      state[gate] = 2;
      order[placed++] = gate;
      stack.pop();
    }
  }
  return { variable: pick(gates.variable, order), left: pick(gates.left, order), right: pick(gates.right, order) };
}

function pick(values: Uint32Array, order: Uint32Array): Uint32Array {
  const picked = new Uint32Array(order.length);
  for (let index = 0; index < order.length; index++) picked[index] = values[order[index]!]!;
  return picked;
}
