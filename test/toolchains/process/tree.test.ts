import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { alive, identities, run, temporaryFolder, untilRunning } from './programs.ts';

/** All this looks into /proc. */
describe.runIf(process.platform === 'linux')('when the promise settles, the whole tree is gone', () => {
  it('after a cancel: three generations', async () => {
    using folder = temporaryFolder();
    const pids = join(folder.path, 'pids');
    const control = new AbortController();
    const running = run('family.sh', [pids], { signal: control.signal });
    const those = await untilRunning(pids, 4);
    control.abort();
    expect((await running).exit.reason).toBe('cancelled');
    expect(alive(those)).toEqual([]);
  });

  it('after a cancel: a daemon in its own session, without parent, streams or environment', async () => {
    using folder = temporaryFolder();
    const pids = join(folder.path, 'pids');
    const control = new AbortController();
    const running = run('daemon.sh', [pids, 'hang'], { signal: control.signal });
    const those = await untilRunning(pids, 1);
    expect(those).toHaveLength(1);
    control.abort();
    expect((await running).exit.reason).toBe('cancelled');
    expect(alive(those)).toEqual([]);
  });

  it('after a wall limit: a program that starts processes without pause', async () => {
    using folder = temporaryFolder();
    const pids = join(folder.path, 'pids');
    const result = await run('storm.sh', [pids], { limits: { wallSeconds: 1 } });
    expect(result.exit.reason).toBe('wall');
    expect(readFileSync(pids, 'utf8').split('\n').length).toBeGreaterThan(5);
    expect(identities(pids)).toEqual([]);
  });

  it('after the program ended by itself and left children', async () => {
    using folder = temporaryFolder();
    const pids = join(folder.path, 'pids');
    const result = await run('orphans.sh', [pids]);
    expect(result.exit).toEqual({ code: 3, signal: null, reason: 'exited' });
    expect(readFileSync(pids, 'utf8').trim().split('\n')).toHaveLength(2);
    expect(identities(pids)).toEqual([]);
  });

  it('after the program ended by itself and left a daemon', async () => {
    using folder = temporaryFolder();
    const pids = join(folder.path, 'pids');
    expect((await run('daemon.sh', [pids])).exit).toEqual({ code: 0, signal: null, reason: 'exited' });
    expect(readFileSync(pids, 'utf8').trim().split('\n')).toHaveLength(1);
    expect(identities(pids)).toEqual([]);
  });

  it('also where a child keeps the streams open, and the output is whole', async () => {
    using folder = temporaryFolder();
    const pids = join(folder.path, 'pids');
    const result = await run('hold-pipe.sh', [pids]);
    expect(result.exit.reason).toBe('exited');
    expect(result.stdout).toEqual({ content: Buffer.from('done\n'), bytes: 5, truncated: false });
    expect(identities(pids)).toEqual([]);
  });

  it('and what another run started goes on', async () => {
    using folder = temporaryFolder();
    const [stays, goes] = [join(folder.path, 'stays'), join(folder.path, 'goes')];
    const [first, second] = [new AbortController(), new AbortController()];
    const staying = run('daemon.sh', [stays, 'hang'], { signal: first.signal });
    const going = run('daemon.sh', [goes, 'hang'], { signal: second.signal });
    const [kept, lost] = [await untilRunning(stays, 1), await untilRunning(goes, 1)];
    second.abort();
    await going;
    expect(alive(lost)).toEqual([]);
    expect(alive(kept)).toEqual(kept);
    first.abort();
    await staying;
    expect(alive(kept)).toEqual([]);
  });
});
