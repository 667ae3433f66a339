/** Hostile programs in the sandbox. Each deed is also done without it where that is harmless, so that the test would see it succeed. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runProcess, type ProcessRequest, type ProcessResult } from '../../../toolchains/process.ts';
import { probe } from '../../../toolchains/process/sandbox/probe.ts';
import { sandboxState } from '../../../toolchains/process/sandbox/state.ts';

const state = await sandboxState();
const bwrap = existsSync('/usr/bin/bwrap');
const HOSTILE = fileURLToPath(new URL('../../fixtures/programs/hostile.mjs', import.meta.url));
const LIMITS = { wallSeconds: 30, memoryMb: 2048, outputBytes: 1 << 20, floodBytes: 64 << 20 };

let place: string, repository: string, work: string;
beforeAll(() => {
  place = mkdtempSync(join(tmpdir(), 'assay-sandbox-'));
  repository = join(place, 'repository'), work = join(place, 'work');
  mkdirSync(repository); mkdirSync(work);
  writeFileSync(join(repository, 'file.txt'), 'of the repository');
  writeFileSync(join(place, 'secret.txt'), 'a secret');
  writeFileSync(join(repository, 'hostile.mjs'), readFileSync(HOSTILE));
});
afterAll(() => { rmSync(place, { recursive: true, force: true }); });

function hostile(args: readonly string[], changes: Partial<ProcessRequest> = {}): Promise<ProcessResult> {
  return runProcess({
    file: process.execPath, args: [join(repository, 'hostile.mjs'), ...args], cwd: work, limits: LIMITS,
    sandbox: { readOnly: [repository], writable: [work] }, ...changes,
  });
}

async function said(...args: readonly string[]): Promise<unknown> {
  const result = await hostile(args);
  expect(result.exit, result.stderr.content.toString()).toEqual({ code: 0, signal: null, reason: 'exited' });
  expect(result.sandbox).toMatch(/^bubblewrap \d/);
  return JSON.parse(result.stdout.content.toString());
}

it.skipIf(!bwrap || process.platform !== 'linux')('is there where bubblewrap is, and holds in its own trial (needs bwrap)', () => {
  expect(state).toMatchObject({ kind: 'bubblewrap', path: expect.stringMatching(/^\//), version: expect.stringMatching(/^\d/) });
});

describe.skipIf('missing' in state)('code of a stranger in the sandbox (needs bwrap)', () => {
  it('writes only where it may', async () => {
    const paths = [join(work, 'a'), join(repository, 'file.txt'), join(repository, 'new'), '/usr/assay-hostile', '/dev/assay-hostile', '/assay-hostile', '/proc/sys/kernel/core_pattern', '/proc/self/oom_score_adj'];
    const answers = await said('write', ...paths) as { done?: true; error?: string }[];
    expect(answers.map((answer) => answer.done ?? false)).toEqual([true, ...paths.slice(1).map(() => false)]);
    expect(readFileSync(join(repository, 'file.txt'), 'utf8')).toBe('of the repository');
    await said('write', join(tmpdir(), 'assay-hostile-written'));
    expect(existsSync(join(tmpdir(), 'assay-hostile-written'))).toBe(false);
  });

  it('reads the repository, and neither what lies beside it nor accounts nor the home', async () => {
    const names = ['/etc/passwd', '/etc/shadow', join(place, 'secret.txt'), join(homedir(), '.profile'), '/root/.bashrc', '/proc/1/root/etc/shadow', `/proc/${process.pid}/environ`];
    const answers = await said('read', join(repository, 'file.txt'), ...names) as { done?: string }[];
    expect(answers.map((answer) => answer.done)).toEqual(['of the repository', ...names.map(() => undefined)]);
    const [home] = await said('list', join(homedir(), '.ssh')) as { done?: string[] }[];
    expect(home?.done).toBeUndefined();
    const linked = await said('link', join(place, 'secret.txt'), join(work, 'link')) as { done?: unknown }[];
    expect(linked.map((answer) => answer.done)).toEqual([undefined, undefined]);
  });

  it('sees nothing of the environment of Assay, and a home of its own', async () => {
    process.env.HOSTILE_SECRET = 'token';
    const env = await said('environment') as Record<string, string>;
    delete process.env.HOSTILE_SECRET;
    expect(Object.keys(env).sort().filter((name) => name !== 'PWD')).toEqual(['HOME', 'LANG', 'PATH', 'TMPDIR']);
    expect([env.HOME, env.TMPDIR]).toEqual(['/tmp/home', '/tmp']);
    expect(Object.values(env)).not.toContain(homedir());
  });

  it('reaches no server: not by loopback, not by a socket file, not beyond the machine', async () => {
    const servers: Server[] = [];
    const listen = async (at: object): Promise<Server> => { const server = createServer((socket) => { socket.end(); }); servers.push(server); await new Promise<void>((resolve) => { server.listen(at, resolve); }); return server; };
    const loopback = await listen({ host: '127.0.0.1', port: 0 });
    await listen({ path: join(place, 'socket') });
    const port = String((loopback.address() as { port: number }).port);
    try {
      const outside = await hostile(['connect', '127.0.0.1', port], { sandbox: undefined } as Partial<ProcessRequest>);
      expect(outside.stdout.content.toString().trim()).toBe('"connected"');
      expect(await said('connect', '127.0.0.1', port)).toBe('ECONNREFUSED');
      expect(await said('connect', join(place, 'socket'))).toBe('ENOENT');
      expect(await said('connect', '192.0.2.1', '80')).toMatch(/UNREACH/);
    } finally {
      for (const server of servers) server.close();
    }
  });

  it('sees no process of others and cannot end one', async () => {
    const seen = await said('processes') as string[];
    expect(seen.length).toBeLessThanOrEqual(3);
    expect(seen.join('\n')).not.toContain('vitest');
    expect((await said('kill', String(process.pid), String(process.ppid)) as { done?: true }[]).map((answer) => answer.done)).toEqual([undefined, undefined]);
  });

  it('holds no descriptor of Assay, makes no namespace, fills no memory through /tmp', async () => {
    // Its own streams, and those that Node opened itself: none is above what Node has without Assay.
    const bare = JSON.parse(execFileSync(process.execPath, [HOSTILE, 'descriptors'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })) as number[];
    expect((await said('descriptors') as number[]).length).toBeLessThanOrEqual(bare.length);
    expect(await said('namespace')).not.toBe(0);
    expect(await said('fill')).toEqual({ error: 'ENOSPC' });
  });

  it('is gone with all its children when time is up', async () => {
    const result = await hostile(['family', join(work, 'started')], { limits: { ...LIMITS, wallSeconds: 3 } });
    expect(result.exit.reason).toBe('wall');
    expect(existsSync(join(work, 'started'))).toBe(true);
    const alive = execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' }).split('\n').filter((line) => line.includes(repository) || line.trim() === 'sleep 39171');
    expect(alive).toEqual([]);
  });

  it('is held to its memory, and to a cancel', async () => {
    const result = await hostile(['memory'], { limits: { ...LIMITS, memoryMb: 400 } });
    expect(result.exit.reason).toBe('memory');
    expect(result.peakMemoryMb).toBeGreaterThan(400);
    const stop = new AbortController();
    setTimeout(() => { stop.abort(); }, 500);
    expect((await hostile(['family', join(work, 'again')], { signal: stop.signal })).exit.reason).toBe('cancelled');
  });

  it('tells a signal from an exit', async () => {
    expect((await hostile(['signal', 'SIGSEGV'])).exit).toMatchObject({ reason: 'signalled', signal: 'SIGSEGV' });
  });
});

describe.skipIf('missing' in state)('what cannot be shown safely is refused (needs bwrap)', () => {
  const words = async (changes: Partial<ProcessRequest>): Promise<string> => {
    const { exit } = await hostile(['environment'], changes);
    expect(exit.reason).toBe('not-started');
    return exit.message ?? '';
  };
  it('the home, the root, and what is not there', async () => {
    for (const wide of [homedir(), '/']) expect(await words({ sandbox: { readOnly: [wide], writable: [work] } })).toContain('home of the user');
    expect(await words({ sandbox: { readOnly: [join(place, 'gone')], writable: [work] } })).toContain('is not there');
    expect(await words({ cwd: place })).toContain('is not among those');
    expect(await words({ file: join(place, 'no-program') })).toContain('is not there');
  });
});

describe('the trial', () => {
  it('finds each hole of a sandbox that is none', async () => {
    const leaks = await probe('bubblewrap', ({ sandbox: _none, ...request }) => runProcess(request));
    expect(leaks.join('\n')).toContain('a secret outside');
    expect(leaks.join('\n')).toContain('a file outside could be written');
    for (const name of ['net', 'pid', 'ipc', 'uts', 'mnt']) expect(leaks).toContain(`the ${name} namespace is not its own`);
    expect(leaks).toContain('processes of others can be seen');
  });
  it('does not pass for one that runs nothing, or says what it is to say', async () => {
    const nothing = { content: Buffer.alloc(0), bytes: 0, truncated: false };
    const made = (text: string) => (request: ProcessRequest): Promise<ProcessResult> => Promise.resolve({
      argv: [request.file], cwd: request.cwd, env: {}, startedAt: '', seconds: 0, cpuSeconds: 0, peakMemoryMb: 0, exit: { code: 0, signal: null, reason: 'exited' }, stderr: nothing,
      stdout: { content: Buffer.from(text), bytes: text.length, truncated: false },
    });
    expect(await probe('bubblewrap', made(''))).not.toEqual([]);
    expect(await probe('bubblewrap', made('end=\n'))).not.toEqual([]);
  });
});
