/**
 * Runs the pycode blocks of an .sby under python3: code of the repository, only with trust. Each block runs in a
 * process of its own, in a private copy of the files beside the .sby, with `task`, `tags` and `output` as the
 * SymbiYosys reference has them. What it printed comes back through a file, so that its standard output
 * cannot be taken for lines of the configuration.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, posix } from 'node:path';
import type { OutlineContext, RepositoryTree, Tool } from '../../contract.ts';
import type { PycodeRunner } from './expand.ts';

/** Files beside the .sby that are copied for pycode, and their sum, at most. */
const COPIED_FILES = 500;
const COPIED_BYTES = 32 * 2 ** 20;
const OUTPUT_BYTES = 4 * 2 ** 20;

const HARNESS = `import json, sys
with open(sys.argv[1]) as source: asked = json.load(source)
printed = []
def output(line): printed.append(str(line))
scope = {'task': asked['task'], 'tags': set(asked['tags']), 'output': output}
exec(compile(asked['code'], asked['name'], 'exec'), scope)
with open(sys.argv[2], 'w') as target: json.dump(printed, target)
`;

/** What pycode of this .sby may read: the files of its folder. They are inputs of the outline. */
export function filesBeside(tree: RepositoryTree, origin: string): readonly string[] {
  const folder = posix.dirname(origin) === '.' ? '' : `${posix.dirname(origin)}/`;
  let bytes = 0;
  const chosen: string[] = [];
  for (const file of tree.files) {
    if (!file.path.startsWith(folder) || file.path.slice(folder.length).includes('/')) continue;
    bytes += file.bytes;
    if (chosen.length >= COPIED_FILES || bytes > COPIED_BYTES) break;
    chosen.push(file.path);
  }
  return chosen;
}

export async function pycodeRunner(context: OutlineContext, python: Tool, origin: string): Promise<PycodeRunner> {
  const workspace = await context.workspace();
  const copy = join(workspace, 'pycode');
  for (const file of filesBeside(context.tree, origin)) {
    const target = join(copy, file);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, await context.tree.read(file));
  }
  const cwd = join(copy, posix.dirname(origin));
  await mkdir(cwd, { recursive: true });
  const harness = join(workspace, 'harness.py');
  await writeFile(harness, HARNESS);
  let count = 0;
  return async (code, task, tags) => {
    const asked = join(workspace, `asked.${++count}.json`);
    const answer = join(workspace, `answer.${count}.json`);
    await writeFile(asked, JSON.stringify({ code, task: task ?? null, tags, name: posix.basename(origin) }));
    const result = await context.run(python, ['-I', harness, asked, answer], { cwd });
    if (result.exit.reason !== 'exited' || result.exit.code !== 0) {
      const last = result.stderr.content.toString('utf8').trim().split('\n').at(-1);
      return { problem: last || `python3 ended with ${result.exit.reason}` };
    }
    const text = await readFile(answer).catch(() => undefined);
    if (!text || text.length > OUTPUT_BYTES) return { problem: text ? 'printed more than 4 MiB' : 'wrote nothing' };
    const lines: unknown = JSON.parse(text.toString('utf8'));
    return Array.isArray(lines) ? lines.map(String) : { problem: 'wrote no list' };
  };
}
