/**
 * Reads what btormc and pono print about a model with one bad state. The text decides, and it must be whole: every
 * bound in order with its own answer, nothing between them that is not theirs, and the end. What is not of that
 * form is unreadable, and then nothing in it is believed.
 */
export type BtorAnswer =
  /** No hit in the first `frames` steps. */
  | { readonly kind: 'clear'; readonly frames: number }
  /** `witness`: its lines, from the first frame to the closing dot. */
  | { readonly kind: 'hit'; readonly step: number; readonly witness: readonly string[] }
  | { readonly kind: 'unreadable'; readonly why: string; readonly frames: number };

const NOTE = /^\[[a-z]+(?:>[a-z]+)?\] /;
const FRAME = /^(?:[#@]\d+|\d+ (?:\[[01]+\] )?[01xX]+(?: \S+)?)$/;

interface Lines { readonly lines: readonly string[]; readonly cut: boolean }

function linesOf(text: string): Lines {
  const lines = text.split('\n');
  const tail = lines.pop();
  return { lines: lines.map(line => line.replace(/\r$/, '')), cut: tail !== '' };
}

/** Frames of inputs, from 0 to that step and in order. */
function hasFrames(witness: readonly string[], step: number): boolean {
  const frames = witness.filter(line => line.startsWith('@'));
  return frames.length === step + 1 && frames.every((line, index) => line === `@${index}`);
}

/** For `btormc -v 1 -kmax steps−1`. */
export function readBtormc(text: string, steps: number): BtorAnswer {
  const { lines, cut } = linesOf(text);
  let bound = 0, called = false, ended = false;
  let hit: { readonly step: number; readonly witness: string[]; done: boolean } | undefined;
  const unreadable = (why: string): BtorAnswer => ({ kind: 'unreadable', why, frames: bound });
  for (const line of lines) {
    const misplaced = `"${line.slice(0, 120)}" does not belong here`;
    /* check: btormc: nothing after the end */ if (ended) return unreadable(misplaced);
    let match: RegExpExecArray | null;
    if (hit && !hit.done) {
      if (hit.witness.length === 0 ? line === 'sat' : hit.witness.length === 1 ? line === 'b0' : line === '.' || FRAME.test(line)) { hit.witness.push(line); hit.done = line === '.'; continue; }
      return unreadable(misplaced);
    }
    if ((match = /^\[btor>mc\] calling BMC on (\d+) properties from bound (\d+) up-to maximum bound k = (\d+)$/.exec(line))) {
      /* check: btormc: this question */ if (called || match[1] !== '1' || match[2] !== '0' || Number(match[3]) !== steps - 1) return unreadable(misplaced);
      called = true;
    } else if ((match = /^\[btor>mc\] bad state property (\d+) at bound k = (\d+) UNSATISFIABLE$/.exec(line))) {
      /* check: btormc: bounds in order */ if (!called || hit || match[1] !== '0' || Number(match[2]) !== bound || bound >= steps) return unreadable(misplaced);
      bound++;
    } else if ((match = /^\[btor>mc\] bad state property (\d+) reachable at bound k = (\d+) SATISFIABLE$/.exec(line))) {
      /* check: btormc: one hit, at this bound */ if (!called || hit || match[1] !== '0' || Number(match[2]) !== bound || bound >= steps) return unreadable(misplaced);
      hit = { step: bound, witness: [], done: false };
    } else if (/^\[btor>mc\] deleting model checker: \d+ inputs, \d+ states, 1 bad, \d+ constraints$/.test(line)) ended = true;
    else if (!NOTE.test(line)) return unreadable(misplaced);
  }
  /* check: btormc: end */ if (cut || !ended) return unreadable('the output ends too early');
  /* check: btormc: every frame of the witness */ if (hit && !hasFrames(hit.witness, hit.step)) return unreadable('the witness has not every frame');
  if (hit) return { kind: 'hit', step: hit.step, witness: hit.witness.slice(2) };
  /* check: btormc: every bound */ if (bound !== steps) return unreadable(`it searched ${bound} steps of ${steps}`);
  return { kind: 'clear', frames: steps };
}

/** For `pono --witness -v 1 -e bmc -k steps−1`. */
export function readPono(text: string, steps: number): BtorAnswer {
  const { lines, cut } = linesOf(text);
  let bound = 0, asked = -1;
  let satisfiable = false;
  let answer: 'sat' | 'unknown' | undefined;
  let named = false, closed = false;
  const witness: string[] = [];
  const unreadable = (why: string): BtorAnswer => ({ kind: 'unreadable', why, frames: bound });
  for (const line of lines) {
    const misplaced = `"${line.slice(0, 120)}" does not belong here`;
    let match: RegExpExecArray | null;
    if (answer !== undefined) {
      /* check: pono: the property that was asked */ if (!named && line !== 'b0') return unreadable(misplaced);
      if (!named) { named = true; continue; }
      /* check: pono: nothing after the end */ if (answer === 'unknown' || closed) return unreadable(misplaced);
      if (line === '.') { closed = true; witness.push(line); } else if (FRAME.test(line)) witness.push(line); else return unreadable(misplaced);
    } else if ((match = /^BMC checking at bound: (\d+)$/.exec(line))) {
      /* check: pono: bounds in order */ if (satisfiable || Number(match[1]) !== bound || asked !== bound - 1 || bound >= steps) return unreadable(misplaced);
      asked = bound;
    } else if ((match = /^ {2}BMC check at bound (\d+) (un)?satisfiable$/.exec(line))) {
      /* check: pono: an answer to this bound */ if (satisfiable || Number(match[1]) !== bound || asked !== bound) return unreadable(misplaced);
      if (match[2] === undefined) satisfiable = true; else bound++;
    } else if (line === 'sat' || line === 'unknown') {
      /* check: pono: the answer fits the bounds */ if (satisfiable !== (line === 'sat')) return unreadable(misplaced);
      answer = line;
    } else if (!/^(?: *BMC bound_(?:start|step)_: \d+ ?|)$/.test(line)) return unreadable(misplaced);
  }
  /* check: pono: end */ if (cut || !named || (answer === 'sat' && !closed)) return unreadable('the output ends too early');
  /* check: pono: every frame of the witness */ if (answer === 'sat' && !hasFrames(witness, bound)) return unreadable('the witness has not every frame');
  if (answer === 'sat') return { kind: 'hit', step: bound, witness };
  /* check: pono: every bound */ if (bound !== steps) return unreadable(`it searched ${bound} steps of ${steps}`);
  return { kind: 'clear', frames: steps };
}
