import { execFileSync } from 'node:child_process';
import { appendFileSync, cpSync, existsSync, mkdirSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseIndex } from '../../../app/engine/repository/git-index.ts';
import { open, scratch, write } from './scratch.ts';

const git = (folder: string, ...args: string[]): string =>
  execFileSync('git', ['-c', 'user.name=Tester', '-c', 'user.email=tester@example.org', '-c', 'init.defaultBranch=main', ...args], {
    cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' },
  }).trim();

const hasGit = ((): boolean => {
  try {
    execFileSync('git', ['--version']);
    return true;
  } catch {
    return false;
  }
})();

function committed(options: { readonly format?: string; readonly version?: string } = {}): string {
  const root = scratch({ 'a.smt2': 'a', 'sub/b.smt2': 'b', 'sub/deep/long-name-to-share.smt2': 'c', 'sub/deep/long-name-to-share-more.smt2': 'd' });
  git(root, 'init', '-q', ...(options.format === undefined ? [] : [`--object-format=${options.format}`]));
  if (options.version !== undefined) git(root, 'config', 'index.version', options.version);
  symlinkSync('a.smt2', join(root, 'link'));
  git(root, 'add', '.');
  git(root, 'commit', '-q', '-m', 'first');
  return root;
}

describe.skipIf(!hasGit)('the commit (needs git to make one)', () => {
  it.each([['2'], ['4']])('is read from an index of version %s', async (version) => {
    const root = committed({ version });
    const { commit } = await open(root);
    expect(commit).toEqual({ hash: git(root, 'rev-parse', 'HEAD'), branch: 'main', dirty: false, untracked: 0 });
  });

  it('is read where objects have 256 bits', async () => {
    const root = committed({ format: 'sha256' });
    expect((await open(root)).commit).toMatchObject({ hash: git(root, 'rev-parse', 'HEAD'), dirty: false });
  });

  it('is read after everything was packed, detached, cloned or copied', async () => {
    const root = committed();
    git(root, 'gc', '-q', '--prune=now');
    git(root, 'pack-refs', '--all');
    expect(existsSync(join(root, '.git/refs/heads/main'))).toBe(false);
    expect((await open(root)).commit).toMatchObject({ hash: git(root, 'rev-parse', 'HEAD'), branch: 'main', dirty: false });
    const clone = join(scratch(), 'clone');
    git(root, 'clone', '-q', root, clone);
    expect((await open(clone)).commit).toMatchObject({ branch: 'main', dirty: false });
    const copy = join(scratch(), 'copy');
    cpSync(root, copy, { recursive: true, verbatimSymlinks: true });
    expect((await open(copy)).commit).toMatchObject({ dirty: false });
    git(root, 'checkout', '-q', '--detach');
    expect((await open(root)).commit).toEqual({ hash: git(root, 'rev-parse', 'HEAD'), dirty: false, untracked: 0 });
  });

  it('sees an edit that keeps size and time', async () => {
    const root = committed();
    const old = new Date('2020-01-01T00:00:00Z');
    utimesSync(join(root, 'a.smt2'), old, old);
    git(root, 'status');
    expect((await open(root)).commit!.dirty).toBe(false);
    writeFileSync(join(root, 'a.smt2'), 'z');
    utimesSync(join(root, 'a.smt2'), old, old);
    expect((await open(root)).commit!.dirty).toBe(true);
  });

  it('sees edits, deletions, replaced kinds and staged changes, and counts what git does not hold', async () => {
    const edits: readonly [string, (root: string) => void, boolean | 'unknown'][] = [
      ['touched', (root) => utimesSync(join(root, 'a.smt2'), 1, 1), false],
      ['edited', (root) => appendFileSync(join(root, 'a.smt2'), 'x'), true],
      ['deleted', (root) => rmSync(join(root, 'a.smt2')), true],
      ['link turned', (root) => { rmSync(join(root, 'link')); symlinkSync('sub', join(root, 'link')); }, true],
      ['file to link', (root) => { rmSync(join(root, 'a.smt2')); symlinkSync('link2', join(root, 'a.smt2')); }, true],
      ['staged', (root) => { appendFileSync(join(root, 'a.smt2'), 'x'); git(root, 'add', '.'); git(root, 'write-tree'); git(root, 'status'); }, true],
      ['reset', (root) => { appendFileSync(join(root, 'a.smt2'), 'x'); git(root, 'add', '.'); git(root, 'reset', '-q', '--hard'); }, false],
    ];
    for (const [what, edit, dirty] of edits) {
      const root = committed();
      edit(root);
      expect((await open(root)).commit!.dirty, what).toBe(dirty);
    }
    const root = committed();
    appendFileSync(join(root, 'a.smt2'), 'x');
    git(root, 'add', '.');
    expect((await open(root)).commit!.dirty).not.toBe(false);
    write(root, 'new.smt2', '');
    expect((await open(root)).commit!.untracked).toBe(1);
  });

  it('does not take line ends or filters for edits', async () => {
    const root = committed();
    write(root, 'crlf.smt2', 'one\ntwo\n');
    git(root, 'add', '.');
    git(root, 'commit', '-q', '-m', 'crlf');
    write(root, 'crlf.smt2', 'one\r\ntwo\r\n');
    expect((await open(root)).commit!.dirty).toBe(false);
    write(root, '.gitattributes', '*.big filter=lfs\n');
    write(root, 'x.big', 'pointer');
    git(root, 'add', '.');
    git(root, 'commit', '-q', '-m', 'filter');
    write(root, 'x.big', 'the real content');
    expect((await open(root)).commit!.dirty).toBe('unknown');
  });

  it('sees a conflict, and counts its file once', async () => {
    const root = committed();
    git(root, 'checkout', '-q', '-b', 'one');
    write(root, 'a.smt2', 'one');
    git(root, 'commit', '-q', '-a', '-m', 'one');
    git(root, 'checkout', '-q', '-b', 'two', 'main');
    write(root, 'a.smt2', 'two');
    git(root, 'commit', '-q', '-a', '-m', 'two');
    expect(() => git(root, 'merge', '-q', 'one')).toThrow();
    expect((await open(root)).commit).toMatchObject({ branch: 'two', dirty: true, untracked: 0 });
  });

  it('of a subfolder looks at that subfolder, and of a file at it alone', async () => {
    const root = committed();
    appendFileSync(join(root, 'a.smt2'), 'x');
    expect((await open(join(root, 'sub'))).commit).toMatchObject({ branch: 'main', dirty: false });
    expect((await open(join(root, 'sub/b.smt2'))).commit).toMatchObject({ dirty: false });
    expect((await open(join(root, 'a.smt2'))).commit).toMatchObject({ dirty: true });
    write(root, 'new.smt2', '');
    expect((await open(join(root, 'new.smt2'))).commit).toMatchObject({ dirty: true, untracked: 1 });
  });

  it('is found in a linked worktree', async () => {
    const root = committed();
    const linked = join(scratch(), 'linked');
    git(root, 'worktree', 'add', '-q', '-b', 'other', linked);
    expect((await open(linked)).commit).toMatchObject({ hash: git(root, 'rev-parse', 'HEAD'), branch: 'other', dirty: false });
  });

  it('of a repository with commands in its configuration runs none', async () => {
    const root = committed();
    const ran = join(root, 'ran');
    appendFileSync(join(root, '.git/config'), `[core]\n\tfsmonitor = touch ${ran}\n\tpager = touch ${ran}\n\tsshCommand = touch ${ran}\n[filter "x"]\n\tclean = touch ${ran}\n`);
    write(root, '.git/info/attributes', '* filter=x\n');
    appendFileSync(join(root, 'a.smt2'), 'x');
    await open(root);
    expect(existsSync(ran)).toBe(false);
  });
});

