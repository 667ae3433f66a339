/** `assay justify PATH`: entries for `assay.justify.toml`, of what the plan takes on trust and of what failed last. Writes nothing. */
import { classOf } from '../../toolchains/verdict.ts';
import { knownAs } from '../engine/engine.ts';
import { obligationContents } from '../engine/justify/read.ts';
import { bySubject, resolveJustifications } from '../engine/justify/resolve.ts';
import { signableAssumptions, signableFailures, type Signable } from '../engine/justify/sign.ts';
import { JUSTIFY_FILE } from '../engine/justify/types.ts';
import { entriesToml } from '../engine/justify/write.ts';
import { withFound } from '../engine/ledger/found.ts';
import { printable } from '../engine/repository/printable.ts';
import { patternOf } from '../engine/running/select.ts';
import { parseCommand, UsageError } from './arguments.ts';
import { counted } from './layout.ts';
import { withSession } from './session.ts';

const OPTIONS = { only: { type: 'string' }, reviewer: { type: 'string' }, reason: { type: 'string' }, failures: { type: 'boolean' }, help: { type: 'boolean' } } as const;
const HELP = `usage: assay justify PATH [options]      prints entries to paste into ${JUSTIFY_FILE} at the root; writes nothing
  --only PATTERN     part of a kind, place or text; * for any characters, | between alternatives
  --reviewer NAME    who signs               --reason TEXT      why it may be
  --failures         also what failed in the last run of PATH
exit: 0 entries printed, or everything is signed · 3 nothing matched --only · 64 usage`;

export async function justifyCommand(args: readonly string[]): Promise<number> {
  const command = parseCommand<keyof typeof OPTIONS>(args, OPTIONS);
  if (command.flag('help')) { process.stdout.write(`${HELP}\n`); return 0; }
  const [path, ...more] = command.positionals;
  if (path === undefined || more.length > 0) throw new UsageError('justify wants one folder, file or archive');
  const only = command.text('only');
  return withSession({}, async ({ engine, signal }) => {
    const opened = await engine.plan({ path, trusted: false, signal });
    try {
      const { plan } = opened;
      const [last] = engine.parts.store.listRuns(knownAs(opened.repository));
      const known = last && engine.parts.store.readLedger(last.id);
      const assumptions = withFound(plan.assumptions, known?.entries ?? []);
      const red = command.flag('failures') ? (known?.entries ?? []).filter((entry) => classOf(entry.result.verdict.kind) === 'red') : [];
      const contents = await obligationContents(plan.tree, red.map((entry) => entry.obligation));
      const signed = bySubject(resolveJustifications(plan.justify && { ...plan.justify, contents: { ...plan.justify.contents, ...contents } }, assumptions, red));
      const matches = matcherOf(only);
      const matching = [...signableAssumptions(assumptions), ...signableFailures(red, contents)].filter(matches);
      const open = matching.filter((one) => signed.get(one.subject)?.state !== 'valid');
      if (plan.justify?.problem) process.stderr.write(`assay: ${plan.justify.file}:${plan.justify.problem.line}: ${printable(plan.justify.problem.message)}\n`);
      process.stdout.write(await entriesToml(open, { reviewer: command.text('reviewer') ?? '', reason: command.text('reason') ?? '', date: new Date().toISOString().slice(0, 10) }));
      process.stderr.write(`${summary(open.length, matching.length, known !== undefined)}\n`);
      return matching.length === 0 && only !== undefined ? 3 : 0;
    } finally { await opened.repository.dispose(); }
  });
}

function summary(open: number, all: number, wasRun: boolean): string {
  if (all === 0) return `Nothing there is taken on trust${wasRun ? '' : ', as far as the sources say: a run may find more'}`;
  if (open === 0) return `All of it is signed: ${counted(all, 'entry', 'entries')}`;
  return `${counted(open, 'entry', 'entries')} to sign: read them, fill in reviewer and reason, and put them into ${JUSTIFY_FILE} at the root of the repository`;
}

function matcherOf(only: string | undefined): (one: Signable) => boolean {
  if (only === undefined) return () => true;
  const patterns = only.split('|').filter((part) => part !== '').map(patternOf);
  return (one) => patterns.some((pattern) => [one.kind, one.symbol, one.text, one.file, `${one.file}:${one.line}`].some((text) => pattern.test(text)));
}
