/**
 * Reads what ABC prints to `bmc3 -v` and `pdr -v` on a system of one output (from yosys, whose lines carry
 * "ABC: ", or from yosys-abc itself). An answer counts only inside a complete transcript: the commands in
 * order, the sizes of exactly the system that was asked about, and what the command itself prints at its end.
 */

export interface SystemSize { readonly inputs: number; readonly latches: number }

export type AbcAnswer =
  /** Reached; `frame` counts from 0. */
  | { readonly kind: 'reached'; readonly frame: number }
  /** Not reached in the first `frames` steps. */
  | { readonly kind: 'free-up-to'; readonly frames: number }
  | { readonly kind: 'never' }
  /** Gave up; `frames` steps were searched completely. */
  | { readonly kind: 'undecided'; readonly frames: number }
  | { readonly kind: 'unreadable'; readonly why: string };

const unreadable = (why: string): AbcAnswer => ({ kind: 'unreadable', why });

/** @param frames what bmc3 was asked for */
export function readBmcOutput(output: string, size: SystemSize, frames: number): AbcAnswer {
  const section = sectionOf(output, `bmc3 -F ${frames} `);
  if (typeof section === 'string') return unreadable(section);
  const { lines } = section;
  const running = single(lines, /^Running "bmc3"\. PI\/PO\/Reg = (\d+)\/(\d+)\/(\d+)\./);
  const parameters = single(lines, /^Params: FramesMax = (\d+)\. Start = (\d+)\. ConfLimit = (\d+)\./);
  if (!running || !parameters) return unreadable('bmc3 did not say once what it ran on');
  /* check: bmc3: this system */ if (Number(running[1]) !== size.inputs || Number(running[2]) !== 1 || Number(running[3]) !== size.latches) return unreadable('bmc3 ran on another system');
  /* check: bmc3: parameters */ if (Number(parameters[1]) !== frames || parameters[2] !== '0') return unreadable('bmc3 ran with other parameters');
  // Frames that were finished are listed one by one, from 0 and without a gap.
  const listed = lines.flatMap((line) => /^ *(\d+) [+-] : /.exec(line)?.[1] ?? []).map(Number);
  /* check: bmc3: frames without a gap */ if (listed.some((frame, index) => frame !== index)) return unreadable('bmc3 listed its frames with a gap');
  const asserted = lines.flatMap((line) => /^Output (\d+) of miter ".*" was asserted in frame (\d+)\./.exec(line)?.[2] ?? []);
  const clear = lines.flatMap((line) => /^No output asserted in (\d+) frames\./.exec(line)?.[1] ?? []);
  const explored = lines.flatMap((line) => /^Explored all reachable states after completing (\d+) frames\./.exec(line)?.[1] ?? []);
  if (asserted.length + clear.length + explored.length !== 1) return unreadable('bmc3 did not end with one answer');
  if (explored.length === 1) return readExplored(section, size, frames, listed.length, Number(explored[0]));
  if (asserted.length === 1) {
    const frame = Number(asserted[0]);
    /* check: bmc3: status of an answer */ if (section.status !== 0 || frame >= frames) return unreadable('the answer and the status of bmc3 differ');
    return { kind: 'reached', frame };
  }
  const searched = Number(clear[0]);
  /* check: bmc3: status of no answer */ if (section.status !== -1 || searched > frames) return unreadable('the answer and the status of bmc3 differ');
  /* check: bmc3: frames of the status */ if (searched > 0 && section.frames !== searched - 1) return unreadable('the frames of bmc3 and of its status differ');
  const finished = Math.min(searched, listed.length);
  return finished === frames ? { kind: 'free-up-to', frames } : { kind: 'undecided', frames: finished };
}

/**
 * bmc3 stops early in a system of few latches: L latches have at most 2^L states, and each that can be reached is
 * reached in fewer steps than that, so that 2^L steps without a hit say that there is none at all.
 */
