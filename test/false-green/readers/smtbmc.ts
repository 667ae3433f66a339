/** What yosys-smtbmc prints: bounded search, induction, cover. */
import { RECORDED, recorded, type Reader, type Recording } from './reader.ts';

type Module = typeof import('../../../toolchains/verilog/native/smtbmc-output.ts');
interface Question { readonly kind: 'bmc' | 'induction' | 'cover'; readonly steps: number; readonly skip?: number }

const bmc: Question = { kind: 'bmc', steps: 6 }, induction: Question = { kind: 'induction', steps: 6 }, cover: Question = { kind: 'cover', steps: 6 };
const says = (...messages: readonly string[]): string => messages.map((message) => `##   0:00:00  ${message}\n`).join('');
const line = (message: string): RegExp => new RegExp(`^##   0:00:00  ${message}$`);
const step = (number: number): readonly string[] => [`Checking assumptions in step ${number}..`, `Checking assertions in step ${number}..`];
const steps = (to: number): readonly string[] => Array.from({ length: to }, (_, number) => step(number)).flat();
const asked = (number: number): string => `Checking cover reachability in step ${number}..`;
const name = (number: number): string => `assay_757f1b7cea9cc1c1_${number}`;
const reached = (number: number, at: number): string => `Reached cover statement at ${name(number)} in step ${at}.`;

function recording(file: string, question: Question, records: Recording<Question>['records']): Recording<Question>[] {
  const text = recorded(RECORDED, file);
  return text === undefined ? [] : [{ name: file, text, question, records, end: line('Status: PASSED') }];
}

