/**
 * A proof of one goal from a language model: whole proofs by several settings, each checked cheaply, then by the verifier;
 * what fails goes back with the verifier's words (repair), and the invariants of all that failed are united through Houdini.
 * While drafts are checked the next ones are written. Ends with the first that is accepted, when answers no longer differ,
 * or when time or budget are used.
 */
import type { Diagnostic } from '../../../contract.ts';
import type { DraftAnswer, Goal, ModelAccess, OfferAnswer, Premise, SynthesisContext } from '../../../synthesis.ts';
import { readSyntax, type Syntax } from '../../syntax/program.ts';
import type { Checker } from '../checker.ts';
import { insert } from '../edit.ts';
import { houdini } from '../houdini.ts';
import { mutingAllBut } from '../method.ts';
import { judgeDraft } from './judge.ts';
import { firstTurn, INSTRUCTIONS, messagesOf, MOST_FILE_CHARACTERS, repairTurn } from './prompt.ts';
import { unionOf } from './union.ts';

export const NAME = 'drafts';

export interface ProposalRequest {
  readonly context: SynthesisContext;
  readonly model: ModelAccess;
  readonly checker: Checker;
  readonly path: string;
  /** The file with what was accepted before. */
  readonly text: string;
  readonly goal: Goal;
  /** What blocked the other strategies. */
  readonly open: readonly Diagnostic[];
  readonly secondsLeft: () => number;
  readonly offer: (text: string, pieces: readonly string[], drafts: readonly string[]) => Promise<OfferAnswer>;
}

export interface Proposal {
  /** Accepted. */
  readonly text?: string;
  readonly pieces: readonly string[];
  readonly drafts: number;
  readonly passes: number;
  readonly open: readonly Diagnostic[];
  readonly notes: readonly string[];
}

/** Low first, where the model is surest; then wide, since the same again helps nobody. */
const TEMPERATURES = [0.3, 0.8, 1, 0.6];
const COUNT = 4, ANSWER_TOKENS = 3000, MOST_ROUNDS = 16, MOST_PREMISES = 12, PASS_SECONDS = 60;
/** Requests in a row without anything new. */
const SATURATED = 3;
/** In a row: a server that fails so often will not do better. */
const MOST_FAILURES = 4;

interface Failed { readonly id: string; readonly answer: string; readonly text?: string; readonly errors: number; readonly open: readonly Diagnostic[]; readonly what: string }

