import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { open, paths, scratch } from './scratch.ts';

/** A made-up language in which every line names a file. */
const references = (_path: string, content: Buffer): string[] => content.toString().split('\n').filter((line) => line !== '');

describe('a file', () => {
  it('belongs to the nearest folder with .git, of which only it and what it names is listed', async () => {
    const root = scratch({ '.git/HEAD': '', 'a/b/top.x': '../lib.x\nbeside.x\nnone.x', 'a/lib.x': 'top.x', 'a/b/beside.x': '', 'other.x': '' });
    const repository = await open(join(root, 'a/b/top.x'), { references });
    expect(repository).toMatchObject({ root, kind: 'file', selected: ['a/b/top.x'] });
    expect(paths(repository)).toEqual(['a/b/beside.x', 'a/b/top.x', 'a/lib.x']);
    expect(repository.tree.has('other.x')).toBe(true);
    expect(repository.tree.has('a/b/none.x')).toBe(false);
    expect((await repository.tree.read('other.x')).length).toBe(0);
  });

  it('belongs to the smallest folder that holds it and what it names, where there is no .git', async () => {
    const root = scratch({ 'p/a/top.x': '../lib/l.x', 'p/lib/l.x': 'deep/d.x', 'p/lib/deep/d.x': '', 'q.x': '' });
    const repository = await open(join(root, 'p/a/top.x'), { references });
    expect(repository.root).toBe(join(root, 'p'));
    expect(paths(repository)).toEqual(['a/top.x', 'lib/deep/d.x', 'lib/l.x']);
    expect((await open(join(root, 'q.x'), { references })).root).toBe(root);
    expect(repository.tree.has('../q.x')).toBe(false);
  });

  it('does not make the whole disk its repository, and reads nothing outside', async () => {
    const root = scratch({ 'top.x': `${'../'.repeat(40)}etc/passwd\n/etc/hostname` });
    const repository = await open(join(root, 'top.x'), { references });
    expect(repository.root).toBe(root);
    expect(paths(repository)).toEqual(['top.x']);
    await expect(repository.tree.read(`${'../'.repeat(40)}etc/passwd`)).rejects.toThrow(/leaves the repository/);
  });

  it('stays inside a repository that has .git, whatever it names', async () => {
    const outer = scratch({ 'secret.x': 'more.x', 'more.x': '', 'r/.git/HEAD': '', 'r/top.x': '../secret.x\nlink.x' });
    symlinkSync('../secret.x', join(outer, 'r/link.x'));
    const repository = await open(join(outer, 'r/top.x'), { references });
    expect(repository.root).toBe(join(outer, 'r'));
    expect(paths(repository)).toEqual(['top.x']);
    expect(repository.tree.has('link.x')).toBe(false);
    expect(repository.notices).toEqual([`${join(outer, 'secret.x')} is named but lies outside the repository ${join(outer, 'r')}`]);
  });

  it('is found through a link to it', async () => {
    const root = scratch({ 'r/.git/HEAD': '', 'r/a.x': '' });
    mkdirSync(join(root, 'elsewhere'));
    symlinkSync(join(root, 'r/a.x'), join(root, 'elsewhere/link.x'));
    expect((await open(join(root, 'elsewhere/link.x'), { references })).root).toBe(join(root, 'r'));
  });
});