export const smtbmc: Reader<Module, Question> = {
  name: 'yosys-smtbmc',
  source: 'toolchains/verilog/native/smtbmc-output.ts',
  load: () => import('../../../toolchains/verilog/native/smtbmc-output.ts'),
  green(module, text, question) {
    switch (question.kind) {
      case 'bmc': { const { status, broken } = module.readBmc(text, question.steps, question.skip); return status === 'PASSED' && broken === undefined ? ['bounded'] : []; }
      case 'induction': { const { successful, broken } = module.readInduction(text, question.steps); return successful && broken === undefined ? ['proved'] : []; }
      case 'cover': { const { reached: names, status, broken } = module.readCover(text, question.steps); return broken === undefined && status !== undefined ? names.map((one) => one.name) : []; }
    }
  },
  recordings: [
    ...recording('smtbmc-0.23-bmc.txt', bmc, { bounded: [...steps(6), 'Status: PASSED'].map((message) => line(message.replaceAll('.', '\\.'))) }),
    ...recording('smtbmc-0.23-induction.txt', induction, { proved: ['Trying induction in step 6..', 'Temporal induction successful.', 'Status: PASSED'].map(line) }),
    ...recording('smtbmc-0.23-cover.txt', cover, { [name(2)]: [line(asked(3)), line(reached(2, 3))], [name(3)]: [line(asked(4)), line(reached(3, 4))] }),
  ],
  lies: [
    { name: 'fewer steps than asked', question: bmc, text: says('Solver: z3', ...steps(5), 'Status: PASSED') },
    { name: 'more steps than asked', question: bmc, text: says('Solver: z3', ...steps(7), 'Status: PASSED') },
    { name: 'a step left out', question: bmc, text: says('Solver: z3', ...steps(3), ...step(4), ...step(5), 'Status: PASSED') },
    { name: 'only the last step', question: bmc, text: says('Solver: z3', ...step(5), 'Status: PASSED') },
    { name: 'assertions before assumptions', question: bmc, text: says('Solver: z3', ...steps(5), 'Checking assertions in step 5..', 'Status: PASSED') },
    { name: 'assumptions of another step', question: bmc, text: says('Solver: z3', ...steps(5), 'Checking assumptions in step 4..', 'Checking assertions in step 5..', 'Status: PASSED') },
    { name: 'assertions of another step', question: bmc, text: says('Solver: z3', ...steps(5), 'Checking assumptions in step 5..', 'Checking assertions in step 4..', 'Status: PASSED') },
    { name: 'contradictory assumptions, and passed', question: bmc, text: says('Solver: z3', ...steps(5), 'Checking assumptions in step 5..', 'Assumptions are unsatisfiable!', 'Status: PASSED') },
    { name: 'failed, and passed', question: bmc, text: says('Solver: z3', ...steps(6), 'BMC failed!', 'Assert failed in t: x', 'Status: PASSED') },
    { name: 'failed before, and passed', question: bmc, text: says('Solver: z3', ...steps(3), 'BMC failed!', 'Assert failed in t: x', 'Writing trace to VCD file: run1-0.vcd', ...step(3), ...step(4), ...step(5), 'Status: PASSED') },
    { name: 'both words', question: bmc, text: says('Solver: z3', ...steps(6), 'Status: FAILED', 'Status: PASSED') },
    { name: 'passed twice', question: bmc, text: says('Solver: z3', ...steps(6), 'Status: PASSED', 'Status: PASSED') },
    { name: 'a line of something else', question: bmc, text: `${says('Solver: z3', ...steps(6))}Traceback (most recent call last):\n${says('Status: PASSED')}` },
    { name: 'a line of something else at the end', question: bmc, text: `${says('Solver: z3', ...steps(6), 'Status: PASSED')}Segmentation fault\n` },
    { name: 'an error of the solver', question: bmc, text: says('Solver: z3', ...steps(6), 'SMT solver returned unknown', 'Status: PASSED') },
    { name: 'a solver started in between', question: bmc, text: says('Solver: z3', ...steps(3), 'Solver: z3', ...steps(6), 'Status: PASSED') },
    { name: 'a solver at the end', question: bmc, text: says(...steps(6), 'Solver: z3', 'Status: PASSED') },
    { name: 'steps skipped that were asked', question: bmc, text: says('Solver: z3', 'Skipping step 0..', ...step(1), ...step(2), ...step(3), ...step(4), ...step(5), 'Status: PASSED') },
    { name: 'steps skipped twice', question: { ...bmc, skip: 2 }, text: says('Solver: z3', 'Skipping step 0..', 'Skipping step 0..', ...step(2), ...step(3), ...step(4), ...step(5), 'Status: PASSED') },
    { name: 'a trace without a failure', question: bmc, text: says('Solver: z3', ...steps(6), 'Writing trace to VCD file: run1-0.vcd', 'Status: PASSED') },
    { name: 'a failed name without a failure', question: bmc, text: says('Solver: z3', ...steps(6), 'Assert failed in t: x', 'Status: PASSED') },
    { name: 'asked again without a failure', question: bmc, text: says('Solver: z3', ...steps(6), 'Checking remaining assertions..', 'Checking assertions in step 5..', 'Status: PASSED') },
    { name: 'the word in other letters', question: bmc, text: says('Solver: z3', ...steps(6), 'Status: PASSED (almost)') },
    { name: 'no induction', question: induction, text: says('Solver: z3', 'Status: PASSED') },
    { name: 'no success of the induction', question: induction, text: says('Solver: z3', 'Trying induction in step 6..', 'Status: PASSED') },
    { name: 'success before a step', question: induction, text: says('Solver: z3', 'Temporal induction successful.', 'Status: PASSED') },
    { name: 'success of another length', question: induction, text: says('Solver: z3', 'Trying induction in step 3..', 'Temporal induction successful.', 'Status: PASSED') },
    { name: 'a step left out of the induction', question: induction, text: says('Solver: z3', 'Trying induction in step 6..', 'Trying induction in step 4..', 'Temporal induction successful.', 'Status: PASSED') },
    { name: 'a step after success', question: induction, text: says('Solver: z3', 'Trying induction in step 6..', 'Temporal induction successful.', 'Trying induction in step 5..', 'Status: PASSED') },
    { name: 'success and failure', question: { ...induction, steps: 0 }, text: says('Solver: z3', 'Trying induction in step 0..', 'Temporal induction failed!', 'Temporal induction successful.', 'Status: PASSED') },
    { name: 'failure and success', question: { ...induction, steps: 0 }, text: says('Solver: z3', 'Trying induction in step 0..', 'Temporal induction successful.', 'Temporal induction failed!', 'Status: PASSED') },
    { name: 'success and the other status', question: induction, text: says('Solver: z3', 'Trying induction in step 6..', 'Temporal induction successful.', 'Status: FAILED') },
    { name: 'both words after induction', question: induction, text: says('Solver: z3', 'Trying induction in step 6..', 'Temporal induction successful.', 'Status: FAILED', 'Status: PASSED') },
    { name: 'a solver in between', question: induction, text: says('Solver: z3', 'Trying induction in step 6..', 'Solver: z3', 'Temporal induction successful.', 'Status: PASSED') },
    { name: 'a crash after the status', question: induction, text: `${says('Solver: z3', 'Trying induction in step 6..', 'Temporal induction successful.', 'Status: PASSED')}Aborted\n` },
    { name: 'reached in another step', question: cover, text: says('Solver: z3', asked(0), reached(2, 3), 'Status: PASSED') },
    { name: 'reached without a step', question: cover, text: says('Solver: z3', reached(2, 0), 'Status: PASSED') },
    { name: 'reached twice', question: cover, text: says('Solver: z3', asked(0), reached(2, 0), asked(0), reached(2, 0), 'Status: PASSED') },
    { name: 'a step left out of the cover', question: cover, text: says('Solver: z3', asked(0), asked(2), reached(2, 2), 'Status: PASSED') },
    { name: 'a step beyond the depth', question: { ...cover, steps: 1 }, text: says('Solver: z3', asked(0), asked(1), reached(2, 1), 'Status: PASSED') },
    { name: 'a step asked again for nothing', question: cover, text: says('Solver: z3', asked(0), asked(0), reached(2, 0), 'Status: PASSED') },
    { name: 'reached and not reached', question: { ...cover, steps: 1 }, text: says('Solver: z3', asked(0), reached(2, 0), `Unreached cover statement at ${name(2)}.`, 'Status: FAILED') },
    { name: 'not reached, and passed', question: { ...cover, steps: 1 }, text: says('Solver: z3', asked(0), reached(2, 0), `Unreached cover statement at ${name(3)}.`, 'Status: PASSED') },
    { name: 'not reached before the last step', question: cover, text: says('Solver: z3', asked(0), reached(2, 0), `Unreached cover statement at ${name(3)}.`, 'Status: FAILED') },
    { name: 'all reached, and failed', question: cover, text: says('Solver: z3', asked(0), reached(2, 0), 'Status: FAILED') },
    { name: 'both words after cover', question: cover, text: says('Solver: z3', asked(0), reached(2, 0), 'Status: PASSED', 'Status: PASSED') },
    { name: 'a trace of nothing', question: cover, text: says('Solver: z3', asked(0), 'Writing trace to VCD file: run1-0.vcd', asked(1), reached(2, 1), 'Status: PASSED') },
    { name: 'the trace of another', question: cover, text: says('Solver: z3', asked(0), reached(2, 0), 'Writing trace to VCD file: run1-7.vcd', 'Status: PASSED') },
    { name: 'a solver in between', question: cover, text: says('Solver: z3', asked(0), 'Solver: z3', reached(2, 0), 'Status: PASSED') },
    { name: 'reached after the list of the unreached', question: { ...cover, steps: 1 }, text: says('Solver: z3', asked(0), `Unreached cover statement at ${name(3)}.`, reached(2, 0), 'Status: FAILED') },
    { name: 'a line of something else in the cover', question: cover, text: `${says('Solver: z3', asked(0), reached(2, 0))}Killed\n${says('Status: PASSED')}` },
  ],
};
