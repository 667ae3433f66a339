// 1,000 tiny SMT files: `assay verify` against `xargs -P CORES -n 1 SOLVER` with the same solver; what a second engine costs is a row of its own.
import { mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { assay, inFolder, line, paired, seconds, timed } from './measure.mjs';
import { writeTinyScripts } from './workload.mjs';

const COUNT = 1000, ROUNDS = 3;

/** `others`: solvers that stand beside it on PATH. Effort 0 is one engine without a second opinion. */
const ROWS = [
  { solver: 'cvc5', others: [], args: ['--effort', '0'], what: 'alone' },
  { solver: 'z3', others: ['cvc5'], args: [], what: 'every answer confirmed by cvc5' },
  { solver: 'cvc5', others: [], args: [], what: 'models evaluated by the embedded Z3' },
];

export async function run() {
  line(`tiny: ${COUNT} SMT files, fresh, ${availableParallelism()} cores, median of ${ROUNDS} pairs; ratio = assay / xargs -P${availableParallelism()} -n1 SOLVER (target 1.1; 0.5 once solvers are kept warm)`);
  for (const { solver, others, args, what } of ROWS) {
    const missing = [solver, ...others].find((name) => !which(name));
    if (missing) { line(`  skipped: ${missing} is not installed`); continue; }
    await inFolder(async (folder) => {
      const files = join(folder, 'scripts'), tools = join(folder, 'tools');
      writeTinyScripts(files, COUNT);
      mkdirSync(tools);
      for (const name of [solver, ...others]) symlinkSync(which(name), join(tools, name));
      const json = join(folder, 'ledger.json');
      const result = await paired(ROUNDS,
        async (round) => (await timed(process.execPath, [assay, 'verify', files, '--fresh', '--no-progress', '--json', json, ...args], { env: { PATH: tools, ASSAY_HOME: join(folder, `home${round}`) } })).seconds,
        async () => (await timed('sh', ['-c', `ls "$1"/*.smt2 | xargs -P ${availableParallelism()} -n 1 "$2"`, 'sh', files, which(solver)])).seconds);
      const ledger = JSON.parse(readFileSync(json, 'utf8'));
      const confirmed = ledger.obligations.filter((entry) => entry.confirmed.length > 0).length;
      line(`  ${solver}, ${what}: ratio ${result.ratio.toFixed(2)}  (${seconds(result.a)} against ${seconds(result.b)}); ${JSON.stringify(ledger.summary)}; ${confirmed} confirmed by a second engine within that time`);
    });
  }
  line('');
}

function which(name) {
  try { return execFileSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).trim(); } catch { return undefined; }
}
