/** The profile that sandbox-exec would get. macOS itself is not here: what is held is the text, not what the system makes of it. */
import { mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seatbeltProfile } from '../../../toolchains/process/sandbox/seatbelt.ts';

interface Paths { readonly readOnly: readonly string[]; readonly writable: readonly string[] }
const profile = (paths: Paths): string => seatbeltProfile({ ...paths, cwd: '/' });

describe('the profile for macOS', () => {
  let folder: string;
  beforeAll(() => { folder = realpathSync(mkdtempSync(join(tmpdir(), 'assay-seat-'))); });
  afterAll(() => { rmSync(folder, { recursive: true, force: true }); });
  const rules = (view: Paths): string[] => profile(view).split('\n');

  it('forbids the network, other processes, writing and the home before it allows anything', () => {
    const lines = rules({ readOnly: ['/usr'], writable: [folder] });
    expect(lines.slice(0, 3)).toEqual(['(version 1)', '(allow default)', '(deny network*)']);
    for (const rule of ['(deny file-write*)', '(deny signal)', '(deny process-info*)', '(deny mach-lookup)']) expect(lines.indexOf(rule), rule).toBeGreaterThan(0);
    const hidden = lines.findIndex((line) => line.startsWith('(deny file-read*') && line.includes(JSON.stringify(realpathSync(homedir()))));
    const shown = lines.findIndex((line) => line.startsWith('(allow file-read*'));
    expect(hidden).toBeGreaterThan(0);
    expect(shown, 'the last rule that matches decides').toBeGreaterThan(hidden);
    expect(lines.some((line) => line.startsWith('(allow network'))).toBe(false);
  });

  it('allows writing below what may be written, and nowhere else but two devices', () => {
    const lines = rules({ readOnly: ['/usr'], writable: [folder] }).filter((line) => line.startsWith('(allow file') && line.includes('file-write*'));
    expect(lines).toEqual([`(allow file-read* file-write* (subpath ${JSON.stringify(folder)}))`, '(allow file-write* (literal "/dev/null") (literal "/dev/tty"))']);
  });

  it('names the place that a link leads to, and cannot be broken out of by a name', () => {
    symlinkSync(folder, join(folder, 'link'));
    expect(profile({ readOnly: [join(folder, 'link')], writable: [] })).toContain(`(allow file-read* (subpath ${JSON.stringify(folder)}))`);
    const evil = '/nowhere") (allow network*) (subpath "/';
    expect(rules({ readOnly: [evil], writable: [] })).toContain(`(allow file-read* (subpath ${JSON.stringify(evil)}))`);
    expect(rules({ readOnly: [evil], writable: [] }).length).toBe(rules({ readOnly: ['/a'], writable: [] }).length);
  });
});
