import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Engine } from '../../../app/engine/engine.ts';
import { toolchains } from '../../../toolchains/registry.ts';

const cvc5 = (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, 'cvc5')).find((path) => existsSync(path));
let folder = '';
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'assay-retry-')); });
afterEach(() => { rmSync(folder, { recursive: true, force: true }); });

/** A cvc5 that dies by SIGSEGV the first `deaths` times it is given a script. */
function fragile(deaths: number): void {
  mkdirSync(join(folder, 'bin'));
  symlinkSync(cvc5!, join(folder, 'real'));
  const program = join(folder, 'bin', 'cvc5');
  writeFileSync(program, `#!/bin/sh\ncase $1 in --version|-V) exec "${folder}/real" "$@" ;; esac\necho x >>"${folder}/starts"\ntest "$(wc -l <"${folder}/starts")" -gt ${deaths} || kill -s SEGV $$\nexec "${folder}/real" "$@"\n`);
  chmodSync(program, 0o755);
}

async function verifyOne(): Promise<{ kind: string; notices: string[]; starts: number }> {
  mkdirSync(join(folder, 'repository'));
  // With push it goes to a process of its own: one that is kept warm is replaced without a word.
  writeFileSync(join(folder, 'repository', 'a.smt2'), '(set-logic QF_UF)\n(push 1)\n(declare-const p Bool)\n(assert (and p (not p)))\n(check-sat)\n');
  const engine = await Engine.create({ toolchains: toolchains.filter(({ id }) => id === 'smt'), home: join(folder, 'home'), path: [join(folder, 'bin'), '/usr/bin', '/bin'].join(delimiter) });
  const signal = new AbortController().signal;
  const notices: string[] = [];
  try {
    const opened = await engine.plan({ path: join(folder, 'repository'), trusted: false, signal });
    const tools = { ...opened, tools: Object.assign(Object.create(opened.tools) as typeof opened.tools, { of: () => opened.tools.of('smt').filter((tool) => tool.path.startsWith(folder)) }) };
    const { ledger } = await engine.verify(tools, {
      limits: { wallSeconds: 20, memoryMb: 1024, effort: 0 }, trusted: false, fresh: true, selection: {}, command: [], recheckShare: 0, signal,
      onEvent: (event) => { if (event.type === 'notice') notices.push(event.message); },
    });
    return { kind: ledger.entries[0]!.result.verdict.kind, notices, starts: readFileSync(join(folder, 'starts'), 'utf8').trim().split('\n').length };
  } finally {
    await engine.dispose();
  }
}

it.skipIf(!cvc5)('a tool that died is started once more, and it is said (needs cvc5)', async () => {
  fragile(1);
  const { kind, notices, starts } = await verifyOne();
  expect(kind).toBe('proved');
  expect(starts).toBe(2);
  expect(notices).toEqual([expect.stringMatching(/cvc5.*died \(SIGSEGV\) and was started once more/)]);
});

it.skipIf(!cvc5)('a tool that dies twice has crashed (needs cvc5)', async () => {
  fragile(1000);
  const { kind, starts } = await verifyOne();
  expect(kind).toBe('crashed');
  expect(starts).toBe(2);
});
