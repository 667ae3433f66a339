/**
 * `assay bench [SUITE]`: speed as ratios against a named baseline in the same run; works in a checkout, where the suites are.
 * `assay bench FOLDER`: a set of proof tasks.
 */
import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runProcess } from '../../toolchains/process.ts';
import { UsageError } from './arguments.ts';
import { benchTasks, TASKS_HELP } from './bench-tasks.ts';

const DAY_SECONDS = 86_400;

export async function benchCommand(args: readonly string[]): Promise<number> {
  if (args.includes('--help')) { process.stdout.write(`${TASKS_HELP}\n`); return 0; }
  const folder = args.find((word) => !word.startsWith('-') && existsSync(word) && statSync(word).isDirectory());
  if (folder !== undefined) return benchTasks(folder, args);
  const suites = findSuites();
  if (!suites) throw new UsageError('bench works in a checkout of Assay: its suites are not part of an installation');
  const controller = new AbortController();
  process.once('SIGINT', () => controller.abort());
  const result = await runProcess({
    file: process.execPath, args: [suites, ...args], cwd: process.cwd(), env: { PATH: process.env.PATH ?? '' }, signal: controller.signal,
    limits: { wallSeconds: DAY_SECONDS, memoryMb: 65_536, outputBytes: 1_048_576, floodBytes: 1_073_741_824 },
    onOutput: (stream, chunk) => { process[stream].write(chunk); },
  });
  return result.exit.code ?? 130;
}

function findSuites(): string | undefined {
  let folder = dirname(fileURLToPath(import.meta.url));
  for (;;) {
    const candidate = join(folder, 'test', 'bench', 'run.mjs');
    if (existsSync(candidate)) return candidate;
    const parent = dirname(folder);
    if (parent === folder) return undefined;
    folder = parent;
  }
}