function readExplored(section: Section, size: SystemSize, frames: number, listed: number, completed: number): AbcAnswer {
  const stopped = single(section.lines, /^Stopping BMC because all 2\^(\d+) reachable states are visited\./);
  /* check: bmc3: why it stopped early */ if (!stopped || Number(stopped[1]) !== size.latches || section.status !== 1) return unreadable('bmc3 stopped early for no known reason');
  /* check: bmc3: all states before an early stop */ if (completed !== 2 ** size.latches || listed !== completed || completed > frames) return unreadable('bmc3 stopped before all states can have been visited');
  return { kind: 'free-up-to', frames };
}

export function readPdrOutput(output: string): AbcAnswer {
  const section = sectionOf(output, 'pdr ');
  if (typeof section === 'string') return unreadable(section);
  const { lines } = section;
  const count = (pattern: RegExp): number => lines.filter((line) => pattern.test(line)).length;
  const asserted = lines.flatMap((line) => /^Output (\d+) of miter ".*" was asserted in frame (\d+)\./.exec(line)?.[2] ?? []);
  const proved = count(/^Property proved\.  Time =/);
  const undecided = count(/^Property UNDECIDED\.  Time =/);
  /* check: pdr: one answer */ if (asserted.length + proved + undecided !== 1) return unreadable('pdr did not end with one answer');
  /* check: pdr: whole report */ if (count(/^VarMax = /) !== 1 || count(/^TOTAL {2,}=/) !== 1) return unreadable('the report of pdr is not complete');
  if (asserted.length === 1) return section.status === 0 ? { kind: 'reached', frame: Number(asserted[0]) } : unreadable('the answer and the status of pdr differ');
  if (undecided === 1) return section.status === -1 ? { kind: 'undecided', frames: Math.max(0, section.frames) } : unreadable('the answer and the status of pdr differ');
  /* check: pdr: status */ if (section.status !== 1) return unreadable('the answer and the status of pdr differ');
  // A proof comes with the inductive invariant that pdr found and checked again itself.
  const invariant = single(lines, /^Invariant F\[\d+\] : (\d+) clauses with /);
  const verified = single(lines, /^Verification of invariant with (\d+) clauses was successful\./);
  /* check: pdr: checked invariant */ if (!invariant || !verified || invariant[1] !== verified[1]) return unreadable('pdr claims a proof without a checked invariant');
  /* check: pdr: invariant did not fail */ if (lines.some((line) => /Verification of .* failed/i.test(line))) return unreadable('the invariant of pdr did not hold');
  return { kind: 'never' };
}

interface Section { readonly lines: readonly string[]; readonly status: number; readonly frames: number }

/** The lines of one command; a text says why the transcript does not count. */
function sectionOf(output: string, command: string): Section | string {
  const all = output.split(/\r?\n/).map((line) => line.replace(/^ABC: /, ''));
  const at = (text: string): number[] => all.flatMap((line, index) => (line.startsWith(`+ ${text}`) ? [index] : []));
  const read = at('read_aiger ');
  const check = at(command);
  const status = at('print_status');
  const write = at('write_cex ');
  /* check: abc: each command once */ if (read.length !== 1 || check.length !== 1 || status.length !== 1 || write.length !== 1) return 'the transcript does not hold each command once';
  /* check: abc: commands in order */ if (!(read[0]! < check[0]! && check[0]! < status[0]! && status[0]! < write[0]!)) return 'the transcript holds the commands out of order';
  /* check: abc: system read cleanly */ if (all.slice(read[0]!, check[0]!).some((line) => /error|cannot|failed|warning/i.test(line))) return 'the system was not read cleanly';
  /* check: abc: end */ if (!all.slice(write[0]!).some((line) => line.startsWith('End of script. Logfile hash:') || line === '+ quit ')) return 'the output ends too early';
  const report = all.slice(status[0]! + 1, write[0]!).flatMap((line) => {
    const match = /^Status = (-?\d+) +Frames = (-?\d+) /.exec(line);
    return match ? [match] : [];
  });
  /* check: abc: one status */ if (report.length !== 1) return 'print_status did not report once';
  return { lines: all.slice(check[0]! + 1, status[0]!), status: Number(report[0]![1]), frames: Number(report[0]![2]) };
}

function single(lines: readonly string[], pattern: RegExp): RegExpExecArray | undefined {
  const matches = lines.flatMap((line) => {
    const match = pattern.exec(line);
    return match ? [match] : [];
  });
  return matches.length === 1 ? matches[0] : undefined;
}
