/**
 * Reads what yosys-smtbmc prints. Its exit codes say nothing (1 for a failure, for contradictory assumptions, for a
 * missing solver and for a time limit alike), so the text decides, and it must be whole: every line of a known
 * form, steps in order without a gap, "Status:" once and last. What is not of that form is `broken`, and then
 * nothing in the text is believed but how far it came.
 */
export interface SmtbmcFailure { readonly name: string; readonly step: number; /** Number of the trace written for it. */ readonly trace: number }

export interface BmcReading {
  readonly status: 'PASSED' | 'FAILED' | 'PREUNSAT' | undefined;
  /** Steps 0 … checked−1 were searched completely, each with assumptions that can be met. */
  readonly checked: number;
  readonly failures: readonly SmtbmcFailure[];
  /** The first step that no run reaches under the assumptions. */
  readonly unsatisfiableStep?: number;
  readonly broken?: string;
}

export interface InductionReading { readonly status: 'PASSED' | 'FAILED' | undefined; readonly successful: boolean; readonly length?: number; readonly broken?: string }

export interface CoverReading {
  readonly status: 'PASSED' | 'FAILED' | undefined;
  readonly reached: readonly SmtbmcFailure[];
  readonly unreached: readonly string[];
  /** Steps 0 … checked−1 were searched completely. */
  readonly checked: number;
  readonly broken?: string;
}

const LINE = /^##\s+\d+:\d\d:\d\d\s+(.*)$/;

/** Messages in order; the text of the first line that is none. */
function messagesOf(text: string): { readonly messages: readonly string[]; readonly strange?: string } {
  const messages: string[] = [];
  const lines = text.split('\n');
  // A last line without its end was cut.
  const cut = lines.pop();
  for (const line of lines) {
    const match = LINE.exec(line.replace(/\r$/, ''));
    if (!match) return { messages, strange: `"${line.slice(0, 120)}" is no line of yosys-smtbmc` };
    messages.push(match[1]!);
  }
  return { messages, ...(cut !== '' && { strange: 'the last line is cut' }) };
}

/** Lines that may stand anywhere after a failure and decide nothing. */
const REMARK = /^(Value for anyconst .*|Writing trace to [A-Z][A-Za-z ]*: \S+|Appending additional step \d+\.|Re-solving with appended steps\.\.)$/;
const VCD = 'Writing trace to VCD file: ';
/** Traces are numbered from 0; one that is missing would give a failure another one's trace. */
const isTrace = (message: string, number: number): boolean => { const match = /(\d+)\.vcd$/.exec(message); return !match || Number(match[1]) === number; };
const SOLVER = /^Solver: \S+$/;

/** For a run with `--presat` (and `--keep-going`), `-t steps`. `skip`: the first steps are passed over. */
export function readBmc(text: string, steps: number, skip = 0): BmcReading {
  const { messages, strange } = messagesOf(text);
  const failures: SmtbmcFailure[] = [];
  let step = 0, checked = 0, trace = 0, fresh = 0;
  let phase: 'start' | 'skip' | 'presat' | 'assert' | 'failed' | 'recheck' | 'end' = 'start';
  let status: BmcReading['status'];
  let unsatisfiableStep: number | undefined;
  let sawFailure = false;
  const result = (broken?: string): BmcReading => ({ status: broken ? undefined : status, checked, failures: broken ? [] : failures, ...(unsatisfiableStep !== undefined && !broken && { unsatisfiableStep }), ...(broken && { broken }) });
  for (const message of messages) {
    const out = (): BmcReading => result(`"${message.slice(0, 120)}" does not belong here`);
    let match: RegExpExecArray | null;
    if (SOLVER.test(message)) { /* check: solver once and first */ if (phase !== 'start') return out(); phase = 'skip'; continue; }
    if ((match = /^Skipping step (\d+)\.\.$/.exec(message))) {
      /* check: skipped steps in order */ if (phase !== 'skip' || Number(match[1]) !== step || step >= skip) return out();
      step++;
      continue;
    }
    if ((match = /^Checking assumptions in step (\d+)\.\.$/.exec(message))) {
      // A new step begins: the one before is complete.
      if (phase === 'assert' || phase === 'failed') { if (phase === 'failed' && fresh === 0) return out(); checked = ++step; }
      else if (phase !== 'skip' || step !== skip) return out();
      /* check: assumptions of this step */ if (Number(match[1]) !== step || step >= steps) return out();
      phase = 'presat';
      continue;
    }
    if ((match = /^Checking assertions in step (\d+)\.\.$/.exec(message))) {
      /* check: assertions of this step after its assumptions */ if ((phase !== 'presat' && phase !== 'recheck') || Number(match[1]) !== step) return out();
      phase = 'assert';
      fresh = 0;
      continue;
    }
    if (message === 'Assumptions are unsatisfiable!') { if (phase !== 'presat') return out(); unsatisfiableStep = step; phase = 'end'; continue; }
    if (message === 'BMC failed!') { if (phase !== 'assert' || sawFailure) return out(); sawFailure = true; phase = 'failed'; continue; }
    if ((match = /^Assert failed in .*: (\S+?)( \[failed before\])?$/.exec(message))) {
      if (phase === 'assert' && sawFailure) phase = 'failed';
      /* check: failed name after a failure */ if (phase !== 'failed') return out();
      const name = match[1]!;
      if (!match[2]) {
        if (failures.some(one => one.name === name)) return out();
        failures.push({ name, step, trace });
        fresh++;
      } else if (!failures.some(one => one.name === name)) return out();
      continue;
    }
    if (message.startsWith(VCD)) { /* check: trace of a failure */ if (phase !== 'failed' || !isTrace(message, trace)) return out(); trace++; continue; }
    if (REMARK.test(message)) { if (phase !== 'failed' && !(phase === 'assert' && sawFailure)) return out(); if (phase === 'assert') phase = 'failed'; continue; }
    if (message === 'Checking remaining assertions..') { /* check: asked again after a failure */ if (phase !== 'failed' || fresh === 0) return out(); phase = 'recheck'; continue; }
    if ((match = /^Status: ([A-Za-z]+)$/.exec(message))) {
      const word = match[1]!.toUpperCase();
      if (status !== undefined) return out();
      if (word === 'PASSED') {
        /* check: passed after the last step alone */ if (phase !== 'assert' || sawFailure || step !== steps - 1) return out();
        checked = steps;
      } else if (word === 'FAILED') {
        if (!sawFailure || failures.length === 0 || (phase === 'failed' && fresh === 0) || (phase !== 'failed' && phase !== 'assert')) return out();
        if (phase === 'assert' && step === steps - 1) checked = steps;
      } else if (word === 'PREUNSAT') { if (unsatisfiableStep === undefined) return out(); } else return out();
      status = word as BmcReading['status'];
      phase = 'end';
      continue;
    }
    return out();
  }
  /* check: bounded: no foreign or cut line */ if (strange !== undefined) return result(strange);
  return result();
}

