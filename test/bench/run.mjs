// Speed as ratios against a named baseline in the same run: `npm run bench [-- SUITE…]`, `./assay bench [SUITE]`.
// Every figure carries machine, versions, n and the command that made it. Nothing here passes or fails.
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';
import { isOutOfDate, buildAll } from '../../app/build.mjs';

const SUITES = ['tiny', 'unchanged', 'makespan', 'cancel', 'dafny', 'retrieval'];
const asked = process.argv.slice(2).filter((word) => !word.startsWith('-'));
for (const name of asked) if (!SUITES.includes(name)) {
  process.stderr.write(`there is no suite "${name}"; there are ${SUITES.join(', ')}\n`);
  process.exit(64);
}
if (isOutOfDate()) await buildAll();
process.stdout.write(`${cpus()[0]?.model}, ${availableParallelism()} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}, load ${loadavg()[0].toFixed(1)} at the start, ${new Date().toISOString()}\n\n`);
for (const name of SUITES) if (asked.length === 0 || asked.includes(name)) await (await import(`./${name}.mjs`)).run();
