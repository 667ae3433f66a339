import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { WarmProgram, type Talk } from '../../../toolchains/process/warm-program.ts';
import { alive, identities, temporaryFolder, untilRunning } from './programs.ts';

const TALK: Omit<Talk, 'text'> = { until: ['\nend\n'], wallSeconds: 20, memoryMb: 4096, outputBytes: 1_000_000 };

async function start(script: string, ...args: string[]): Promise<WarmProgram> {
  const program = await WarmProgram.start({ file: '/bin/sh', args: ['-c', script, 'sh', ...args], cwd: '/', env: { PATH: '/usr/bin:/bin' } });
  if (typeof program === 'string') throw new Error(program);
  return program;
}

describe.runIf(process.platform !== 'win32')('a program that stays', () => {
  it('answers one text after the other, and is gone when it is ended', async () => {
    const program = await start('while read -r line; do echo "$$ $line"; echo end; done');
    const first = await program.talk({ ...TALK, text: Buffer.from('one\n') });
    const second = await program.talk({ ...TALK, text: Buffer.from('two\n') });
    const [pid] = first.output.toString().split(' ');
    expect([first, second].map(({ reason, output }) => [reason, output.toString()])).toEqual([['answered', `${pid} one\nend\n`], ['answered', `${pid} two\nend\n`]]);
    expect(program.usable).toBe(true);
    await program.end();
    await program.end();
    expect(program.usable).toBe(false);
    expect(() => readFileSync(`/proc/${pid}/stat`)).toThrow();
    expect((await program.talk({ ...TALK, text: Buffer.from('three\n') })).reason).toBe('ended');
  }, 60_000);

  it.each([
    ['wall', 'sleep 1000', { wallSeconds: 0.2 }],
    ['output', 'exec yes', {}],
    ['memory', 'read -r line; exec tail /dev/zero', { memoryMb: 64 }],
    ['ended', 'read -r line; exit 0', {}],
    ['complained', 'read -r line; echo no >&2; echo end; sleep 1000', {}],
  ])('is ended for the reason %s and not used again', async (reason, script, limits) => {
    const program = await start(script);
    expect((await program.talk({ ...TALK, ...limits, text: Buffer.from('text\n') })).reason).toBe(reason);
    expect(program.usable).toBe(false);
  }, 60_000);

  it('is gone with all its children when a talk is cancelled', async () => {
    using pids = temporaryFolder();
    const file = join(pids.path, 'pids');
    const program = await start('sleep 1000 & echo $! >>"$1"; echo $$ >>"$1"; sleep 1000', file);
    const control = new AbortController();
    const said = program.talk({ ...TALK, text: Buffer.from('text\n'), signal: control.signal });
    await untilRunning(file, 2);
    const those = identities(file);
    expect(alive(those).length).toBe(2);
    control.abort();
    expect((await said).reason).toBe('cancelled');
    expect(alive(those)).toEqual([]);
  }, 60_000);

  it('that speaks unasked is not used again', async () => {
    const program = await start('while read -r line; do echo; echo end; sleep 0.1; echo more; done');
    expect((await program.talk({ ...TALK, text: Buffer.from('text\n') })).reason).toBe('answered');
    for (let look = 0; program.usable && look < 500; look++) await new Promise((resolve) => { setTimeout(resolve, 20); });
    expect(program.usable).toBe(false);
    await program.end();
  }, 60_000);

  it('tells why it could not be started', async () => {
    expect(await WarmProgram.start({ file: '/nowhere/solver', args: [], cwd: '/', env: {} })).toContain('/nowhere/solver');
  });
});
