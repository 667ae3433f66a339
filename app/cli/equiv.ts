/** `assay equiv GOLD GATE`: do two designs have the same outputs? Proved, refuted with a distinguishing trace, or honestly open. */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../../toolchains/contract.ts';
import { DEFAULT_DEPTH } from '../../toolchains/verilog/equiv/request.ts';
import { equivalenceToolchain } from '../../toolchains/verilog/equiv/toolchain.ts';
import { openNamed } from '../engine/repository/named.ts';
import { LIMIT_OPTIONS, limitsOf, parseCommand, UsageError } from './arguments.ts';
import { runAndShow } from './run-and-show.ts';
import { withSession } from './session.ts';

const OPTIONS = {
  ...LIMIT_OPTIONS, top: { type: 'string' }, 'match-registers': { type: 'boolean' }, json: { type: 'string' }, fresh: { type: 'boolean' },
  'no-progress': { type: 'boolean' }, help: { type: 'boolean' },
} as const;

const HELP = `usage: assay equiv GOLD GATE [options]
  GOLD, GATE         a Verilog file, several with commas between, or a folder of them
  --top NAME         the module to compare in both (default: the one that no other uses)
  --match-registers  registers of the same name start with the same value (an assumption; default: each with anything)
  --depth K          steps of the bounded search where no proof is found (${DEFAULT_DEPTH})
  --wall S  --memory MB  --effort 0..4  --fresh  --json FILE|-  --no-progress
exit: 0 equivalent · 1 not equivalent · 2 undecided · 3 could not be checked · 64 usage · 130 cancelled`;

export async function equivCommand(args: readonly string[]): Promise<number> {
  const command = parseCommand<keyof typeof OPTIONS>(args, OPTIONS);
  if (command.flag('help')) { process.stdout.write(`${HELP}\n`); return 0; }
  const [gold, gate, ...more] = command.positionals;
  if (gold === undefined || gate === undefined || more.length > 0) throw new UsageError('equiv wants two designs');
  const limits = limitsOf(command), json = command.text('json'), top = command.text('top');
  const [goldFiles, gateFiles] = [filesOf(gold), filesOf(gate)];
  const { repository, paths } = openNamed([...goldFiles, ...gateFiles]);
  const side = (files: readonly string[]): { files: readonly string[]; top?: string } => ({ files, ...(top === undefined ? {} : { top }) });
  const toolchain = equivalenceToolchain({
    gold: side(paths.slice(0, goldFiles.length)), gate: side(paths.slice(goldFiles.length)),
    initial: command.flag('match-registers') ? 'matched' : 'free', depth: limits.depth ?? DEFAULT_DEPTH,
  });
  return withSession({ toolchains: [toolchain] }, (session) =>
    runAndShow(session, [() => session.engine.plan({ path: repository, trusted: false, signal: session.signal })], {
      limits, trusted: false, strict: false, fresh: command.flag('fresh'), selection: {}, command: ['assay', 'equiv', ...args],
      showProgress: !command.flag('no-progress'), ...(json === undefined ? {} : { json }),
    }));
}

/** @throws InputError where there is nothing to read */
function filesOf(name: string): string[] {
  if (statSync(name, { throwIfNoEntry: false })?.isDirectory()) {
    const files = readdirSync(name).filter((file) => /\.(v|sv)$/i.test(file)).sort().map((file) => join(name, file));
    if (files.length === 0) throw new InputError(name, 'holds no .v or .sv file', 'Name the files of the design');
    return files;
  }
  return name.includes(',') && !statSync(name, { throwIfNoEntry: false }) ? name.split(',').filter((part) => part !== '') : [name];
}
