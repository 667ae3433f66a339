// An unchanged re-verify of 1,000 obligations, the whole process, no re-checks.
import { join } from 'node:path';
import { assay, inFolder, line, paired, seconds, timed } from './measure.mjs';
import { writeTinyScripts } from './workload.mjs';

const COUNT = 1000, ROUNDS = 7;

export async function run() {
  await inFolder(async (folder) => {
    const files = join(folder, 'scripts'), env = { ASSAY_HOME: join(folder, 'home'), ASSAY_RECHECK_SHARE: '0' };
    writeTinyScripts(files, COUNT);
    // Files younger than two seconds are not remembered by their stat identity.
    await new Promise((resolve) => { setTimeout(resolve, 2500); });
    const verify = async () => (await timed(process.execPath, [assay, 'verify', files, '--no-progress'], { env })).seconds;
    const first = await verify();
    const result = await paired(ROUNDS, verify, async () => (await timed(process.execPath, ['-e', '0'])).seconds);
    line(`unchanged: ${COUNT} obligations, all cached, re-check share 0, median of ${ROUNDS} whole processes: ${seconds(result.a)} (target 300 ms); ratio to an empty Node process ${result.ratio.toFixed(1)} (${seconds(result.b)}); first run ${seconds(first)}\n`);
  });
}
