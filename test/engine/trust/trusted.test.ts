/** Trust is per repository, revocable, and kept outside it. */
import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { TrustedRepositories } from '../../../app/engine/trust/trusted.ts';

let base: string, home: string, root: string;
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'assay-trust-'));
  [home, root] = [join(base, 'home'), join(base, 'repository')];
  mkdirSync(join(root, 'inner'), { recursive: true });
});
afterEach(() => { rmSync(base, { recursive: true, force: true }); });
const trusted = (): TrustedRepositories => new TrustedRepositories(home);

it('trusts nobody at first', () => { expect([trusted().has(root), trusted().list()]).toEqual([false, []]); });

it('keeps what the user said, for the next process, and not in the repository', () => {
  trusted().add(root);
  expect(trusted().has(root)).toBe(true);
  expect(readdirSync(root)).toEqual(['inner']);
  expect(statSync(join(home, 'trust.json')).mode & 0o077).toBe(0);
});

it('is for this folder alone, by whatever name', () => {
  symlinkSync(root, join(base, 'link'));
  trusted().add(join(base, 'link'));
  expect([root, join(base, 'link'), join(root, 'inner'), base, `${root}2`].map((path) => trusted().has(path))).toEqual([true, true, false, false, false]);
});

it('does not pass to another folder that takes its place', () => {
  trusted().add(root);
  renameSync(root, join(base, 'away'));
  mkdirSync(root);
  expect([trusted().has(root), trusted().has(join(base, 'away'))]).toEqual([false, false]);
});

it('is revoked, also where the folder is gone', () => {
  trusted().add(root);
  expect([trusted().revoke(root), trusted().has(root), trusted().revoke(root)]).toEqual([true, false, false]);
  trusted().add(root);
  rmSync(root, { recursive: true });
  expect([trusted().revoke(root), trusted().list()]).toEqual([true, []]);
});

it('trusts nobody where its file is broken, and takes no entry that is not whole', () => {
  trusted().add(root);
  writeFileSync(join(home, 'trust.json'), '[{"root": "');
  expect(trusted().has(root)).toBe(false);
  writeFileSync(join(home, 'trust.json'), JSON.stringify([null, 1, { root }]));
  expect(trusted().has(root)).toBe(false);
  expect(() => trusted().add(join(base, 'nowhere'))).toThrow('is no folder');
});
