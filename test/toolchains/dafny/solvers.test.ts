/** Solvers that are not there, die, or lie. */
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Tool } from '../../../toolchains/contract.ts';
import { dafny } from '../../../toolchains/dafny/index.ts';
import { temporaryFolder, toolsOf } from '../check-context.ts';
import { DAFNY_PATH, hasDafny, SLOW_MS, told, tools } from './tools.ts';

const PROGRAM = { 'a.dfy': 'method Good(x: int) ensures x == x { assert x + 1 > x; }\nlemma False() ensures 1 == 2 { }\n' };
const dafnyTool = tools.filter((tool) => tool.id === 'dafny');
const z3 = tools.find((tool) => tool.id === 'z3');

async function withSolver(script: string): Promise<Readonly<Record<string, string>>> {
  const folder = await temporaryFolder();
  try {
    const bin = join(folder.root, 'bin');
    await mkdir(bin);
    await writeFile(join(bin, 'z3'), `#!/bin/sh\n[ "$1" = --version ] && { echo "Z3 version 4.12.1 - 64 bit"; exit 0; }\n${script}\n`);
    await chmod(join(bin, 'z3'), 0o755);
    const solvers: readonly Tool[] = (await toolsOf(dafny, bin)).filter((tool) => tool.id === 'z3');
    expect(solvers).toHaveLength(1);
    return (await told(PROGRAM, { tools: [...dafnyTool, ...solvers] })).words;
  } finally {
    await folder.dispose();
  }
}

describe('tools that are not there', () => {
  it('no dafny, and no solver', async () => {
    expect((await told(PROGRAM, { tools: [] })).words).toMatchObject({ Good: expect.stringMatching(/^tool-missing/) as string });
    expect((await told(PROGRAM, { tools: dafnyTool })).words).toMatchObject({ Good: expect.stringMatching(/^tool-missing/) as string });
  });
  it('an older dafny is found and not used', async () => {
    const folder = await temporaryFolder();
    const program = join(folder.root, 'dafny');
    await writeFile(program, '#!/bin/sh\necho "Dafny 2.3.0.10506"\n');
    await chmod(program, 0o755);
    const { createToolHost } = await import('../../../toolchains/executables.ts');
    const located = await dafny.locate(createToolHost({ path: folder.root }));
    expect(located.tools.filter((tool) => !tool.embedded)).toMatchObject([{ id: 'dafny', version: '2.3.0', unfit: '2.3.0 is older than 4.0' }]);
    expect(located.missing).toMatchObject([{ id: 'dafny', remedy: expect.stringContaining('assay install dafny') as string }, { id: 'z3' }]);
    await folder.dispose();
  });
  it('a version in the managed folder is found', async () => {
    const folder = await temporaryFolder({ 'dafny/4.11.0/dafny': '#!/bin/sh\necho 4.11.0+abc\n', 'dafny/4.9.0/dafny': '#!/bin/sh\necho 4.9.0\n' });
    for (const version of ['4.11.0', '4.9.0']) await chmod(join(folder.root, 'dafny', version, 'dafny'), 0o755);
    const { createToolHost } = await import('../../../toolchains/executables.ts');
    const located = await dafny.locate(createToolHost({ path: '', managed: folder.root }));
    expect(located.tools.filter((tool) => tool.id === 'dafny').map((tool) => tool.version)).toEqual(['4.11.0', '4.9.0']);
    await folder.dispose();
  });
});

describe.skipIf(!hasDafny)('solvers that misbehave (needs dafny, z3)', { timeout: SLOW_MS }, () => {
  it.each([
    ['says unsat to everything', 'while read line; do case "$line" in *check-sat*) echo unsat;; esac; done; echo unsat'],
    ['echoes', 'exec cat'],
    ['ends at once', 'exit 0'],
    ['is right about the file and ends in conversation', `for word; do case "$word" in *.smt2) exec ${z3?.path} "$@";; esac; done; exit 3`],
    ['is right about the file and says unsat in conversation', `for word; do case "$word" in *.smt2) exec ${z3?.path} "$@";; esac; done
while read line; do case "$line" in *check-sat*) echo unsat;; *get-info*reason*) echo '(:reason-unknown "")';; *get-info*rlimit*) echo '(:rlimit 1)';; *get-info*name*) echo '(:name "Z3")';; esac; done`],
  ])('one that %s never proves the false lemma', async (_, script) => {
    const words = await withSolver(script);
    expect(Object.keys(words)).toEqual(['Good', 'False']);
    expect(words.False).not.toBe('proved');
  });
  it('a cvc5 that says unsat to everything is not raced', async () => {
    const folder = await temporaryFolder({ cvc5: `#!/bin/sh\n[ "$1" = --version ] && { echo "This is cvc5 version 1.0.3"; exit 0; }\nfor file; do :; done\n[ "$file" = - ] && file=/dev/stdin\nsed 's/(check-sat)/(assert false)(check-sat)/' "$file" | ${z3?.path} -smt2 -in\n` });
    await chmod(join(folder.root, 'cvc5'), 0o755);
    const [liar] = (await toolsOf(dafny, `${DAFNY_PATH}:${folder.root}`)).filter((tool) => tool.path.startsWith(folder.root));
    const { words, runs } = await told(PROGRAM, { tools: [...dafnyTool, z3!, liar!], effort: 2, limits: { wallSeconds: 5 } });
    expect(runs.some((run) => run.argv[0] === liar!.path)).toBe(true);
    expect(words.False).toMatch(/^(?:failed|refuted)/);
    await folder.dispose();
  });
  it('one that fails at the third question leaves no green', async () => {
    const words = await withSolver(`for word; do case "$word" in *.smt2) exec ${z3?.path} "$@";; esac; done\n( n=0; while IFS= read -r line; do printf '%s\\n' "$line"; case "$line" in *check-sat*) n=$((n+1)); [ $n -ge 1 ] && exit 0;; esac; done ) | head -c 2000 | ${z3?.path} "$@"`);
    expect(words.False).not.toBe('proved');
  });
});
