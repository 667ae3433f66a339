import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Consents } from '../../app/engine/trust/consent.ts';
import { commandRoom, type CommandRoom } from './run.ts';

const SLOW_MS = 240_000;
let room: CommandRoom;
beforeEach(() => { room = commandRoom(); });
afterEach(() => { room.dispose(); });
const put = (name: string, text: string): void => { writeFileSync(join(room.folder, name), text); };

describe('assay retrieval', () => {
  const TEXT = `function Sum(s: seq<int>): int { if s == [] then 0 else s[0] + Sum(s[1..]) }
lemma SumOfAppend(s: seq<int>, t: seq<int>) ensures Sum(s + t) == Sum(s) + Sum(t) { }
lemma Unrelated(x: int) ensures x * 0 == 0 { }
lemma Total(s: seq<int>, t: seq<int>) ensures Sum(s + t + s) == 2 * Sum(s) + Sum(t) { SumOfAppend(s + t, s); }
`;
  it('prints recall with n and interval, and what is found for one, without any tool', async () => {
    put('a.dfy', TEXT);
    const { code, stdout } = await room.run(['retrieval', 'a.dfy', '--top', '1,3', '--json', 'out.json'], { PATH: '' });
    expect(code, stdout).toBe(0);
    expect(stdout).toContain('dafny: 1 proof with 1 hidden call of 3 lemmas');
    expect(stdout).toMatch(/recall@1 +100 % \(21–100\), 1 of 1 calls/);
    expect(JSON.parse(readFileSync(join(room.folder, 'out.json'), 'utf8'))).toMatchObject({ schema: 1, chunks: 4, recall: [{ toolchain: 'dafny', hidden: 1, at: [{ k: 1, found: 1 }, { k: 3 }] }] });
    const asked = await room.run(['retrieval', 'a.dfy', '--for', 'Total'], { PATH: '' });
    expect(asked.stdout).toMatch(/a\.dfy:4 {2}Total\n {2}a\.dfy:2 {2}SumOfAppend {2}\(words \d/);
  }, SLOW_MS);
  it('is 3 where there is nothing to measure, and 64 for what cannot be meant', async () => {
    put('a.dfy', 'lemma Alone() ensures true { }\n');
    expect((await room.run(['retrieval', 'a.dfy'], { PATH: '' })).code).toBe(3);
    for (const args of [[], ['a.dfy', 'a.dfy'], ['a.dfy', '--top', '0'], ['a.dfy', '--top', 'few']]) expect((await room.run(['retrieval', ...args], { PATH: '' })).code, args.join(' ')).toBe(64);
  }, SLOW_MS);
});

it('assay consent lists what was agreed to, and takes it back', async () => {
  mkdirSync(join(room.folder, 'r'));
  expect((await room.run(['consent'])).stdout).toContain('no repository may be sent anywhere');
  new Consents(join(room.folder, 'home')).add(join(room.folder, 'r'), 'https://a.example');
  expect((await room.run(['consent'])).stdout).toMatch(/\/r → https:\/\/a\.example, since 20/);
  expect(await room.run(['consent', '--revoke', 'r', '--receiver', 'https://b.example'])).toMatchObject({ code: 3 });
  expect(await room.run(['consent', '--revoke', 'r'])).toMatchObject({ code: 0, stdout: expect.stringContaining('taken back') });
  expect((await room.run(['consent'])).stdout).toContain('no repository may be sent anywhere');
}, SLOW_MS);
