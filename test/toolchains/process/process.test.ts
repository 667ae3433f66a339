import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { run, temporaryFolder } from './programs.ts';
import { writeFileSync } from 'node:fs';

const linux = process.platform === 'linux';

describe('a program that ends by itself', () => {
  it('has its code, its output and every field', async () => {
    const result = await run('/bin/sh', ['-c', 'echo out; echo err >&2; exit 7']);
    expect(result.exit).toEqual({ code: 7, signal: null, reason: 'exited' });
    expect(result.stdout).toEqual({ content: Buffer.from('out\n'), bytes: 4, truncated: false });
    expect(result.stderr.content.toString()).toBe('err\n');
    expect(result.argv).toEqual(['/bin/sh', '-c', 'echo out; echo err >&2; exit 7']);
    expect(result.seconds).toBeGreaterThan(0);
    expect(Date.parse(result.startedAt)).toBeGreaterThan(0);
  });

  it.each([0, 1, 2, 125, 126, 127, 255])('with code %i is `exited`', async (code) => {
    expect((await run('exit-with.sh', [String(code)])).exit).toEqual({ code, signal: null, reason: 'exited' });
  });

  it('gets its arguments as they are: quotes, blanks, newlines, shell signs', async () => {
    const hard = ['a b', '"; echo no', '$(id)', '`id`', "it's", 'line\nbreak', '', '*', '-n', '${HOME}', '\\'];
    const result = await run(process.execPath, ['-e', 'console.log(JSON.stringify(process.argv.slice(1)))', '--', ...hard]);
    expect(JSON.parse(result.stdout.content.toString())).toEqual(hard);
  });

  it('sees the allow-listed environment, what the request adds, and nothing else; the result tells it', async () => {
    process.env.ASSAY_TEST_SECRET = 'secret';
    const result = await run('/usr/bin/env', [], { env: { GIVEN: 'a=b', PATH: '/usr/bin' } });
    delete process.env.ASSAY_TEST_SECRET;
    const seen = Object.fromEntries(result.stdout.content.toString().trim().split('\n').map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));
    expect(seen).toEqual(result.env);
    expect(seen).toMatchObject({ GIVEN: 'a=b', PATH: '/usr/bin', LANG: 'C.UTF-8' });
    expect(seen).not.toHaveProperty('ASSAY_TEST_SECRET');
  });

  it('finds its standard input closed, or the named file there', async () => {
    using folder = temporaryFolder();
    const file = join(folder.path, "in put'.txt");
    writeFileSync(file, 'from the file');
    expect((await run('/bin/cat')).stdout.bytes).toBe(0);
    expect((await run('/bin/cat', [], { stdinFile: file })).stdout.content.toString()).toBe('from the file');
    expect((await run('/bin/cat', [], { stdinFile: folder.path })).exit.reason).toBe('not-started');
  });

  it('keeps bytes as they are', async () => {
    const result = await run('garbage.sh', ['300000']);
    expect(result.stdout).toMatchObject({ bytes: 300_000, truncated: false });
    expect(result.stdout.content.length).toBe(300_000);
  });

  it('hands on its output as it comes, in order', async () => {
    const chunks: Buffer[] = [];
    const result = await run('single-bytes.sh', ['2000'], { onOutput: (stream, chunk) => { expect(stream).toBe('stdout'); chunks.push(chunk); } });
    expect(Buffer.concat(chunks)).toEqual(result.stdout.content);
    expect(result.stdout.content.toString().split('\n').length).toBe(2001);
  });

  it('throws what a listener throws, once the program is gone', async () => {
    await expect(run('print-then-hang.sh', [], { onOutput: () => { throw new Error('a bug'); } })).rejects.toThrow('a bug');
  });

  it('never gets a relative PATH entry', async () => {
    expect((await run('/bin/true', [], { env: { PATH: '.:/usr/bin::bin' } })).env.PATH).toBe('/usr/bin');
  });

  it.runIf(linux)('inherits no open file of Assay but its three streams', async () => {
    const own = await run('/bin/ls', ['/proc/self/fd']);
    // 3 is the folder that `ls` reads; what a parent of the test left open comes through any spawn.
    expect(own.stdout.content.toString().split('\n').filter((fd) => fd !== '' && Number(fd) < 20)).toEqual(['0', '1', '2', '3']);
  });

  it('has its processor time and memory seen', async () => {
    const result = await run(process.execPath, ['-e', 'const kept = Buffer.alloc(200 * 2 ** 20, 1); const end = Date.now() + 600; while (Date.now() < end); console.log(kept.length)']);
    expect(result.peakMemoryMb).toBeGreaterThan(200);
    expect(result.cpuSeconds).toBeGreaterThan(0.1);
  });
});