export async function propose(request: ProposalRequest): Promise<Proposal> {
  const { context, model, checker, path, goal, secondsLeft } = request;
  const base = readSyntax(path, request.text);
  const callable = base.callables.find((one) => one.path === goal.obligation.symbol);
  const notes: string[] = [], failed: Failed[] = [], counts = { repeated: 0, reader: 0, guard: 0 };
  let drafts = 0, passes = 0, united = 0;
  let open: readonly Diagnostic[] = request.open;
  const result = (more: { readonly text?: string; readonly pieces?: readonly string[] } = {}): Proposal => ({
    pieces: [], drafts, passes, open: more.text === undefined ? open : [],
    notes: [...notes, `${model.name}: ${drafts} drafts, ${counts.repeated} of them repeated, ${counts.reader} not readable, ${counts.guard} refused by the guard, ${passes} checked`], ...more,
  });
  if (!callable) return result();
  if (request.text.length > MOST_FILE_CHARACTERS) { notes.push('the file is longer than a prompt should be'); return result(); }
  const ending = new AbortController();
  const signal = AbortSignal.any([context.signal, ending.signal]);
  const premises = await model.premises(goal.obligation, request.text.slice(callable.start, callable.end), MOST_PREMISES * 2);
  const seen = new Set<string>();
  let round = 0, stale = 0, failures = 0;
  let ahead: Promise<DraftAnswer> | undefined;
  try {
    while (round < MOST_ROUNDS && secondsLeft() > 2 && !signal.aborted) {
      const answer = await (ahead ?? ask(nextFailed()));
      ahead = undefined;
      if (answer.kind === 'over') { notes.push(answer.why); break; }
      if (answer.kind === 'nothing') {
        notes.push(answer.why);
        if (++failures >= MOST_FAILURES) break;
        continue;
      }
      failures = 0;
      let fresh = 0;
      // What the model is surest of first.
      const ranked = [...answer.drafts].sort((a, b) => (b.logProbability ?? 0) - (a.logProbability ?? 0));
      for (const [index, draft] of ranked.entries()) {
        drafts++;
        const judged = await judgeDraft(context, base, draft.text, seen);
        if (judged.kind === 'repeated') { counts.repeated++; continue; }
        fresh++;
        if (judged.kind === 'refused') {
          counts[judged.by]++;
          failed.push({ id: draft.id, answer: draft.text, errors: Infinity, open: [], what: judged.by === 'guard' ? `This is refused, since only proof text may be added: ${judged.why}` : `This cannot be read: ${judged.why}` });
          continue;
        }
        if (secondsLeft() < 1) break;
        // Written while this one is checked; not beside the last of a round, whose failure is worth telling.
        if (index < ranked.length - 1 && ahead === undefined && round < MOST_ROUNDS && secondsLeft() > 10) ahead = ask(undefined);
        context.report(`${goal.obligation.symbol}: checking a draft of ${model.name}`);
        const own = readSyntax(path, judged.text), target = own.callables.find((one) => one.path === callable.path);
        const verdicts = await checker.check(judged.text, [], { muted: mutingButNew(own, base, target?.path), plain: true, wallSeconds: Math.min(PASS_SECONDS, secondsLeft()) });
        passes++;
        if (verdicts.end === 'cancelled' || verdicts.end === 'not-started') { notes.push('the verifier calls or the time are used'); return result(); }
        if (verdicts.proved) {
          const answered = await request.offer(judged.text, judged.pieces, [draft.id]);
          if (answered.kind === 'accepted') return result({ text: judged.text, pieces: judged.pieces });
          failed.push({ id: draft.id, answer: draft.text, errors: Infinity, open: [], what: `This is refused: ${answered.why}` });
          continue;
        }
        const messages = messagesOf(verdicts.open, judged.text.split(/\r?\n/));
        open = verdicts.open;
        failed.push({ id: draft.id, answer: draft.text, text: judged.text, errors: verdicts.open.length, open: verdicts.open, what: `The file with this says (lines of the file with your additions):\n${messages === '' ? verdicts.reason ?? (verdicts.limit ? 'the solver did not finish in time' : 'it does not verify') : messages}` });
      }
      const joined = await unite();
      if (joined) return joined;
      stale = fresh === 0 ? stale + 1 : 0;
      if (stale >= SATURATED) { notes.push('its answers no longer differ'); break; }
    }
    return result();
  } finally {
    // Closes what is still being written, on the server as well.
    ending.abort();
    await ahead?.catch(() => undefined);
  }

  /** Every other round repairs: the draft that came nearest, unless it was told already. */
  function nextFailed(): Failed | undefined {
    if (round === 0 || round % 3 === 2) return undefined;
    return [...failed].sort((a, b) => a.errors - b.errors)[0] ?? undefined;
  }

  function ask(repaired: Failed | undefined): Promise<DraftAnswer> {
    const at = round++;
    const shown = variedPremises(premises, at);
    const first = { role: 'user' as const, text: firstTurn(path, request.text, goal, request.open, shown) };
    if (repaired) failed.splice(failed.indexOf(repaired), 1, { ...repaired, errors: repaired.errors + 100 });
    return model.draft({
      goal: goal.obligation.id, instructions: INSTRUCTIONS, files: [path], premises: shown, count: COUNT, temperature: TEMPERATURES[at % TEMPERATURES.length]!, seed: at + 1, maximumTokens: ANSWER_TOKENS, signal,
      turns: repaired ? [first, { role: 'assistant', text: repaired.answer }, { role: 'user', text: repairTurn(repaired.what) }] : [first],
    });
  }

  /** Houdini on all invariants that failed drafts have, once there are new ones. */
  async function unite(): Promise<Proposal | undefined> {
    const texts = failed.flatMap((one) => (one.text === undefined ? [] : [one.text]));
    const candidates = unionOf(path, request.text, callable!, texts);
    if (candidates.length === united || secondsLeft() < 2) return undefined;
    const found = await houdini({ checker, base: request.text, muted: mutingAllBut(base, callable!), kept: [], candidates, secondsLeft, wallSeconds: PASS_SECONDS });
    passes += found.passes;
    // What only ran out of time is tried again.
    if (!found.limit) united = candidates.length;
    if (!found.proved) return undefined;
    const text = insert(request.text, found.survivors).text, pieces = found.survivors.map((one) => one.text);
    const answered = await request.offer(text, pieces, failed.filter((one) => one.text !== undefined).map((one) => one.id));
    return answered.kind === 'accepted' ? result({ text, pieces }) : undefined;
  }
}

/** All but the goal and what the draft adds: a lemma of the draft's own must be proved too. */
function mutingButNew(draft: Syntax, base: Syntax, target: string | undefined): ReturnType<typeof mutingAllBut> {
  const known = new Set(base.callables.map((one) => one.path));
  const callable = draft.callables.find((one) => one.path === target);
  if (!callable) return [];
  const added = new Set(draft.callables.filter((one) => !known.has(one.path)).map((one) => draft.file.declarations.find((other) => other.path === one.path)!).map((one) => draft.file.tokens[one.nameToken]!.start));
  return mutingAllBut(draft, callable).filter((one) => !added.has(one.offset));
}

/** Different parts of what was found, so that drafts in a row do not all see the same; the first few always. */
function variedPremises(premises: readonly Premise[], round: number): Premise[] {
  const always = Math.min(4, premises.length), rest = premises.slice(always);
  if (rest.length === 0) return [...premises];
  const turn = (round * 5) % rest.length;
  return [...premises.slice(0, always), ...[...rest.slice(turn), ...rest.slice(0, turn)].slice(0, MOST_PREMISES - always)];
}
