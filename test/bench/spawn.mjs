// What it costs to start a program and have its result: runProcess against bare execa and bare spawn, taken in
// turn so that a change of load meets all alike. Wall time and own processor time.   node test/bench/spawn.mjs [ROUNDS]
import { execa } from 'execa';
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { quantile } from './measure.mjs';
import { conditions, LIMITS, loadRunProcess } from './processes.mjs';

const WARM_UP = 20;
const rounds = Number(process.argv[2] ?? 200);
const runProcess = await loadRunProcess();
const env = { PATH: '/usr/bin:/bin' };
const starters = {
  'bare spawn': (file, args) => new Promise((resolve) => {
    const child = spawn(file, args, { stdio: ['ignore', 'pipe', 'pipe'], detached: true, env });
    child.stdout.resume(); child.stderr.resume(); child.on('close', resolve);
  }),
  'bare execa': (file, args) => execa(file, args, { stdin: 'ignore', reject: false, detached: true, cleanup: false, extendEnv: false, env }),
  runProcess: (file, args) => runProcess({ file, args, cwd: '/', env, limits: LIMITS }),
};
for (const [file, ...args] of [['/bin/true'], ['/usr/bin/z3', '-version']]) {
  if (!existsSync(file)) { console.log(`${file}: not installed, left out`); continue; }
  const wall = {}, cpu = {};
  for (const name in starters) { wall[name] = []; cpu[name] = 0; }
  for (let round = -WARM_UP; round < rounds; round++) for (const [name, start] of Object.entries(starters)) {
    const before = process.cpuUsage();
    const since = performance.now();
    await start(file, args);
    if (round < 0) continue;
    wall[name].push(performance.now() - since);
    const used = process.cpuUsage(before);
    cpu[name] += (used.user + used.system) / 1000 / rounds;
  }
  for (const name in starters)
    console.log(`${[file, ...args].join(' ')}  ${name.padEnd(10)}  median ${quantile(wall[name], 0.5).toFixed(2)} ms, least ${Math.min(...wall[name]).toFixed(2)} ms, own processor time ${cpu[name].toFixed(2)} ms`);
}
console.log(`conditions: ${rounds} rounds in turn, ${conditions()}`);