describe('a program that does not start', () => {
  it('is `not-started`, with the reason', async () => {
    using folder = temporaryFolder();
    const file = join(folder.path, 'program');
    const started = async (path: string): Promise<string> => {
      const result = await run(path, []);
      expect(result.exit.reason).toBe('not-started');
      return result.exit.message ?? '';
    };
    expect(await started(file)).toContain('is not there');
    writeFileSync(file, '#!/does/not/exist\n', { mode: 0o755 });
    expect(await started(file)).toContain('not found');
    expect(await started(folder.path)).toContain('not a regular file');
    writeFileSync(join(folder.path, 'plain'), 'x', { mode: 0o644 });
    expect(await started(join(folder.path, 'plain'))).toContain('may not be executed');
    const relative = await run('/bin/true', [], { file: 'true' });
    expect(relative.exit).toMatchObject({ reason: 'not-started', message: 'true is not an absolute path' });
    expect((await run('/bin/true', [], { cwd: join(folder.path, 'absent') })).exit.reason).toBe('not-started');
    expect((await run('/bin/true', ['x'.repeat(4 << 20)])).exit.reason).toBe('not-started');
    expect((await run('/bin/true', ['a\0b'])).exit.reason).toBe('not-started');
  });

  it('is never text that a shell would read as a script', async () => {
    using folder = temporaryFolder();
    const file = join(folder.path, 'z3');
    writeFileSync(file, 'echo unsat\n', { mode: 0o755 });
    const result = await run(file, []);
    expect(result.exit.reason).toBe('not-started');
    expect(result.stdout.bytes).toBe(0);
  });

  it('is not started where it was cancelled before', async () => {
    using folder = temporaryFolder();
    const mark = join(folder.path, 'mark');
    const result = await run('/usr/bin/touch', [mark], { signal: AbortSignal.abort() });
    expect(result.exit.reason).toBe('cancelled');
    expect(existsSync(mark)).toBe(false);
  });
});

describe('limits', () => {
  it('wall: says so, though the program printed a success first', async () => {
    const result = await run('print-then-hang.sh', [], { limits: { wallSeconds: 0.5 } });
    expect(result.exit).toEqual({ code: null, signal: 'SIGKILL', reason: 'wall', message: 'not finished after 0.5 s' });
    expect(result.stdout.content.toString()).toBe('unsat\n');
    expect(result.seconds).toBeGreaterThanOrEqual(0.5);
  });

  it('wall: holds for a program that ignores signals', async () => {
    using folder = temporaryFolder();
    const result = await run('ignore-signals.sh', [join(folder.path, 'pids')], { limits: { wallSeconds: 0.5 } });
    expect(result.exit).toMatchObject({ signal: 'SIGKILL', reason: 'wall' });
  });

  it('wall: a program that ended in time has not timed out because Assay was busy when it did', async () => {
    const running = run('/bin/sleep', ['0.2'], { limits: { wallSeconds: 0.6 } });
    await new Promise((resolve) => { setTimeout(resolve, 100); });
    const until = Date.now() + 1500;
    while (Date.now() < until);
    expect((await running).exit.reason).toBe('exited');
  });

  it.runIf(linux)('memory: the sum over the tree counts', async () => {
    const result = await run('eat-memory.sh', ['150'], { limits: { memoryMb: 300 } });
    expect(result.exit).toMatchObject({ signal: 'SIGKILL', reason: 'memory', message: 'more than 300 MiB of memory' });
    expect(result.peakMemoryMb).toBeGreaterThan(300);
  });

  it.runIf(linux)('address space: the program itself meets the limit', async () => {
    const result = await run('/bin/sh', ['-c', 'ulimit -v'], { limits: { addressSpaceMb: 512 } });
    expect(result.stdout.content.toString()).toBe(`${512 * 1024}\n`);
    expect((await run('/bin/sh', ['-c', 'ulimit -v'])).stdout.content.toString()).toBe('unlimited\n');
  });

  it('output: the head is kept, the rest counted, a flood ended', async () => {
    const result = await run('flood.sh', [], { limits: { outputBytes: 1000, floodBytes: 3_000_000 } });
    expect(result.exit).toMatchObject({ reason: 'output', message: 'more than 3 MB of output' });
    expect(result.stdout.content.length).toBeLessThanOrEqual(1000);
    expect(result.stdout.bytes + result.stderr.bytes).toBeGreaterThan(3_000_000);
    expect(result.stdout.truncated || result.stderr.truncated).toBe(true);
  });

  it('output: more than is kept and less than a flood is cut and said to be', async () => {
    const result = await run('garbage.sh', ['50000'], { limits: { outputBytes: 10_000 } });
    expect(result.exit.reason).toBe('exited');
    expect(result.stdout).toMatchObject({ bytes: 50_000, truncated: true });
    expect(result.stdout.content.length).toBe(10_000);
  });

  it('a signal that is not ours is `signalled`, SIGKILL perhaps memory', async () => {
    const killed = await run('kill-self.sh', ['KILL']);
    expect(killed.exit).toMatchObject({ code: null, signal: 'SIGKILL', reason: 'signalled' });
    expect(killed.exit.message).toContain('perhaps memory');
    expect((await run('kill-self.sh', ['SEGV'])).exit).toMatchObject({ signal: 'SIGSEGV', reason: 'signalled', message: 'ended by SIGSEGV' });
    expect((await run('kill-self.sh', ['TERM'])).exit).toMatchObject({ signal: 'SIGTERM', reason: 'signalled' });
  });

  it('cancel is its own reason, and the time of the program is told', async () => {
    const control = new AbortController();
    setTimeout(() => { control.abort(); }, 200);
    const result = await run('/bin/sleep', ['1000'], { signal: control.signal });
    expect(result.exit).toEqual({ code: null, signal: 'SIGKILL', reason: 'cancelled', message: 'cancelled' });
    expect(result.seconds).toBeLessThan(30);
  });
});
