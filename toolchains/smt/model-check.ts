/** Has the model of a `sat` answer evaluated by an engine of another build. */
import type { CheckContext, Tool } from '../contract.ts';
import { EMBEDDED_ID } from './embedded-location.ts';
import type { AttemptRequest, EngineOutcome } from './attempt.ts';
import type { Model } from './model.ts';
import { modelScript } from './model-script.ts';
import { readScript, type Check, type Script } from './script.ts';
import { knownUnsound } from './unsound.ts';
import { engineFor } from './engines.ts';
import { runWarm } from './warm.ts';

export interface ModelVerdict {
  /** `holds`: checked; `fails`: the model is none; `open`: nobody could tell. */
  readonly kind: 'holds' | 'fails' | 'open';
  readonly by?: string;
  /** Where it is open: what stood in the way. */
  readonly why?: string;
}

/** Larger scripts and models are not checked: the model stays a suggestion. */
const LARGEST_SCRIPT_BYTES = 256 * 1024;
/** Evaluation is quick or of no use; seconds. */
const MOST_SECONDS = 3;
/** Of one script so many answers are checked. */
export const MOST_MODELS = 20;

export type RunEngine = (context: CheckContext, request: AttemptRequest) => Promise<EngineOutcome>;

export async function checkModel(context: CheckContext, script: Script, check: Check, model: Model, from: Tool, run: RunEngine): Promise<ModelVerdict> {
  // Beyond ASCII the script's bytes and the solver's text could differ.
  if (script.bytes.length > LARGEST_SCRIPT_BYTES || context.signal.aborted || script.bytes.some((byte) => byte > 127)) return { kind: 'open' };
  const judges = judgesOf(context.tools, from);
  const judge = judges[0];
  const bytes = judge && modelScript(script, check, model);
  if (!judge || !bytes || bytes.length > 2 * LARGEST_SCRIPT_BYTES) return { kind: 'open' };
  const question = readScript(bytes);
  const only = question.checks[0];
  if (question.problem || !only || question.checks.length !== 1) return { kind: 'open' };
  const obligations = [context.unit.obligations[check.number - 1]!];
  for (const tool of judges) {
    const engine = engineFor(tool.id);
    const quick = engine?.takes(question, tool) ? await runWarm(context, engine, { obligations, script: question, checks: [only], tool, seed: 0, wallSeconds: MOST_SECONDS }) : undefined;
    const answer = quick?.answers.get(only.number)?.answer;
    if (answer === 'sat' || answer === 'unsat') return { kind: answer === 'sat' ? 'holds' : 'fails', by: `${tool.id} ${tool.version}` };
  }
  const outcome = await run(context, { obligations, script: question, checks: [only], tool: judge, seed: 0, wallSeconds: Math.min(MOST_SECONDS, context.limits.wallSeconds) });
  const by = `${judge.id} ${judge.version}`;
  switch (outcome.answers.get(only.number)?.answer) {
    case 'sat': return { kind: 'holds', by };
    case 'unsat': return { kind: 'fails', by };
    default: {
      const said = outcome.open(only.number);
      return { kind: 'open', by, why: 'reason' in said && said.reason !== undefined ? said.reason : `${by}: ${said.kind}` };
    }
  }
}

/** Of another build, believed alone; the embedded one first. */
function judgesOf(tools: readonly Tool[], from: Tool): Tool[] {
  const fit = tools.filter((tool) => tool.unfit === undefined && tool.fingerprint !== from.fingerprint && !knownUnsound(tool));
  return [EMBEDDED_ID, 'z3', 'cvc5'].flatMap((id) => fit.find((tool) => tool.id === id) ?? []);
}
