/** Checks one script: asks engines in turn (or raced) until every check is settled, and reports each as soon as it is. */
import type { CheckContext } from '../contract.ts';
import { race } from '../race.ts';
import { runNative, type AttemptRequest, type EngineOutcome } from './attempt.ts';
import { EMBEDDED_ID } from './embedded-location.ts';
import { runEmbeddedZ3 } from './embedded.ts';
import { engineFor } from './engines.ts';
import { Inquiry } from './inquiry.ts';
import { entrants, type Entrant } from './portfolio.ts';
import { readScript } from './script.ts';
import { runWarm } from './warm.ts';

/** From this effort on engines run at the same time. */
const RACED_FROM = 2;
/** What a warm embedded engine needs for nearly all that a native one settles at once (0.01–1.2 s on the public set). */
const QUICK_SECONDS = 3;

export async function checkScript(context: CheckContext): Promise<void> {
  const file = context.project.files[0] ?? context.project.name;
  const script = readScript(await context.read(file));
  const inquiry = new Inquiry(context, script, runEngine);
  const queue = [...entrants(script, context.tools, context.limits.effort)];
  if (queue.length === 0) { inquiry.noEngine(); return; }
  const ask = async ({ tool, seed }: Entrant, signal?: AbortSignal, wallSeconds = context.limits.wallSeconds): Promise<void> => {
    const checks = inquiry.pending();
    if (checks.length === 0) return;
    const request = { script, checks, tool, seed, wallSeconds, signal };
    await inquiry.add(await runEngine(context, request));
  };
  /** The cheapest second opinion. Where it gives none, its engine still has its turn. */
  const secondFromWarm = async (tried: Set<string>): Promise<boolean> => {
    for (const entrant of queue) {
      const engine = engineFor(entrant.tool.id);
      if (!engine || tried.has(entrant.tool.path)) continue;
      tried.add(entrant.tool.path);
      const outcome = await runWarm(context, engine, { script, checks: inquiry.pending(), tool: entrant.tool, seed: entrant.seed, wallSeconds: context.limits.wallSeconds });
      if (!outcome) continue;
      queue.splice(queue.indexOf(entrant), 1);
      await inquiry.add(outcome);
      return true;
    }
    return false;
  };
  if (context.limits.effort >= RACED_FROM)
    await race(queue.map((entrant) => (signal) => ask(entrant, signal)), () => inquiry.pending().length === 0, context.signal);
  else {
    const slow: Entrant[] = [];
    const asked = new Set<string>();
    for (let next = inquiry.choose(queue); next && inquiry.pending().length > 0 && !context.signal.aborted; next = inquiry.choose(queue)) {
      if (inquiry.lacksOnlySecond() && await secondFromWarm(asked)) continue;
      queue.splice(queue.indexOf(next), 1);
      // A quick look for the second opinion; where that is not enough the engine has its full turn after the others.
      const quick = inquiry.lacksOnlySecond() && next.tool.embedded && queue.length > 0 ? Math.min(QUICK_SECONDS, context.limits.wallSeconds) : undefined;
      await ask(next, undefined, quick);
      if (quick !== undefined && quick < context.limits.wallSeconds && inquiry.pending().length > 0) slow.push(next);
    }
    for (const next of slow) if (!context.signal.aborted) await ask(next);
  }
  inquiry.close();
}

async function runEngine(context: CheckContext, request: AttemptRequest): Promise<EngineOutcome> {
  if (request.tool.id === EMBEDDED_ID) return runEmbeddedZ3(context, request);
  const engine = engineFor(request.tool.id);
  if (!engine) throw new Error(`no engine for ${request.tool.id}`);
  return await runWarm(context, engine, request) ?? runNative(context, engine, request);
}
