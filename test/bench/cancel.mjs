// Cancel-to-gone: milliseconds from `abort()` until runProcess settles, by when the whole tree is gone, which
// is checked in /proc. 100 rounds of a tree of four: a group of three of which two compute, and a daemon that left
// group, session and parent. Target: below 500 ms at p99.   node test/bench/cancel.mjs [ROUNDS]
import { mkdtempSync, readFileSync, rmSync, existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { quantile } from './measure.mjs';
import { conditions, LIMITS, loadRunProcess } from './processes.mjs';

const TREE = `
for _ in 1 2; do sh -c 'echo $$ >>"$1"; while :; do :; done' sh "$1" & done
(setsid env -i /bin/sh -c 'echo $$ >>"$1"; exec /bin/sleep 1000' sh "$1" </dev/null >/dev/null 2>&1 &)
echo $$ >>"$1"
wait`;
const TREE_SIZE = 4;
const TARGET_MS = 500;

/** Prints the figures; judges nothing. */
export async function run(rounds = 100) {
  const runProcess = await loadRunProcess();
  const folder = mkdtempSync(join(tmpdir(), 'assay-bench-'));
  const lines = (file) => (existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n').filter(Boolean) : []);
  const running = (pid) => {
    try { return !/^[ZX]/.test(readFileSync(`/proc/${pid}/stat`, 'latin1').replace(/^.*\) /s, '')); } catch { return false; }
  };

  const times = [];
  let left = 0;
  for (let round = 0; round < rounds; round++) {
    const file = join(folder, String(round));
    const control = new AbortController();
    const ended = runProcess({ file: '/bin/sh', args: ['-c', TREE, 'sh', file], cwd: folder, limits: LIMITS, signal: control.signal });
    while (lines(file).length < TREE_SIZE) await new Promise((resolve) => { setTimeout(resolve, 5); });
    const since = performance.now();
    control.abort();
    await ended;
    times.push(performance.now() - since);
    left += lines(file).filter(running).length;
  }
  rmSync(folder, { recursive: true, force: true });
  const p99 = quantile(times, 0.99);
  console.log(`cancel-to-gone, ${rounds} trees of ${TREE_SIZE} processes: median ${quantile(times, 0.5).toFixed(1)} ms, p99 ${p99.toFixed(1)} ms, largest ${Math.max(...times).toFixed(1)} ms (target p99 < ${TARGET_MS} ms); processes left: ${left}`);
  console.log(`conditions: ${conditions()}\n`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await run(Number(process.argv[2] ?? 100));