export function readInduction(text: string, steps: number): InductionReading {
  const { messages, strange } = messagesOf(text);
  let status: InductionReading['status'];
  let next = steps;
  let started = false, successful = false, failed = false;
  const broken = (why: string): InductionReading => ({ status: undefined, successful: false, broken: why });
  for (const message of messages) {
    const misplaced = `"${message.slice(0, 120)}" does not belong here`;
    /* check: induction: nothing after the status */ if (status !== undefined) return broken(misplaced);
    let match: RegExpExecArray | null;
    if (SOLVER.test(message)) { /* check: induction: solver once */ if (started) return broken(misplaced); started = true; }
    else if ((match = /^Trying induction in step (\d+)\.\.$/.exec(message))) {
      /* check: induction: steps in order */ if (!started || successful || failed || Number(match[1]) !== next) return broken(misplaced);
      next--;
    } else if (message === 'Temporal induction successful.') { /* check: induction: success after a step */ if (successful || failed || next === steps) return broken(misplaced); successful = true; }
    else if (message === 'Temporal induction failed!') { /* check: induction: failure after all steps */ if (successful || failed || next !== -1) return broken(misplaced); failed = true; }
    else if ((match = /^Status: ([A-Za-z]+)$/.exec(message))) {
      const word = match[1]!.toUpperCase();
      if (word === 'PASSED' ? !successful : word === 'FAILED' ? !failed : true) return broken(misplaced);
      status = word as 'PASSED' | 'FAILED';
    } else if (!failed || !(REMARK.test(message) || /^Assert failed in .*$/.test(message))) return broken(misplaced);
  }
  /* check: induction: no foreign or cut line */ if (strange !== undefined) return broken(strange);
  return { status, successful: successful && status === 'PASSED', ...(successful && { length: steps - next - 1 }) };
}

/** For `-c -t steps`. Names of covers stand between "at " and " in step". */
export function readCover(text: string, steps: number): CoverReading {
  const { messages, strange } = messagesOf(text);
  const reached: SmtbmcFailure[] = [];
  const unreached: string[] = [];
  let status: CoverReading['status'];
  let step = -1, trace = 0, started = false, fresh = false, listing = false;
  let broken: string | undefined;
  const checked = (): number => (status !== undefined || listing ? step + 1 : Math.max(0, step));
  for (const message of messages) {
    const misplaced = `"${message.slice(0, 120)}" does not belong here`;
    /* check: cover: nothing after the status */ if (status !== undefined) { broken = misplaced; break; }
    let match: RegExpExecArray | null;
    if (SOLVER.test(message)) { /* check: cover: solver once */ if (started) { broken = misplaced; break; } started = true; }
    else if ((match = /^Checking cover reachability in step (\d+)\.\.$/.exec(message))) {
      const at = Number(match[1]);
      // The same step is asked again where something new was reached in it.
      /* check: cover: steps in order */ if (!started || listing || at >= steps || !(at === step + 1 || (at === step && fresh))) { broken = misplaced; break; }
      step = at;
      fresh = false;
    } else if ((match = /^Reached cover statement at (\S+) in step (\d+)\.$/.exec(message))) {
      const name = match[1]!;
      /* check: cover: reached in this step, once */ if (listing || Number(match[2]) !== step || reached.some(one => one.name === name)) { broken = misplaced; break; }
      reached.push({ name, step, trace });
      fresh = true;
    } else if (message.startsWith(VCD)) { /* check: cover: trace of what was reached */ if (!fresh || !isTrace(message, trace)) { broken = misplaced; break; } trace++; }
    else if ((match = /^Unreached cover statement at (\S+)\.$/.exec(message))) {
      const name = match[1]!;
      /* check: cover: unreached after all steps, once */ if (step !== steps - 1 || unreached.includes(name) || reached.some(one => one.name === name)) { broken = misplaced; break; }
      listing = true;
      unreached.push(name);
    } else if ((match = /^Status: ([A-Za-z]+)$/.exec(message))) {
      const word = match[1]!.toUpperCase();
      /* check: cover: status fits the list */ if (word === 'PASSED' ? unreached.length > 0 || reached.length === 0 : word === 'FAILED' ? unreached.length === 0 : true) { broken = misplaced; break; }
      status = word as 'PASSED' | 'FAILED';
    } else if (!REMARK.test(message)) { broken = misplaced; break; }
  }
  broken ??= strange;
  if (broken !== undefined) return { status: undefined, reached: [], unreached: [], checked: Math.max(0, step), broken };
  return { status, reached, unreached, checked: checked() };
}
