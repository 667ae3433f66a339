/**
 * Which signals clock a flat design, read from its RTLIL: registers, memory ports, and checks of newer versions that
 * keep their trigger. Where there is one clock and it comes straight from outside, its steps are the steps of time;
 * a clock that the design makes itself (gated, divided, inverted) ticks when its logic says so, and a model in which
 * every register moves in every step would be another design.
 */
export interface Clocks {
  /** Distinct clock signals with their edges: "\clk/1". */
  readonly all: ReadonlySet<string>;
  /** Those of them that are no input of the top module. */
  readonly derived: ReadonlySet<string>;
}

/** Parameters and ports of cells that are clocked by one signal, and of those that have a vector of clocks. */
const POLARITY = /^\s*parameter (?:signed )?\\(CLK_POLARITY|RD_CLK_POLARITY|WR_CLK_POLARITY|TRG_POLARITY) (?:\d+'([01x]+)|(\d+))$/;
const ENABLE = /^\s*parameter (?:signed )?\\(CLK_ENABLE|RD_CLK_ENABLE|WR_CLK_ENABLE|TRG_ENABLE) (?:\d+'([01x]+)|(\d+))$/;
const PORT = /^\s*connect \\(CLK|RD_CLK|WR_CLK|TRG) (.+)$/;
const FINE_REGISTER = /^\s*cell \$_(?:S?DFFC?E?|ALDFFE?|DFFSRE?)_([PN])/;

export class ClockReader {
  private readonly clocks = new Set<string>();
  private readonly inputs = new Set<string>();
  private readonly polarity = new Map<string, string>();
  private readonly enable = new Map<string, string>();
  private readonly ports = new Map<string, string>();
  private cell = '';
  private fine: string | undefined;

  /** @param word the first word of the line */
  line(word: string, line: string): void {
    switch (word) {
      case 'cell': this.cell = /^\s*cell (\S+)/.exec(line)?.[1] ?? ''; this.polarity.clear(); this.enable.clear(); this.ports.clear(); this.fine = FINE_REGISTER.exec(line)?.[1]; break;
      case 'parameter': {
        const polarity = POLARITY.exec(line);
        if (polarity) this.polarity.set(stem(polarity[1]!), bitsOf(polarity));
        const enable = ENABLE.exec(line);
        if (enable) this.enable.set(stem(enable[1]!), bitsOf(enable));
        break;
      }
      case 'connect': {
        const port = PORT.exec(line) ?? (this.fine === undefined ? null : /^\s*connect \\(C) (.+)$/.exec(line));
        if (port) this.ports.set(port[1]!, port[2]!);
        break;
      }
      case 'wire': { const name = /^\s*wire (?:.* )?(?:input|inout) \d+ (?:.* )?(\S+)$/.exec(line)?.[1]; if (name !== undefined) this.inputs.add(name); break; }
      case 'end': this.endOfCell(); break;
    }
  }

  found(): Clocks {
    return { all: this.clocks, derived: new Set([...this.clocks].filter(clock => !this.inputs.has(clock.slice(0, clock.lastIndexOf('/')).replace(/ \[\d+\]$/, '')))) };
  }

  private endOfCell(): void {
    for (const [port, signal] of this.ports) {
      // What prints is no part of the design; a check with several triggers has its registers, which tell the clock.
      if (port === 'TRG' && (this.cell !== '$check' || signalBits(signal).length > 1)) continue;
      const polarity = port === 'C' ? (this.fine === 'N' ? '0' : '1') : this.polarity.get(port) ?? '1';
      const enable = this.enable.get(port);
      const bits = signalBits(signal, enable?.length ?? 1);
      for (const [index, bit] of bits.entries()) {
        // Constants never tick; a port without a clock is not clocked by what stands there. Bits are least significant first.
        if (/^\d+'/.test(bit) || (enable !== undefined && digit(enable, index) === '0')) continue;
        this.clocks.add(`${bit}/${digit(polarity, index)}`);
      }
    }
    this.ports.clear();
  }
}

function stem(parameter: string): string {
  return parameter.replace(/_(POLARITY|ENABLE)$/, '');
}

/** Binary digits, most significant first. */
function bitsOf(match: RegExpExecArray): string {
  return match[2] ?? Number(match[3]).toString(2);
}

/** A vector shorter than the port speaks of all of it by its last digit. */
function digit(digits: string, index: number): string {
  return digits[digits.length - 1 - index] ?? digits[0] ?? '1';
}

/** The bits of a port, least significant first: `{ \b \a [3] }` → "\a [3]", "\b". A wire alone stands for `width` bits of it. */
function signalBits(signal: string, width = 1): readonly string[] {
  const inner = /^\{ (.*) \}$/.exec(signal.trim())?.[1];
  const parts = [...(inner ?? signal.trim()).matchAll(/(\S+)(?: \[(\d+)(?::(\d+))?\])?(?= |$)/g)].map(([, name, high, low]) => ({ name: name!, high, low })).reverse();
  return parts.flatMap(({ name, high, low }) => {
    if (high !== undefined) return from(Number(low ?? high), Number(high)).map(index => `${name} [${index}]`);
    return parts.length === 1 && width > 1 && !/^\d+'/.test(name) ? from(0, width - 1).map(index => `${name} [${index}]`) : [name];
  });
}

function from(low: number, high: number): readonly number[] {
  return Array.from({ length: high - low + 1 }, (_, index) => low + index);
}
