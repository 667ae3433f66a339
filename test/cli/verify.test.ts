import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { commandRoom, verdictsOf, type CommandRoom } from './run.ts';

let room: CommandRoom;
beforeEach(() => { room = commandRoom(); });
afterEach(() => { room.dispose(); });

const UNSAT = '(declare-const p Bool)\n(assert (and p (not p)))\n(check-sat)\n';
const put = (name: string, content: string | Buffer): string => {
  const path = join(room.folder, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, content);
  return path;
};
/** n+1 pigeons in n holes: for 12 far beyond any test's time. */
function pigeonHole(holes: number): string {
  const clauses: string[] = [];
  const variable = (pigeon: number, hole: number): number => pigeon * holes + hole + 1;
  for (let pigeon = 0; pigeon <= holes; pigeon++) clauses.push(`${Array.from({ length: holes }, (_, hole) => variable(pigeon, hole)).join(' ')} 0`);
  for (let hole = 0; hole < holes; hole++) for (let one = 0; one <= holes; one++) for (let other = one + 1; other <= holes; other++) clauses.push(`-${variable(one, hole)} -${variable(other, hole)} 0`);
  return `p cnf ${(holes + 1) * holes} ${clauses.length}\n${clauses.join('\n')}\n`;
}

describe('assay verify', () => {
  it('is 64 with a word on usage, for no command, an unknown one, an unknown option and a bad number', async () => {
    for (const args of [[], ['prove-it'], ['verify'], ['verify', '.', '--nonsense'], ['verify', '.', '--wall', 'soon']]) {
      const { code, stderr, stdout } = await room.run(args);
      expect(code, args.join(' ')).toBe(64);
      expect(stderr + stdout).toContain('usage');
    }
  });

  it('is 3 and names the path where there is nothing, and 3 for an empty folder', async () => {
    const missing = await room.run(['verify', 'not-there']);
    expect(missing).toMatchObject({ code: 3, stderr: expect.stringContaining('not-there') });
    mkdirSync(join(room.folder, 'empty'));
    expect((await room.verify(['empty'])).code).toBe(3);
  });

  it('writes only the ledger to standard output with --json -, and words for people elsewhere', async () => {
    put('r/a.smt2', UNSAT);
    const { code, stdout, stderr } = await room.run(['verify', 'r', '--json', '-', '--no-progress']);
    expect(code).toBe(0);
    expect((JSON.parse(stdout) as { summary: object }).summary).toEqual({ proved: 1 });
    expect(stderr).toContain('Proved');
  });

  it('is 3 where --only matches nothing', async () => {
    put('r/a.smt2', UNSAT);
    expect((await room.verify(['r', '--only', 'nothing-of-that-name'])).code).toBe(3);
    expect((await room.verify(['r', '--only', 'check-sat*'])).code).toBe(0);
  });

  it('joins several paths in one ledger, with the most serious exit code', async () => {
    put('one/a.smt2', UNSAT);
    put('two/b.smt2', UNSAT.replace('(and p (not p))', 'p'));
    const { code, ledger } = await room.verify(['one', 'two']);
    expect(verdictsOf(ledger)).toEqual(['one/a.smt2 check-sat 1 proved', 'two/b.smt2 check-sat 1 refuted']);
    expect(code).toBe(1);
  });

  it('goes on after a broken file, whatever its name and content', async () => {
    put('r/good.smt2', UNSAT);
    put('r/garbage.smt2', Buffer.from(Array.from({ length: 4096 }, (_, index) => (index * 7919) % 256)));
    put('r/empty.cnf', '');
    put('r/with space \'quote\' "double".smt2', UNSAT);
    put('r/new\nline \u001b[31m.smt2', UNSAT);
    const { code, ledger, stdout } = await room.verify(['r']);
    const kinds = Object.fromEntries(ledger.obligations.map((entry) => [entry.file, entry.verdict.kind]));
    expect(kinds).toEqual({ 'good.smt2': 'proved', 'garbage.smt2': 'malformed', 'empty.cnf': 'malformed', 'with space \'quote\' "double".smt2': 'proved', 'new\nline \u001b[31m.smt2': 'proved' });
    expect(code).toBe(3);
    expect(stdout, 'a name cannot write escapes to the terminal').not.toContain('\u001b[31m');
  });

  it.skipIf(process.platform === 'win32')('starts no solver that lies in the repository, by whatever PATH', async () => {
    put('r/a.smt2', UNSAT.replace('(and p (not p))', 'p'));
    const trap = put('r/z3', `#!/bin/sh\ntouch "${join(room.folder, 'started')}"\necho unsat\n`);
    chmodSync(trap, 0o755);
    const { ledger } = await room.verify(['r'], { PATH: `:.:${join(room.folder, 'r')}:r:${process.env.PATH ?? ''}` });
    expect(verdictsOf(ledger)).toEqual(['a.smt2 check-sat 1 refuted']);
    expect(readdirSync(room.folder)).not.toContain('started');
  });

  it('ends at once on an interrupt, says 130, keeps what was finished, and goes on from there', async () => {
    put('r/a.smt2', UNSAT);
    put('r/hard.cnf', pigeonHole(12));
    const started = room.start(['verify', 'r', '--json', 'ledger.json', '--no-progress', '--wall', '300']);
    await untilKept(room, 'smt:a.smt2#check-sat 1');
    const interrupted = performance.now();
    started.child.kill('SIGINT');
    const ended = await started.ended;
    const milliseconds = performance.now() - interrupted;
    expect(ended.code).toBe(130);
    expect(milliseconds, 'generous on a loaded machine; the bench measures it').toBeLessThan(5000);
    const ledger = JSON.parse(readFileSync(join(room.folder, 'ledger.json'), 'utf8')) as Parameters<typeof verdictsOf>[0];
    expect(verdictsOf(ledger)).toEqual(['a.smt2 check-sat 1 proved', 'hard.cnf cnf cancelled']);
    expect(ledger.outcome).toBe('cancelled');
    expect(leftOf(room.folder), 'no solver is left').toEqual([]);
    const again = await room.verify(['r', '--only', 'check-sat']);
    expect(again.ledger.obligations[0]).toMatchObject({ cached: true, verdict: { kind: 'proved' } });
  });

  it('lets two at once on one repository share the work and agree', async () => {
    for (let file = 0; file < 12; file++) put(`r/f${file}.cnf`, pigeonHole(5 + (file % 3)));
    const [one, two] = await Promise.all([room.verify(['r', '--effort', '0']), room.verify(['r', '--effort', '0'])]);
    expect(one!.ledger.summary).toEqual({ proved: 12 });
    expect(two!.ledger.summary).toEqual({ proved: 12 });
    const fresh = [...one!.ledger.obligations, ...two!.ledger.obligations].filter((entry) => !entry.cached);
    expect(fresh, 'no job is done twice').toHaveLength(12);
  });

  it('says of the whole what the deadline left undone', async () => {
    put('r/hard.cnf', pigeonHole(12));
    const { code, ledger } = await room.verify(['r', '--wall', '300', '--deadline', '1']);
    expect(code).toBe(2);
    expect(ledger.obligations[0]!.verdict).toMatchObject({ kind: 'timeout', reason: 'the time of the run was over' });
  });
});

async function untilKept(where: CommandRoom, id: string): Promise<void> {
  const { openStore } = await import('../../app/engine/ledger/store.ts');
  for (let waited = 0; waited < 200; waited++) {
    await new Promise((resolve) => { setTimeout(resolve, 100); });
    const store = openStore(join(where.folder, 'home'));
    try { if (store.history(id).length > 0) return; } finally { store.close(); }
  }
  throw new Error(`${id} was not finished in time`);
}

/** Processes whose command line names the folder or a private one of its solvers. */
function leftOf(folder: string): string[] {
  const list = spawnSync('ps', ['-eo', 'args'], { encoding: 'utf8' }).stdout ?? '';
  return list.split('\n').filter((line) => line.includes(folder) && !line.startsWith('ps '));
}
