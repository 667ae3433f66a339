/** `assay verify PATH…`: check every obligation, print the ledger, leave it as JSON where asked. */
import { LIMIT_OPTIONS, limitsOf, parseCommand, UsageError } from './arguments.ts';
import { runAndShow } from './run-and-show.ts';
import { withSession } from './session.ts';

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
  const trusted = command.flag('trust');
  return withSession(cores === undefined ? {} : { cores }, (session) => {
    const plans = command.positionals.map((path) => () =>
      session.engine.plan({ path, trusted, signal: session.signal, ...(onlyToolchain === undefined ? {} : { onlyToolchain }) }));
    return runAndShow(session, plans, {
      limits, trusted, fresh: command.flag('fresh'), strict: command.flag('strict'), showProgress: !command.flag('no-progress'),
      selection: { ...(only === undefined ? {} : { only }), tasks: command.list('task') }, command: ['assay', 'verify', ...args],
      ...(deadlineSeconds === undefined ? {} : { deadlineSeconds }), ...(json === undefined ? {} : { json }),
    });
  });
}
