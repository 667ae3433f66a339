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
  readonly #index: ReadonlyMap<string, number>;
  /** Names of the lanes of each resource that has lanes. */
  readonly #lanes: (readonly string[] | undefined)[];
  /** Which of them are free. */
  readonly #open: (boolean[] | undefined)[];

  constructor(options: Readonly<Record<string, ResourceOptions>>) {
    const { cores, ...others } = options;
    if (!cores || !(cores.capacity >= 1)) throw new RangeError('the scheduler needs at least one core');
    this.names = ['cores', ...Object.keys(others)];
    this.capacity = this.names.map((name) => options[name]!.capacity);
    this.#free = [...this.capacity];
    this.#index = new Map(this.names.map((name, index) => [name, index]));
    this.#lanes = this.names.map((name, index) =>
      name === 'cores' || options[name]!.lanes ? Array.from({ length: Math.floor(this.capacity[index]!) }, (_, lane) => `${name === 'cores' ? 'core' : name}${lane}`) : undefined);
    this.#open = this.#lanes.map((lanes) => lanes?.map(() => true));
  }

  get free(): Amounts { return this.#free; }

  /** All lanes of the machine, in order. */
  get allLanes(): string[] { return this.#lanes.flatMap((lanes) => lanes ?? []); }

  /** More cores than there are become all of them; more of anything else can never be had, which is said. */
  amountsOf(needs: Needs): { readonly amounts: Amounts } | { readonly refused: string } {
    for (const name in needs) {
      const amount = needs[name];
      if (name === 'memoryMb' || amount === undefined) continue;
      if (!(amount >= 0)) return { refused: `${amount} ${name} is no amount` };
      const index = this.#index.get(name);
      if (index === undefined) {
        if (amount > 0) return { refused: `there is no ${name} on this machine` };
      } else if (index > 0 && amount > this.capacity[index]!) return { refused: `it needs ${amount} ${name}, and this machine has ${this.capacity[index]}` };
    }
    return { amounts: this.names.map((name, index) => Math.min(needs[name] ?? 0, this.capacity[index]!)) };
  }

  /** Index of the first resource of which there is too little, or −1. */
  lacking(amounts: Amounts): number {
    for (let index = 0; index < amounts.length; index += 1) if (amounts[index]! > this.#free[index]!) return index;
    return -1;
  }

  /** Names of the lanes taken, the lowest that are free. */
  take(amounts: Amounts): string[] {
    const taken: string[] = [];
    for (let index = 0; index < amounts.length; index += 1) {
      this.#free[index]! -= amounts[index]!;
      const open = this.#open[index];
      if (!open) continue;
      for (let lane = 0, count = Math.ceil(amounts[index]!); count > 0 && lane < open.length; lane += 1) {
        if (!open[lane]) continue;
        open[lane] = false;
        count -= 1;
        taken.push(this.#lanes[index]![lane]!);
      }
    }
    return taken;
  }

  give(amounts: Amounts, taken: readonly string[]): void {
    for (let index = 0; index < amounts.length; index += 1) {
      this.#free[index]! += amounts[index]!;
      const lanes = this.#lanes[index], open = this.#open[index];
      if (!lanes || !open) continue;
      for (const lane of taken) {
        const at = lanes.indexOf(lane);
        if (at >= 0) open[at] = true;
      }
    }
  }
}
