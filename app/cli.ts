/** The command line: one command a file under cli/. Exit codes and options as DESIGN has them. */
import { UsageError } from './cli/arguments.ts';
import { InputError } from '../toolchains/contract.ts';

type Command = (args: readonly string[]) => Promise<number>;

const COMMANDS: Record<string, () => Promise<Command>> = {
  verify: async () => (await import('./cli/verify.ts')).verifyCommand,
  prove: async () => (await import('./cli/prove.ts')).proveCommand,
  retrieval: async () => (await import('./cli/retrieval.ts')).retrievalCommand,
  consent: async () => (await import('./cli/consent.ts')).consentCommand,
  plan: async () => (await import('./cli/plan.ts')).planCommand,
  equiv: async () => (await import('./cli/equiv.ts')).equivCommand,
  compare: async () => (await import('./cli/compare-command.ts')).compareCommand,
  report: async () => (await import('./cli/report.ts')).reportCommand,
  recheck: async () => (await import('./cli/recheck.ts')).recheckCommand,
  justify: async () => (await import('./cli/justify.ts')).justifyCommand,
  doctor: async () => (await import('./cli/doctor.ts')).doctorCommand,
  install: async () => (await import('./cli/install.ts')).installCommand,
  serve: async () => (await import('./cli/serve.ts')).serveCommand,
  bench: async () => (await import('./cli/bench.ts')).benchCommand,
};

const USAGE = `usage: assay COMMAND …
  verify PATH…      check every obligation          plan PATH…        list them; run nothing
  prove PATH        search proofs for what is open  retrieval PATH    are the right lemmas found?
  equiv GOLD GATE   two designs, the same outputs?  compare RUN RUN   what changed between two runs
  report PATH|RUN   a page, PDF, SARIF, JUnit …     recheck REPORT    does every claim hold again?
  justify PATH      entries to sign for what is taken on trust
  consent           who may be sent text of which repository
  doctor            tools found and missing         install TOOL      fetch a pinned version, checked
  serve             the window in a browser      bench [SUITE|FOLDER]  speed, or proof tasks
assay COMMAND --help lists the options.`;

async function main(): Promise<number> {
  const [name, ...args] = process.argv.slice(2);
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    process.stdout.write(`${USAGE}\n`);
    return name === undefined ? 64 : 0;
  }
  if (name === '--version') {
    const { version } = await import('./engine/version.ts');
    process.stdout.write(`assay ${version}\n`);
    return 0;
  }
  const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!load) throw new UsageError(`there is no command "${name}"`);
  return (await load())(args);
}

// A command that never settled, because nothing was left to wait for, has not succeeded: neither 0 nor an early end.
process.exitCode = 70;
const awake = setInterval(() => { /* only holds the process */ }, 2 ** 30);

main().finally(() => { clearInterval(awake); }).then(
  (code) => { process.exitCode = code; },
  (error: unknown) => {
    if (error instanceof UsageError) {
      process.stderr.write(`assay: ${error.message}\n${USAGE}\n`);
      process.exitCode = 64;
    } else if (error === 'SIGINT' || error === 'SIGTERM' || error === 'SIGHUP') {
      // The reason that a session's signal was given: what it was interrupted in had no words for it.
      process.stderr.write('assay: cancelled\n');
      process.exitCode = 130;
    } else if (error instanceof InputError) {
      process.stderr.write(`assay: ${error.message}\n`);
      process.exitCode = 3;
    } else {
      process.stderr.write(`assay: internal error, please report it\n${error instanceof Error ? error.stack : String(error)}\n`);
      process.exitCode = 70;
    }
  },
);
