// Dafny programs that verify: `assay verify` against `xargs -P JOBS -n 1 dafny verify` with the same solver, and what Assay itself costs at one job.
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { assay, inFolder, line, paired, root, seconds, timed } from './measure.mjs';

/** ASSAY_BENCH_DAFNY: how many programs; 0 for all. */
const COUNT = Number(process.env.ASSAY_BENCH_DAFNY ?? 24), ROUNDS = Number(process.env.ASSAY_BENCH_ROUNDS ?? 3);
const VISIBLE = join(root, '../shared/data/visible/dafny');

const ROWS = [
  { jobs: 2, env: { ASSAY_WARM: '0' }, what: 'fresh processes, 2 jobs', target: 0.95 },
  { jobs: 1, env: { ASSAY_WARM: '0' }, what: 'fresh processes, 1 job', target: 1.05 },
];

/** Reference programs, evenly taken from the list by name; without the public set the samples. */
function programs() {
  if (!existsSync(VISIBLE)) return readdirSync(join(root, 'samples/dafny')).filter((name) => name.endsWith('.dfy')).map((name) => join(root, 'samples/dafny', name));
  const all = readdirSync(join(VISIBLE, 'dafnybench')).filter((name) => name.endsWith('.reference.dfy')).sort().map((name) => join(VISIBLE, 'dafnybench', name));
  const count = COUNT === 0 ? all.length : Math.min(COUNT, all.length);
  return Array.from({ length: count }, (_, index) => all[Math.floor((index * all.length) / count)]);
}

export async function run() {
  const path = `${process.env.PATH}:${join(homedir(), '.assay-dafny')}`;
  const which = (name) => { try { return execFileSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8', env: { ...process.env, PATH: path } }).trim(); } catch { return undefined; } };
  const [dafny, z3] = [which('dafny'), which('z3')];
  if (!dafny || !z3) { line(`dafny: skipped, ${dafny ? 'z3' : 'dafny'} is not installed\n`); return; }
  const files = programs();
  const version = execFileSync(dafny, ['--version'], { encoding: 'utf8' }).trim();
  line(`dafny: ${files.length} programs, each in a folder of its own, fresh, tools hashed before, effort 0, 20 s a condition, dafny ${version}, ${execFileSync(z3, ['--version'], { encoding: 'utf8' }).trim()}, median of ${ROUNDS} pairs; ratio = assay / xargs -P JOBS -n1 dafny verify`);
  for (const { jobs, env, what, target } of ROWS) await inFolder(async (folder) => {
    const repository = join(folder, 'programs'), json = join(folder, 'ledger.json');
    files.forEach((file, index) => { mkdirSync(join(repository, String(index)), { recursive: true }); copyFileSync(file, join(repository, String(index), 'program.dfy')); });
    const home = join(folder, 'home');
    // The tools are hashed once for an installation: not what is measured here.
    await timed(process.execPath, [assay, 'doctor'], { env: { PATH: path, ASSAY_HOME: home } });
    const result = await paired(ROUNDS,
      async () => (await timed(process.execPath, [assay, 'verify', repository, '--fresh', '--no-progress', '--json', json, '--effort', '0', '--wall', '20', '--jobs', String(jobs)], { env: { ...env, PATH: path, ASSAY_RECHECK_SHARE: '0', ASSAY_HOME: home } })).seconds,
      async () => (await timed('sh', ['-c', `ls "$1"/*/program.dfy | xargs -P ${jobs} -n 1 "$2" verify --cores=1 --allow-warnings --verification-time-limit=20 --solver-path="$3"`, 'sh', repository, dafny, z3], { env: { PATH: path } })).seconds);
    const ledger = JSON.parse(readFileSync(json, 'utf8'));
    line(`  ${what}: ratio ${result.ratio.toFixed(2)} (target ${target})  (${seconds(result.a)} against ${seconds(result.b)}); ${JSON.stringify(ledger.summary)}`);
  });
  line('');
}
