/** `assay verify PATH…`: check every obligation, print the ledger, leave it as JSON where asked. */
import type { Ledger } from '../engine/ledger/types.ts';
import type { EngineEvent } from '../engine/events.ts';
import { exitCodeOf } from '../engine/exit-code.ts';
import { recheckShare, recheckSome } from '../engine/running/recheck.ts';
import { LIMIT_OPTIONS, limitsOf, parseCommand, UsageError } from './arguments.ts';
import { openProgress } from './progress.ts';
import { describeCommit } from './render-plan.ts';
import { renderLedger } from './render.ts';
import { styleFor } from './style.ts';
import { peopleStream, withSession } from './session.ts';
import { writeWhole } from './write.ts';

const OPTIONS = {
  ...LIMIT_OPTIONS,
  json: { type: 'string' }, jobs: { type: 'string' }, deadline: { type: 'string' }, only: { type: 'string' }, toolchain: { type: 'string' },
  task: { type: 'string', multiple: true }, strict: { type: 'boolean' }, fresh: { type: 'boolean' }, trust: { type: 'boolean' },
  'no-progress': { type: 'boolean' }, help: { type: 'boolean' },
} as const;

const HELP = `usage: assay verify PATH… [options]
  --json FILE|-      the ledger as JSON (docs/ledger.schema.json)
  --jobs N           cores to use              --wall S        seconds an obligation and engine attempt
  --deadline S       seconds for the run       --resource N    the tool's own deterministic limit
  --memory MB        for each process tree     --depth K       steps of bounded searches
  --effort 0..4      0 one engine, 1 in turn (default), 2 raced, 3 isolated with seeds, 4 long
  --only PATTERN     part of an obligation's name; * for any characters, | between alternatives
  --task NAME…       tasks of .sby files       --toolchain ID  only this tool's projects
  --expect sat|unsat what SMT and SAT files should answer
  --strict           a green verdict on an unjustified assumption is wrong
  --fresh            check again what is known --trust         the repository's own code may run, this time
  --no-progress      no live line
exit: 0 all as claimed · 1 something is wrong · 2 undecided · 3 could not be checked · 64 usage · 130 cancelled`;

export async function verifyCommand(args: readonly string[]): Promise<number> {
  const command = parseCommand<keyof typeof OPTIONS>(args, OPTIONS);
  if (command.flag('help')) { process.stdout.write(`${HELP}\n`); return 0; }
  if (command.positionals.length === 0) throw new UsageError('verify wants a folder, a file or an archive');
  const limits = limitsOf(command);
  const cores = command.integer('jobs', 1, 4096);
  const deadlineSeconds = command.number('deadline', 0.1, 31_536_000);
  const json = command.text('json');
  const only = command.text('only'), onlyToolchain = command.text('toolchain');
  const tasks = command.list('task');
  const trusted = command.flag('trust');
  const out = peopleStream(json);
  const style = styleFor(out);

  return withSession(cores === undefined ? {} : { cores }, async ({ engine, signal }) => {
    const progress = openProgress({ stream: process.stderr, enabled: !command.flag('no-progress') && process.stderr.isTTY === true });
    const notices: string[] = [...engine.parts.store.notices.map((notice) => notice.message)];
    const onEvent = (event: EngineEvent): void => {
      if (event.type === 'notice') notices.push(event.message);
      progress.event(event);
    };
    const ledgers: Ledger[] = [];
    let code = 0;
    try {
      for (const path of command.positionals) {
        const opened = await engine.plan({ path, trusted, signal, ...(onlyToolchain === undefined ? {} : { onlyToolchain }) });
        try {
          notices.push(...opened.repository.notices, ...opened.notes);
          if (opened.repository.commit) notices.unshift(describeCommit(opened.repository.commit));
          const outcome = await progress.during(engine, () => engine.verify(opened, {
            limits, trusted, fresh: command.flag('fresh'), selection: { ...(only === undefined ? {} : { only }), tasks }, command: ['assay', 'verify', ...args],
            recheckShare: recheckShare(), signal, onEvent, ...(deadlineSeconds === undefined ? {} : { deadlineSeconds }),
          }));
          let ledger: Ledger = outcome.ledger;
          progress.clear();
          out.write(renderLedger(ledger, { style, notices: notices.splice(0) }));
          ledger = await recheckSome(engine.parts, outcome, ledger, { share: recheckShare(), signal, onEvent });
          for (const notice of notices.splice(0)) out.write(`${notice}\n`);
          ledgers.push(ledger);
          code = worst(code, exitCodeOf(ledger.entries, { cancelled: signal.aborted, depthGiven: limits.depth !== undefined, strict: command.flag('strict') }));
        } finally {
          await opened.repository.dispose();
        }
        if (signal.aborted) break;
      }
    } finally {
      progress.close();
    }
    if (json !== undefined) {
      const { ledgerJson } = await import('../engine/report/json.ts');
      const { joined } = await import('../engine/report/joined.ts');
      await writeWhole(json, `${JSON.stringify(ledgerJson(joined(ledgers), engine.toolchains), null, 1)}\n`);
    }
    return code;
  });
}

/** Several paths: the most serious of their codes, in the order 130, 1, 3, 2, 0. */
function worst(one: number, other: number): number {
  const order = [0, 2, 3, 1, 130];
  return order.indexOf(one) >= order.indexOf(other) ? one : other;
}
