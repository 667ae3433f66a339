/**
 * What a SAT solver said, read from the complete output of a finished run: the status line exactly once, the exit
 * code that belongs to it, and for a satisfiable formula the whole model. Anything else is `unreadable`, never an
 * answer. Pure, so that every cut and doubled line of a recorded output can be tried on it.
 */

export interface SolverOutput {
  readonly exitCode: number | null;
  readonly stdout: Buffer;
  readonly stdoutTruncated: boolean;
  /** MiniSat writes its answer into a file; absent where that was not written. */
  readonly resultFile?: Buffer;
}

export type Reading =
  | { readonly kind: 'sat'; readonly model: Int32Array }
  | { readonly kind: 'unsat' }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'unreadable'; readonly reason: string };

/** How a solver prints. `sat` and `unsat` are the exit codes that the answer must come with. */
export interface AnswerFormat {
  readonly style: 'competition' | 'minisat';
  readonly satCodes: readonly number[];
  readonly unsatCodes: readonly number[];
  readonly unknownCodes: readonly number[];
}

/** 10 and 20 are the codes of the SAT competitions; 0 is "no answer". */
export const COMPETITION: AnswerFormat = { style: 'competition', satCodes: [10], unsatCodes: [20], unknownCodes: [0] };
/** clasp adds 20 to 10 where its search space was exhausted as well. */
export const CLASP: AnswerFormat = { style: 'competition', satCodes: [10, 30], unsatCodes: [20], unknownCodes: [0, 1] };
export const MINISAT: AnswerFormat = { style: 'minisat', satCodes: [10], unsatCodes: [20], unknownCodes: [0] };

export function readAnswer(format: AnswerFormat, output: SolverOutput): Reading {
  /* check: whole output */ if (output.stdoutTruncated) return unreadable('its output was longer than what was kept');
  const reading = format.style === 'competition' ? readCompetition(output.stdout) : readMinisat(output);
  if (reading.kind === 'unreadable') return reading;
  const codes = reading.kind === 'sat' ? format.satCodes : reading.kind === 'unsat' ? format.unsatCodes : format.unknownCodes;
  /* check: exit code fits */ if (output.exitCode === null || !codes.includes(output.exitCode))
    return unreadable(`it said "${reading.kind}" and ended with exit code ${output.exitCode ?? 'none'}`);
  return reading;
}

/** Lines `c …`, one `s …`, and `v …` lines whose numbers end with 0. */
function readCompetition(stdout: Buffer): Reading {
  let status: 'sat' | 'unsat' | 'unknown' | undefined;
  const model = new ModelReader();
  for (let start = 0; start < stdout.length;) {
    const end = stdout.indexOf(10, start);
    if (end < 0) return unreadable('its output breaks off inside a line');
    const first = stdout[start];
    if (first === 0x76 /* v */ && stdout[start + 1] === 32) {
      const defect = model.add(stdout, start + 2, end);
      /* check: model is numbers */ if (defect) return unreadable(defect);
    } else if (first === 0x73 /* s */) {
      const line = stdout.toString('latin1', start, end);
      /* check: one status line */ if (status) return unreadable('it printed two status lines');
      if (line === 's SATISFIABLE') status = 'sat';
      else if (line === 's UNSATISFIABLE') status = 'unsat';
      else if (line === 's UNKNOWN' || line === 's INDETERMINATE') status = 'unknown';
      else return unreadable(`its status line is ${JSON.stringify(line.slice(0, 80))}`);
    } else if (end > start && !(first === 0x63 /* c */ && (end === start + 1 || stdout[start + 1] === 32))) {
      return unreadable(`it printed the line ${JSON.stringify(stdout.toString('latin1', start, Math.min(end, start + 80)))}`);
    }
    start = end + 1;
  }
  if (!status) return unreadable('it printed no status line');
  return conclude(status, model);
}

/** The file holds SAT and the model, UNSAT, or INDET; standard output ends with the same answer in words. */
function readMinisat(output: SolverOutput): Reading {
  const words = output.stdout.toString('latin1').split('\n').filter((line) => /^(UN)?SATISFIABLE$|^INDETERMINATE$/.test(line));
  /* check: minisat: whole lines */ if (!output.stdout.toString('latin1', Math.max(0, output.stdout.length - 1)).endsWith('\n')) return unreadable('its output breaks off inside a line');
  /* check: minisat: one status line */ if (words.length !== 1) return unreadable(`it printed ${words.length} status lines`);
  const said = words[0] === 'SATISFIABLE' ? 'sat' : words[0] === 'UNSATISFIABLE' ? 'unsat' : 'unknown';
  if (said === 'unknown') return { kind: 'unknown' };
  const file = output.resultFile;
  if (!file) return unreadable('it wrote no result file');
  const end = file.indexOf(10);
  /* check: minisat: whole result file */ if (end < 0 || file[file.length - 1] !== 10) return unreadable('its result file breaks off inside a line');
  const word = file.toString('latin1', 0, end);
  /* check: minisat: file and words agree */ if (word !== (said === 'sat' ? 'SAT' : 'UNSAT')) return unreadable(`it printed "${words[0]}" and its result file says ${JSON.stringify(word.slice(0, 80))}`);
  const model = new ModelReader();
  const defect = model.add(file, end + 1, file.length);
  if (defect) return unreadable(defect);
  return conclude(said, model);
}

function conclude(status: 'sat' | 'unsat' | 'unknown', model: ModelReader): Reading {
  switch (status) {
    case 'sat': {
      const literals = model.finish();
      return literals ? { kind: 'sat', model: literals } : unreadable('its model is incomplete: the closing 0 is missing');
    }
    case 'unsat': return model.empty ? { kind: 'unsat' } : unreadable('it printed a model and said that there is none');
    case 'unknown': return { kind: 'unknown' };
  }
}

function unreadable(reason: string): Reading {
  return { kind: 'unreadable', reason };
}

/** Gathers the literals of a model over any number of lines; the number 0 ends it. */
class ModelReader {
  #literals = new Int32Array(256);
  #length = 0;
  #closed = false;

  get empty(): boolean {
    return this.#length === 0 && !this.#closed;
  }

  /** Returns what is wrong with this stretch, if anything. */
  add(bytes: Buffer, start: number, end: number): string | undefined {
    for (let i = start; i < end;) {
      const byte = bytes[i]!;
      if (byte === 32 || byte === 10 || byte === 13 || byte === 9) { i++; continue; }
      const negative = byte === 45;
      if (negative) i++;
      let value = 0;
      const digits = i;
      while (i < end && bytes[i]! >= 48 && bytes[i]! <= 57) value = value * 10 + bytes[i++]! - 48;
      /* check: model: a number */ if (i === digits || value > 0x7fffffff || (i < end && ![32, 10, 13, 9].includes(bytes[i]!))) return 'its model holds something that is no number';
      /* check: model: nothing after 0 */ if (this.#closed) return 'its model goes on after the closing 0';
      if (value === 0) {
        /* check: model: no minus zero */ if (negative) return 'its model holds "-0"';
        this.#closed = true;
      } else this.#push(negative ? -value : value);
    }
    return undefined;
  }

  /** The literals, where the closing 0 was seen. */
  finish(): Int32Array | undefined {
    return this.#closed ? this.#literals.subarray(0, this.#length) : undefined;
  }

  #push(literal: number): void {
    if (this.#length === this.#literals.length) {
      const larger = new Int32Array(this.#length * 2);
      larger.set(this.#literals);
      this.#literals = larger;
    }
    this.#literals[this.#length++] = literal;
  }
}
