// 1,000 tiny SMT files: `assay verify` against `xargs -P CORES -n 1 SOLVER` with the same solver.
import { mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { assay, inFolder, line, paired, seconds, timed } from './measure.mjs';
import { writeTinyScripts } from './workload.mjs';

const COUNT = 1000, ROUNDS = 3;

export async function run() {
  line(`tiny: ${COUNT} SMT files, fresh, ${availableParallelism()} cores, median of ${ROUNDS} pairs; ratio = assay / xargs -P${availableParallelism()} -n1 SOLVER (target 1.1; 0.5 once solvers are kept warm)`);
  for (const name of ['cvc5', 'z3']) {
    const path = which(name);
    if (!path) { line(`  skipped: ${name} is not installed`); continue; }
    await inFolder(async (folder) => {
      const files = join(folder, 'scripts'), tools = join(folder, 'tools');
      writeTinyScripts(files, COUNT);
      mkdirSync(tools);
      symlinkSync(path, join(tools, name));
      const json = join(folder, 'ledger.json');
      const result = await paired(ROUNDS,
        async (round) => (await timed(process.execPath, [assay, 'verify', files, '--fresh', '--no-progress', '--json', json], { env: { PATH: tools, ASSAY_HOME: join(folder, `home${round}`) } })).seconds,
        async () => (await timed('sh', ['-c', `ls "$1"/*.smt2 | xargs -P ${availableParallelism()} -n 1 "$2"`, 'sh', files, path])).seconds);
      const ledger = JSON.parse(readFileSync(json, 'utf8'));
      const confirmed = ledger.obligations.filter((entry) => entry.confirmed.length > 0).length;
      line(`  ${name}: ratio ${result.ratio.toFixed(2)}  (${seconds(result.a)} against ${seconds(result.b)}); ${JSON.stringify(ledger.summary)}; ${confirmed} confirmed by a second engine within that time`);
    });
  }
  line('');
}

function which(name) {
  try { return execFileSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).trim(); } catch { return undefined; }
}
