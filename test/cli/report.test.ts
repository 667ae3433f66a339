/** `report` and `recheck` as a person uses them, on the embedded engines and on native ones where they are. */
import { cpSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from '../../app/build.mjs';
import { commandRoom, type CommandRoom } from './run.ts';

const GREEN = '(set-logic QF_LIA)\n(declare-const x Int)\n(assert (and (> x 2) (< x 2)))\n(check-sat)\n';

const hasChromium = (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, 'chromium')));

describe('a report', () => {
  let room: CommandRoom;
  let sources: string;
  beforeAll(async () => {
    room = commandRoom();
    sources = join(room.folder, 'sources');
    mkdirSync(sources);
    cpSync(join(root, 'samples/smt/midpoint.smt2'), join(sources, 'midpoint.smt2'));
    writeFileSync(join(sources, 'green.smt2'), GREEN);
    await room.run(['verify', sources, '--no-progress']);
  });
  afterAll(() => { room.dispose(); });
  const page = (): string => join(room.folder, 'report.html');

  it('wants a run first', async () => {
    const ended = await room.run(['report', root]);
    expect(ended).toMatchObject({ code: 64 });
    expect(ended.stderr).toContain('nothing of');
  });
  it('is written in every form that is asked for', async () => {
    const target = (name: string): string => join(room.folder, name);
    const ended = await room.run(['report', sources, '--html', page(), '--json', target('r.json'), '--sarif', target('r.sarif'), '--junit', target('r.xml'), '--badge', target('r.svg')]);
    expect(ended.code).toBe(0);
    for (const name of ['report.html', 'r.json', 'r.sarif', 'r.xml', 'r.svg']) expect(statSync(target(name)).size).toBeGreaterThan(100);
  });
  it.skipIf(!hasChromium)('goes to a PDF by an installed browser (needs chromium)', async () => {
    const target = join(room.folder, 'r.pdf');
    expect((await room.run(['report', sources, '--pdf', target])).code).toBe(0);
    expect(readFileSync(target).subarray(0, 5).toString()).toBe('%PDF-');
  });
  it('says what is missing where no browser can print', async () => {
    const ended = await room.run(['report', sources, '--pdf', join(room.folder, 'none.pdf')], { PATH: '/nonexistent' });
    expect(ended.code).toBe(3);
    expect(ended.stderr).toContain('Install Chromium');
  });
  it('holds again on the same sources, also from its page', async () => {
    const ended = await room.run(['recheck', page(), '--no-progress']);
    expect(ended.stdout).toMatch(/^(\d+) of \1 claims hold again\n$/);
    expect(ended.code).toBe(0);
  });
  it('does not hold where its page was changed by hand', async () => {
    const forged = join(room.folder, 'forged.html');
    writeFileSync(forged, readFileSync(page(), 'utf8').replace(/are shown/, 'are shown!'));
    const ended = await room.run(['recheck', forged, '--no-progress']);
    expect(ended.stdout).toContain('does not say what its own ledger says');
    expect(ended.code).toBe(1);
  });
  it('does not hold where a source changed, and a later report says stale', async () => {
    writeFileSync(join(sources, 'green.smt2'), GREEN.replace('(< x 2)', '(< x 9)'));
    const ended = await room.run(['recheck', page(), '--no-progress']);
    expect(ended.code).toBe(1);
    expect(ended.stdout).toContain('green.smt2 has other bytes than the report says');
    // The recheck is a run of its own; the first run's report is the stale one.
    const later = await room.run(['report', 'last~1', '--json', '-']);
    const ledger = JSON.parse(later.stdout) as { obligations: { file: string; stale: boolean }[] };
    expect(ledger.obligations.filter((entry) => entry.stale).map((entry) => entry.file)).toEqual(['green.smt2']);
  });
  it('is refused where the file is none', async () => {
    writeFileSync(join(room.folder, 'none.html'), '<html></html>');
    const ended = await room.run(['recheck', join(room.folder, 'none.html')]);
    expect(ended.code).toBe(3);
    expect(ended.stderr).toContain('holds no ledger');
  });
});
