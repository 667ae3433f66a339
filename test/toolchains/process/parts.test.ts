import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { absoluteEntries, allowedEnvironment } from '../../../toolchains/process/environment.ts';
import { KeptBytes } from '../../../toolchains/process/kept.ts';
import { psTable, rowsOf } from '../../../toolchains/process/ps.ts';
import { ASSAY_NUMBER, nextTag, tagIn } from '../../../toolchains/process/tag.ts';

describe('kept bytes', () => {
  it('hold the head and count the rest', () => {
    const kept = new KeptBytes(10);
    for (const text of ['abc', '', 'defgh', 'ijklm', 'no']) kept.add(Buffer.from(text));
    expect(kept.captured()).toEqual({ content: Buffer.from('abcdefghij'), bytes: 15, truncated: true });
  });

  it('are not truncated where all fits, to the byte', () => {
    const kept = new KeptBytes(3);
    kept.add(Buffer.from('abc'));
    expect(kept.captured()).toEqual({ content: Buffer.from('abc'), bytes: 3, truncated: false });
  });
});

describe('the environment', () => {
  it('has only absolute PATH entries, each once', () => {
    expect(absoluteEntries('/usr/bin::.:bin:/bin:../x:/usr/bin')).toEqual(['/usr/bin', '/bin']);
  });

  it('passes on what is listed and forces the language', () => {
    expect(allowedEnvironment({ HOME: '/home/a', TOKEN: 'x', LANG: 'de_DE', LC_ALL: 'de_DE', PATH: '/bin:.', LD_PRELOAD: 'x' }))
      .toEqual({ HOME: '/home/a', LANG: 'C.UTF-8', PATH: '/bin' });
  });
});

describe('a tag', () => {
  const limits = (soft: string): string => `Limit   Soft Limit   Hard Limit  Units\nMax resident set          ${soft}            unlimited            bytes\nMax processes  1 1 processes\n`;

  it('survives the way through a limit in bytes', () => {
    const tag = nextTag();
    expect(nextTag()).toBe(tag + 1);
    expect(tagIn(limits(String(BigInt(tag) * 1024n)))).toBe(tag);
  });

  it('of another Assay, or a limit of somebody else, is none', () => {
    expect(tagIn(limits(String(BigInt(ASSAY_NUMBER + 1) * 2n ** 34n)))).toBeUndefined();
    expect(tagIn(limits('unlimited'))).toBeUndefined();
    expect(tagIn(limits('1048576'))).toBeUndefined();
    expect(tagIn('')).toBeUndefined();
  });
});

describe('the table from ps', () => {
  it('reads what macOS and Linux print', () => {
    expect(rowsOf('  501     1   501   2048   0:01.50 Ss   Tue Nov 24 10:00:00 2026\n garbage\n 77 501 501 0 1-02:03:04 Z+ Tue Nov 24 10:00:01 2026\n')).toEqual([
      { pid: 501, parent: 1, group: 501, session: 501, ended: false, start: 'Tue Nov 24 10:00:00 2026', cpuSeconds: 1.5, residentMb: 2 },
      { pid: 77, parent: 501, group: 501, session: 501, ended: true, start: 'Tue Nov 24 10:00:01 2026', cpuSeconds: 93_784, residentMb: 0 },
    ]);
  });

  it.skipIf(process.platform === 'win32')('finds this process and its parent (needs ps)', async () => {
    execFileSync('/bin/ps', ['-A'], { stdio: 'ignore' });
    const rows = await psTable.read(new Set());
    const own = rows.find((row) => row.pid === process.pid);
    expect(own?.parent).toBe(process.ppid);
    expect(own?.residentMb).toBeGreaterThan(10);
    expect(psTable.row(process.pid)?.start).toBe(own?.start);
  });
});
