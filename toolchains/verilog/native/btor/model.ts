/**
 * The BTOR2 model of yosys as a text in which one bad state stands for exactly the properties that are asked about
 * (format: Niemetz, Preiner, Wolf, Biere, "Btor2, BtorMC and Boolector 3.0", CAV 2018). Lines are numbered upwards, so
 * what is added stands at the end.
 */
export interface BtorModel {
  /** Names of the properties, in order. */
  readonly names: readonly string[];
  /** Every named value that is made of inputs and states alone. */
  readonly signals: readonly BtorSignal[];
  /** Names of the states that are arrays, by the index that witnesses use. */
  readonly arrays: ReadonlyMap<number, string>;
  /** Bad where one of these fails. */
  only(names: ReadonlySet<string>): string;
  /** Bad in the last of so many steps, whatever happens: reached where a run of that length satisfies all constraints. */
  lastOf(steps: number): string;
}

/** A bit of the input or state of that index; least significant bit 0. */
export interface BtorBit { readonly from: 'input' | 'state'; readonly index: number; readonly bit: number }

/** Bits least significant first. */
export interface BtorSignal { readonly name: string; readonly bits: readonly BtorBit[] }

export function btorModel(text: string): BtorModel {
  const bads = new Map<string, string>();
  const kept: string[] = [];
  const sources = new Sources();
  let last = 0;
  let bit: string | undefined;
  for (const line of text.split('\n')) {
    const words = line.trim().split(/\s+/);
    const [number = '', kind] = words;
    if (/^\d+$/.test(number)) last = Math.max(last, Number(number));
    if (kind === 'bad') { bads.set(words[3] ?? number, words[2]!); continue; }
    if (kind === 'sort' && words[2] === 'bitvec' && words[3] === '1') bit ??= number;
    sources.line(words);
    kept.push(line);
  }
  const extended = (more: (next: () => number, sort: string) => readonly string[]): string => {
    let number = last;
    const next = (): number => ++number;
    const own = bit ?? String(next());
    const head = bit === undefined ? [`${own} sort bitvec 1`] : [];
    return [...kept, ...head, ...more(next, own), ''].join('\n');
  };
  return {
    names: [...bads.keys()], signals: sources.signals, arrays: sources.arrays,
    only: names => extended((next, sort) => {
      const lines: string[] = [];
      let any: string | undefined;
      for (const [name, node] of bads) {
        if (!names.has(name)) continue;
        if (any === undefined) { any = node; continue; }
        const number = next();
        lines.push(`${number} or ${sort} ${any} ${node}`);
        any = String(number);
      }
      if (any === undefined) { any = String(next()); lines.push(`${any} zero ${sort}`); }
      return [...lines, `${next()} bad ${any}`];
    }),
    lastOf: steps => extended((next, sort) => {
      const [word, zero, one, end, count, start, sum, step, hit, bad] = Array.from({ length: 10 }, next);
      return [
        `${word} sort bitvec 32`, `${zero} zero ${word}`, `${one} one ${word}`, `${end} constd ${word} ${steps - 1}`, `${count} state ${word}`, `${start} init ${word} ${count} ${zero}`,
        `${sum} add ${word} ${count} ${one}`, `${step} next ${word} ${count} ${sum}`, `${hit} eq ${sort} ${count} ${end}`, `${bad} bad ${hit}`,
      ];
    }),
  };
}

/** Follows names to inputs and states, through the lines that only take apart and put together. */
class Sources {
  readonly signals: BtorSignal[] = [];
  readonly arrays = new Map<number, string>();
  private readonly widths = new Map<string, number>();
  private readonly bitsOf = new Map<string, readonly BtorBit[]>();
  private readonly count = { input: 0, state: 0 };

  line(words: readonly string[]): void {
    const [number = '', kind, sort = '', first = '', second = ''] = words;
    switch (kind) {
      case 'sort': if (sort === 'bitvec') this.widths.set(number, Number(first)); return;
      case 'input': case 'state': {
        const index = this.count[kind]++;
        const width = this.widths.get(sort);
        if (width === undefined) { this.arrays.set(index, first); return; }
        this.name(number, Array.from({ length: width }, (_, bit): BtorBit => ({ from: kind, index, bit })), first);
        return;
      }
      case 'concat': { const [high, low] = [this.bitsOf.get(first), this.bitsOf.get(second)]; if (high && low) this.name(number, [...low, ...high], words[5]); return; }
      case 'uext': { const bits = this.bitsOf.get(first); if (bits && second === '0') this.name(number, bits, words[5]); return; }
      case 'slice': { const bits = this.bitsOf.get(first); if (bits) this.name(number, bits.slice(Number(words[5]), Number(second) + 1), words[6]); return; }
    }
  }

  private name(number: string, bits: readonly BtorBit[], name: string | undefined): void {
    this.bitsOf.set(number, bits);
    if (name !== undefined && name !== '' && !name.startsWith(';')) this.signals.push({ name, bits });
  }
}