describe('a .git that lies', () => {
  const hash = 'a'.repeat(40);
  const cases: readonly [string, Readonly<Record<string, string>>][] = [
    ['an empty folder', { '.git/x': '' }],
    ['no commit yet', { '.git/HEAD': 'ref: refs/heads/main\n' }],
    ['garbage', { '.git/HEAD': '\0\xff garbage' }],
    ['a ref that leaves the folder', { '.git/HEAD': 'ref: refs/../../secret\n', secret: hash }],
    ['a ref that turns in a circle', { '.git/HEAD': 'ref: refs/heads/a\n', '.git/refs/heads/a': 'ref: refs/heads/a\n' }],
    ['a branch with escape sequences', { '.git/HEAD': 'ref: refs/heads/\x1b[31m\n' }],
    ['a file that points nowhere', { '.git': 'gitdir: /nowhere/at/all\n' }],
    ['a file that points to a device', { '.git': 'gitdir: /dev/zero\n' }],
    ['a very long HEAD', { '.git/HEAD': 'ref: refs/heads/'.padEnd(100_000, 'x') }],
  ];
  it.each(cases)('by %s has no commit', async (_what, files) => {
    expect((await open(scratch({ 'a.smt2': '', ...files }))).commit).toBeUndefined();
  });

  it('with a pipe for HEAD does not hang', async () => {
    const root = scratch({ 'a.smt2': '' });
    mkdirSync(join(root, '.git'));
    execFileSync('mkfifo', [join(root, '.git/HEAD')]);
    expect((await open(root)).commit).toBeUndefined();
  });

  it('with a broken index is in an unknown state', async () => {
    for (const index of ['', 'DIRC', 'DIRC\0\0\0\x02\xff\xff\xff\xff', 'DIRC\0\0\0\x02\0\0\0\x01'.padEnd(70, 'x'), 'nonsense']) {
      const root = scratch({ '.git/HEAD': hash, '.git/index': Buffer.from(index, 'latin1') });
      expect((await open(root)).commit).toMatchObject({ hash, dirty: 'unknown' });
    }
  });

  it.each(['../secret.smt2', '/etc/passwd', 'a/../../x', '.git/config', 'a//b'])('with an index that names %s looks at nothing there', async (name) => {
    const entry = Buffer.alloc(Math.ceil((63 + name.length) / 8) * 8);
    entry.writeUInt32BE(0o100644, 24);
    entry.writeUInt16BE(name.length, 60);
    entry.write(name, 62);
    const index = Buffer.concat([Buffer.from('DIRC\0\0\0\x02\0\0\0\x01', 'latin1'), entry, Buffer.alloc(20)]);
    expect(() => parseIndex(index, 20)).toThrow(/leaves the working tree/);
    const root = scratch({ '.git/HEAD': hash, '.git/index': index });
    expect((await open(root)).commit).toMatchObject({ dirty: 'unknown' });
  });

  it('with an entry below a link to the outside reads nothing there', async () => {
    const outside = scratch({ 'x.smt2': 'secret' });
    const name = 'out/x.smt2';
    const entry = Buffer.alloc(Math.ceil((63 + name.length) / 8) * 8);
    entry.writeUInt32BE(0o100644, 24);
    entry.writeUInt32BE(6, 36);
    entry.writeUInt16BE(name.length, 60);
    entry.write(name, 62);
    const root = scratch({ '.git/HEAD': hash, '.git/index': Buffer.concat([Buffer.from('DIRC\0\0\0\x02\0\0\0\x01', 'latin1'), entry, Buffer.alloc(20)]) });
    symlinkSync(outside, join(root, 'out'));
    expect((await open(root)).commit).toMatchObject({ dirty: 'unknown' });
  });
});
