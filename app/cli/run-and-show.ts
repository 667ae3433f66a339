/** What `verify` and `equiv` share: run each opened plan, show it live and then as a ledger, leave the JSON, and give the exit code. */
import type { Limits } from '../../toolchains/contract.ts';
import type { OpenedPlan } from '../engine/engine.ts';
import type { EngineEvent } from '../engine/events.ts';
import { exitCodeOf } from '../engine/exit-code.ts';
import { justifiedIds } from '../engine/justify/resolve.ts';
import type { Ledger } from '../engine/ledger/types.ts';
import { recheckShare, recheckSome } from '../engine/running/recheck.ts';
import type { Selection } from '../engine/running/select.ts';
import { openProgress } from './progress.ts';
import { describeCommit } from './render-plan.ts';
import { renderLedger } from './render.ts';
import { peopleStream, type Session } from './session.ts';
import { styleFor } from './style.ts';
import { writeWhole } from './write.ts';

export interface RunOptions {
  readonly limits: Limits;
  readonly trusted: boolean;
  readonly fresh: boolean;
  readonly strict: boolean;
  readonly selection: Selection;
  readonly command: readonly string[];
  readonly deadlineSeconds?: number;
  /** File for the ledger, or "-". */
  readonly json?: string;
  readonly showProgress: boolean;
}

/** @param plans opened one after the other, each closed before the next */
export async function runAndShow({ engine, signal }: Session, plans: readonly (() => Promise<OpenedPlan>)[], options: RunOptions): Promise<number> {
  const out = peopleStream(options.json);
  const progress = openProgress({ stream: process.stderr, enabled: options.showProgress && process.stderr.isTTY === true });
  const notices: string[] = [...engine.parts.store.notices.map((notice) => notice.message)];
  const onEvent = (event: EngineEvent): void => {
    if (event.type === 'notice') notices.push(event.message);
    progress.event(event);
  };
  const ledgers: Ledger[] = [];
  let code = 0;
  try {
    for (const open of plans) {
      const opened = await open();
      try {
        notices.push(...opened.repository.notices, ...opened.notes);
        if (opened.repository.commit) notices.unshift(describeCommit(opened.repository.commit));
        const share = recheckShare();
        const outcome = await progress.during(engine, () => engine.verify(opened, { ...options, asPlanned: true, evidenceUnread: options.json === undefined, recheckShare: share, signal, onEvent }));
        progress.clear();
        out.write(renderLedger(outcome.ledger, { style: styleFor(out), notices: notices.splice(0) }));
        const ledger = await recheckSome(engine.parts, outcome, outcome.ledger, { share, signal, onEvent });
        for (const notice of notices.splice(0)) out.write(`${notice}\n`);
        ledgers.push(ledger);
        code = worst(code, exitCodeOf(ledger.entries, { cancelled: signal.aborted, depthGiven: options.limits.depth !== undefined, strict: options.strict, justified: justifiedIds(ledger.justifications) }));
      } finally {
        await opened.repository.dispose();
      }
      if (signal.aborted) break;
    }
  } finally {
    progress.close();
  }
  if (options.json !== undefined) {
    const { ledgerJson } = await import('../engine/report/json.ts');
    const { joined } = await import('../engine/report/joined.ts');
    await writeWhole(options.json, `${JSON.stringify(ledgerJson(joined(ledgers), engine.toolchains), null, 1)}\n`);
  }
  return code;
}

/** Several paths: the most serious of their codes, in the order 130, 1, 3, 2, 0. */
function worst(one: number, other: number): number {
  const order = [0, 2, 3, 1, 130];
  return order.indexOf(one) >= order.indexOf(other) ? one : other;
}
