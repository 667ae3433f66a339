/**
 * A second opinion on an equivalence: k-induction by the SAT solver inside yosys, on a miter that yosys builds from the
 * flat designs. It shares nothing with the first engine but the front end: neither the gates, nor our miter, nor abc.
 */
import type { Attempt } from '../../contract.ts';
import type { Verdict } from '../../verdict.ts';
import type { EquivalenceEngine } from './runner.ts';

/** What {@link secondScript} writes; the text of the `sat` command alone. */
export const ANSWER = 'answer.txt';
const SIDES = ['gold', 'gate'] as const;
/** Length of the induction at most: more than any pipeline that was met; the time limit ends most searches before. */
const LONGEST = 50;

export type SecondAnswer =
  /** The outputs agree in every step of every run, shown by induction of this length. */
  | { readonly kind: 'equal'; readonly length: number }
  /** They differ in the last of so many steps. */
  | { readonly kind: 'different'; readonly steps: number }
  | { readonly kind: 'open'; readonly why: string };

export interface Second { readonly name: string; readonly answer: SecondAnswer; readonly attempt: Attempt }

/** @param flat RTLIL of each side, one module, everything undefined made free */
export async function secondOpinion(engine: EquivalenceEngine, flat: Readonly<Record<'gold' | 'gate', string>>, multiclock: boolean, seconds: number): Promise<Second> {
  const files = new Map(SIDES.map((side) => [`${side}.il`, Buffer.from(flat[side])]));
  const outcome = await engine.run('second engine', files, secondScript(multiclock, seconds), ANSWER);
  const answer: SecondAnswer = outcome.kind === 'written' ? readInductionAnswer(outcome.text)
    : { kind: 'open', why: outcome.kind === 'error' ? outcome.error.message : reasonOf(outcome.verdict) };
  return { name: `${engine.yosys}, sat -tempinduct`, answer, attempt: { ...outcome.attempt, said: saidBy(answer) } };
}

export function secondScript(multiclock: boolean, seconds: number): string {
  const side = (name: string): readonly string[] => [
    `read_rtlil ${name}.il`, 'hierarchy -auto-top', `rename -top ${name}`, 'memory_nordff', multiclock ? 'clk2fflogic' : 'async2sync', 'memory_map -formal', 'opt_clean', `design -stash ${name}`,
  ];
  return [
    ...SIDES.flatMap(side), ...SIDES.map((name) => `design -copy-from ${name} -as ${name} ${name}`), 'miter -equiv -flatten gold gate assay_miter', 'hierarchy -top assay_miter', 'opt_clean',
    `tee -q -o ${ANSWER} sat -tempinduct -prove trigger 0 -maxsteps ${LONGEST} -timeout ${Math.max(1, Math.floor(seconds))} assay_miter`, '',
  ].join('\n');
}

/** What `sat -tempinduct` says: for each length a base case, then a step; the last one decides. Any trouble leaves it open. */
export function readInductionAnswer(text: string): SecondAnswer {
  const open = (why: string): SecondAnswer => ({ kind: 'open', why });
  let length = 0;
  let part: 'start' | 'length' | 'base' | 'base held' | 'step' | 'end' = 'start';
  let answer: SecondAnswer | undefined;
  for (const line of text.split(/\r?\n/)) {
    const found = EVENTS.map(([event, pattern]) => ({ event, match: pattern.exec(line) })).find(({ match }) => match !== null);
    if (!found) continue;
    const out = open(`"${line}" does not belong here`);
    /* check: second: nothing after the answer */ if (part === 'end') return out;
    const number = found.match![1] === undefined ? length : Number(found.match![1]);
    switch (found.event) {
      case 'length':
        /* check: second: lengths in order */ if ((part !== 'start' && part !== 'step') || number !== length + 1) return out;
        length++;
        part = 'length';
        break;
      case 'base':
        /* check: second: base of this length */ if (part !== 'length' || number !== length) return out;
        part = 'base';
        break;
      case 'base held':
        /* check: second: base that was solved */ if (part !== 'base' || number !== length) return out;
        part = 'base held';
        break;
      case 'step':
        /* check: second: step after its base */ if (part !== 'base held' || number !== length) return out;
        part = 'step';
        break;
      case 'step failed': break;
      case 'proved':
        /* check: second: success of a step */ if (part !== 'step') return out;
        answer = { kind: 'equal', length };
        part = 'end';
        break;
      case 'differs':
        if (part !== 'base') return out;
        answer = { kind: 'different', steps: length };
        part = 'end';
        break;
      case 'trouble': return open(line.trim());
    }
  }
  // Its "Q.E.D." in large letters is the last thing it writes.
  /* check: second: whole text */ if (answer?.kind === 'equal' && !/\n +\\__\/ *\r?\n*$/.test(text)) return open('its text is cut');
  return answer ?? open('it gave no answer');
}

const EVENTS = [
  ['length', /^\*\* Trying induction with length (\d+) \*\*$/], ['base', /^\[base case (\d+)\] Solving problem with /], ['base held', /^Base case for induction length (\d+) proven\.$/],
  ['step', /^\[induction step (\d+)\] Solving problem with /], ['step failed', /^Induction step failed\. /], ['proved', /^Induction step proven: SUCCESS!$/],
  ['differs', /^SAT temporal induction proof finished - model found for base case: FAIL!$/], ['trouble', /TIMEOUT|proof failed|^ERROR|^Warning: |Interrupted/],
] as const;

function saidBy(answer: SecondAnswer): Verdict {
  switch (answer.kind) {
    case 'equal': return { kind: 'proved' };
    case 'different': return { kind: 'refuted', depth: answer.steps };
    case 'open': return { kind: 'unknown', reason: answer.why };
  }
}

function reasonOf(verdict: Verdict): string {
  return 'reason' in verdict && verdict.reason !== undefined ? `${verdict.kind}: ${verdict.reason}` : verdict.kind;
}
