/** `assay compare RUN RUN`: what changed between two runs, each a run of the store, "last", "last~1" … or a ledger file. Exit 1 where something got worse. */
import { existsSync } from 'node:fs';
import { compareLedgers, isWorse } from '../engine/compare.ts';
import type { Store } from '../engine/ledger/store.ts';
import type { Ledger } from '../engine/ledger/types.ts';
import { readLedgerFile } from '../engine/report/read.ts';
import { parseCommand, UsageError } from './arguments.ts';
import { comparisonJson, renderComparison } from './compare.ts';
import { peopleStream, withSession } from './session.ts';
import { styleFor } from './style.ts';
import { writeWhole } from './write.ts';

const OPTIONS = { json: { type: 'string' }, help: { type: 'boolean' } } as const;
const HELP = `usage: assay compare RUN RUN [--json FILE|-]
  RUN: the id of a run, the beginning of one, "last", "last~1" (the one before), or a file that --json wrote
exit: 0 not worse · 1 newly failing, lost or new assumptions · 64 usage`;

export async function compareCommand(args: readonly string[]): Promise<number> {
  const command = parseCommand<keyof typeof OPTIONS>(args, OPTIONS);
  if (command.flag('help')) { process.stdout.write(`${HELP}\n`); return 0; }
  const [first, second, ...more] = command.positionals;
  if (first === undefined || second === undefined || more.length > 0) throw new UsageError('compare wants two runs');
  const json = command.text('json');
  return withSession({}, async ({ engine }) => {
    const comparison = compareLedgers(ledgerNamed(engine.parts.store, first), ledgerNamed(engine.parts.store, second));
    if (json !== undefined) await writeWhole(json, `${JSON.stringify(comparisonJson(comparison), null, 1)}\n`);
    const out = peopleStream(json);
    out.write(renderComparison(comparison, styleFor(out)));
    return isWorse(comparison) ? 1 : 0;
  });
}

function ledgerNamed(store: Store, name: string): Ledger {
  if (existsSync(name)) return readLedgerFile(name);
  const runs = store.listRuns();
  const last = /^last(?:~(\d+))?$/.exec(name);
  const matches = last ? runs.slice(Number(last[1] ?? 0), Number(last[1] ?? 0) + 1) : runs.filter((run) => run.id.startsWith(name));
  if (matches.length > 1) throw new UsageError(`"${name}" is the beginning of ${matches.length} runs: ${matches.slice(0, 3).map((run) => run.id).join(', ')} …`);
  const ledger = matches[0] && store.readLedger(matches[0].id);
  if (!ledger) throw new UsageError(`there is no run "${name}", and no such file; known runs: ${runs.slice(0, 5).map((run) => run.id).join(', ') || 'none'}`);
  return ledger;
}
