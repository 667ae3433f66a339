import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openVerdict } from '../../toolchains/ended.ts';
import { LIMITS, run, temporaryFolder } from './process/programs.ts';

describe('the verdict of a run that was ended', () => {
  it('is never taken from what the program had printed', async () => {
    const limits = { ...LIMITS, wallSeconds: 0.3 };
    expect(openVerdict(await run('print-then-hang.sh', [], { limits }), 'z3', limits)).toEqual({ kind: 'timeout', seconds: 0.3 });
    expect(openVerdict(await run('kill-self.sh', ['KILL']), 'z3', LIMITS)).toEqual({ kind: 'crashed', reason: 'z3: ended by SIGKILL that Assay did not send: perhaps memory' });
    expect(openVerdict(await run('kill-self.sh', ['ABRT']), 'z3', LIMITS)).toEqual({ kind: 'crashed', reason: 'z3: ended by SIGABRT' });
    expect(openVerdict(await run('print-then-hang.sh', [], { signal: AbortSignal.timeout(100) }), 'z3', LIMITS)).toEqual({ kind: 'cancelled' });
    const flood = { ...LIMITS, floodBytes: 2e6 };
    expect(openVerdict(await run('flood.sh', [], { limits: flood }), 'z3', flood)).toEqual({ kind: 'crashed', reason: 'z3: more than 2 MB of output' });
  });

  it.runIf(process.platform === 'linux')('knows memory', async () => {
    const limits = { ...LIMITS, memoryMb: 150 };
    expect(openVerdict(await run('eat-memory.sh', ['100'], { limits }), 'z3', limits)).toEqual({ kind: 'out-of-memory', reason: 'z3 took more than 150 MiB' });
  });

  it('is tool-missing where the program is gone, and none where it ended by itself', async () => {
    using folder = temporaryFolder();
    expect(openVerdict(await run(join(folder.path, 'z3')), 'z3', LIMITS)).toMatchObject({ kind: 'tool-missing' });
    expect(openVerdict(await run(folder.path), 'z3', LIMITS)).toMatchObject({ kind: 'crashed' });
    expect(openVerdict(await run('exit-with.sh', ['1']), 'z3', LIMITS)).toBeUndefined();
  });
});
