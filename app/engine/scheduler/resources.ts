/** Countable resources of the queue as a vector: cores first, then what the scheduler was told of. Never goes below zero. */
import type { Needs } from './job.ts';

export interface ResourceOptions {
  readonly capacity: number;
  /** Whole units are lanes of the time line ("gpu0"); quantities such as gpuMemoryMb are not. Cores always are. */
  readonly lanes?: boolean;
}

/** Amounts in the order of {@link Resources.names}. */
export type Amounts = readonly number[];

export class Resources {
  readonly names: readonly string[];
  readonly capacity: Amounts;
  readonly #free: number[];
  /** Free lanes of each resource that has lanes, lowest last. */
  readonly #lanes: (number[] | undefined)[];

  constructor(options: Readonly<Record<string, ResourceOptions>>) {
    const { cores, ...others } = options;
    if (!cores || !(cores.capacity >= 1)) throw new RangeError('the scheduler needs at least one core');
    this.names = ['cores', ...Object.keys(others)];
    this.capacity = this.names.map((name) => options[name]!.capacity);
    this.#free = [...this.capacity];
    this.#lanes = this.names.map((name, index) =>
      name === 'cores' || options[name]!.lanes ? Array.from({ length: Math.floor(this.capacity[index]!) }, (_, lane) => lane).reverse() : undefined);
  }

  get free(): Amounts { return this.#free; }

  /** All lanes of the machine, in order. */
  get allLanes(): string[] {
    return this.names.flatMap((name, index) => this.#lanes[index] ? Array.from({ length: Math.floor(this.capacity[index]!) }, (_, lane) => laneName(name, lane)) : []);
  }

  /** More cores than there are become all of them; more of anything else can never be had, which is said. */
  amountsOf(needs: Needs): { readonly amounts: Amounts } | { readonly refused: string } {
    for (const [name, amount] of Object.entries(needs)) {
      if (name === 'memoryMb' || amount === undefined) continue;
      if (!(amount >= 0)) return { refused: `${amount} ${name} is no amount` };
      const index = this.names.indexOf(name);
      if (amount > 0 && index < 0) return { refused: `there is no ${name} on this machine` };
      if (index > 0 && amount > this.capacity[index]!) return { refused: `it needs ${amount} ${name}, and this machine has ${this.capacity[index]}` };
    }
    return { amounts: this.names.map((name, index) => Math.min(needs[name] ?? 0, this.capacity[index]!)) };
  }

  /** Index of the first resource of which there is too little, or −1. */
  lacking(amounts: Amounts): number {
    for (let index = 0; index < amounts.length; index += 1) if (amounts[index]! > this.#free[index]!) return index;
    return -1;
  }

  /** Names of the lanes taken. */
  take(amounts: Amounts): string[] {
    const taken: string[] = [];
    amounts.forEach((amount, index) => {
      this.#free[index]! -= amount;
      const lanes = this.#lanes[index];
      if (lanes) for (let count = Math.ceil(amount); count > 0 && lanes.length > 0; count -= 1) taken.push(laneName(this.names[index]!, lanes.pop()!));
    });
    return taken;
  }

  give(amounts: Amounts, taken: readonly string[]): void {
    amounts.forEach((amount, index) => {
      this.#free[index]! += amount;
      const lanes = this.#lanes[index];
      if (!lanes) return;
      const prefix = laneName(this.names[index]!, '');
      for (const lane of taken) if (lane.startsWith(prefix) && /^\d+$/.test(lane.slice(prefix.length))) lanes.push(Number(lane.slice(prefix.length)));
      lanes.sort((a, b) => b - a);
    });
  }
}

function laneName(resource: string, lane: number | string): string {
  return `${resource === 'cores' ? 'core' : resource}${lane}`;
}
