/** `assay compare RUN RUN`: what changed between two runs, each a run of the store, "last", "last~1" … or a ledger file. Exit 1 where something got worse. */
import { compareLedgers, isWorse } from '../engine/compare.ts';
import { parseCommand, UsageError } from './arguments.ts';
import { comparisonJson, renderComparison } from './compare.ts';
import { ledgerNamed } from './named-run.ts';
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
  return withSession({}, async ({ engine, signal }) => {
    const comparison = compareLedgers(await ledgerNamed(engine, first, signal), await ledgerNamed(engine, second, signal));
    if (json !== undefined) await writeWhole(json, `${JSON.stringify(comparisonJson(comparison), null, 1)}\n`);
    const out = peopleStream(json);
    out.write(renderComparison(comparison, styleFor(out)));
    return isWorse(comparison) ? 1 : 0;
  });
}
