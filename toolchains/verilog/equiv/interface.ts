/** Compares the ports of two designs: the same names with the same direction and width, in any order. */
import type { Netlist, NetlistPort } from '../aiger/netlist.ts';

/** Every difference in words; empty where the interfaces agree. */
export function interfaceDifferences(gold: Netlist, gate: Netlist): readonly string[] {
  const other = new Map(gate.ports.map((port) => [port.name, port]));
  const differences: string[] = [];
  for (const port of gold.ports) {
    const match = other.get(port.name);
    other.delete(port.name);
    if (!match) differences.push(`${describe(port)} is only in gold`);
    else if (match.direction !== port.direction) differences.push(`${port.name} is an ${port.direction} in gold and an ${match.direction} in gate`);
    else if (match.bits.length !== port.bits.length) differences.push(`${port.name} has ${port.bits.length} bits in gold and ${match.bits.length} in gate`);
    if (port.direction === 'inout') differences.push(`${port.name} is an inout port, which cannot be compared`);
  }
  for (const port of other.values()) differences.push(`${describe(port)} is only in gate`);
  return differences;
}

function describe(port: NetlistPort): string {
  return `${port.direction} ${port.name}${port.bits.length === 1 ? '' : ` of ${port.bits.length} bits`}`;
}
