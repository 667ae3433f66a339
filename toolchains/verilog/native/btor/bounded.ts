/**
 * Bounded search by a word-level model checker. Its trace is replayed on the gates, which also tells what it breaks;
 * a clean search counts only where the same engine finds a run of that length, since contradictory assumptions would
 * make every search clean.
 */
import type { Attempt } from '../../../contract.ts';
import { replayWitness } from '../../aiger/replay.ts';
import { askGroup } from '../group.ts';
import { REASON } from '../../../verdict.ts';
import type { Bound } from '../bounded.ts';
import { targetsOf, type OpenProperties, type Session } from '../session.ts';
import { CONFIRM_SECONDS, settleReplayed } from '../violation.ts';
import type { BtorModel } from './model.ts';
import { witnessOfBtor } from './witness.ts';

export async function boundByBtor(session: Session, open: OpenProperties, signal?: AbortSignal): Promise<Bound> {
  const { btor, depth } = session;
  const model = btor && await session.design.btor();
  if (!btor || !model || typeof model === 'string') return { attempts: [], used: '', open: { kind: 'unknown', reason: typeof model === 'string' ? model : 'no word-level engine' } };
  const attempts: Attempt[] = [];
  const used = btor.name;
  const runs = await btor.search(model.lastOf(depth), depth, 'assumptions', signal);
  attempts.push(runs.attempt);
  if (runs.answer.kind === 'clear') { open.vacuous(undefined, attempts, used); return { attempts, used }; }
  if (runs.answer.kind === 'open') return { attempts, used, open: runs.answer.verdict };
  while (open.size > 0) {
    const names = open.names;
    if ([...names].some(name => !model.names.includes(name))) return { attempts, used, open: { kind: 'unknown', reason: 'not every property is in the model' } };
    const run = await btor.search(model.only(names), depth, 'bmc', signal);
    attempts.unshift(run.attempt);
    if (run.answer.kind === 'open') return { attempts, used, open: run.answer.verdict };
    if (run.answer.kind === 'clear') return { depth, attempts, used };
    const before = open.size;
    await settleHit(session, open, model, run.answer, run.attempt);
    if (open.size === before) return { attempts, used, open: { kind: 'unknown', reason: 'the trace of the engine could not be followed on the design' } };
  }
  return { attempts, used };
}

/** Settles what a hit breaks: by its own trace, else by one of the same length of another engine. */
export async function settleHit(session: Session, open: OpenProperties, model: BtorModel, hit: { readonly step: number; readonly witness: readonly string[] }, attempt: Attempt): Promise<void> {
  const system = await session.design.system();
  if (typeof system === 'string') return;
  const used = session.btor!.name;
  const targets = new Map([...targetsOf(system)].filter(([name]) => open.has(name)));
  const witness = witnessOfBtor(hit.witness, model, system, hit.step + 1);
  let broken = false;
  for (const [name, target] of targets) {
    const { reachedAt } = replayWitness(system.aig, witness, target);
    if (reachedAt === undefined) continue;
    broken = true;
    await settleReplayed(session, open, system, name, reachedAt, witness, attempt, used);
  }
  if (broken || !session.abc) return;
  const other = await askGroup(session.abc, system, targets, { kind: 'bmc', frames: hit.step + 1, seconds: CONFIRM_SECONDS }, 'confirm');
  if (other.kind === 'hit') for (const one of other.hits) await settleReplayed(session, open, system, one.name, one.step, one.witness, attempt, used);
  else if (other.kind !== 'open') open.settleAll({ kind: 'unknown', reason: REASON.disputed }, [attempt, ...(other.attempt ? [other.attempt] : [])], {
    used, diagnostics: [{ severity: 'error', message: `${used} finds a violation in step ${hit.step}, ${session.abc.name} says that this cannot be` }],
  });
}
