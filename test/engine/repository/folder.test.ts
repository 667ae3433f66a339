import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, linkSync, mkdirSync, renameSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { InputError } from '../../../toolchains/contract.ts';
import { walk } from '../../../app/engine/repository/walk.ts';
import { open, paths, reasons, scratch } from './scratch.ts';

describe('a folder', () => {
  it('lists every file once, sorted, with its size, and reads bytes as they are', async () => {
    const root = scratch({ 'b.smt2': '\ufeff(check-sat)\r\n', 'a/c d.v': 'module m; endmodule', "a/it's \"q\".cnf": 'p cnf 1 0\n' });
    const repository = await open(root);
    expect(paths(repository)).toEqual(['a/c d.v', "a/it's \"q\".cnf", 'b.smt2']);
    expect(repository.tree.files[2]!.bytes).toBe(16);
    expect((await repository.tree.read('b.smt2')).toString('latin1')).toBe('\xef\xbb\xbf(check-sat)\r\n');
    expect(repository).toMatchObject({ kind: 'folder', root, origin: root, empty: false, uncovered: [], notices: [] });
    expect(repository.selected).toBeUndefined();
  });

  it('says that an empty folder is empty', async () => {
    const root = scratch();
    mkdirSync(join(root, 'only/folders'), { recursive: true });
    expect((await open(root)).empty).toBe(true);
  });

  it('passes over version control, packages and build output, and says so', async () => {
    const root = scratch({
      '.git/config': '', 'node_modules/x/a.smt2': '', 'p/.lake/a.lean': '', 'p/target/a.smt2': '', 'p/Cargo.toml': '', 'q/target/a.smt2': '', 'dist/a.smt2': '',
    });
    const repository = await open(root);
    expect(paths(repository)).toEqual(['dist/a.smt2', 'p/Cargo.toml', 'q/target/a.smt2']);
    expect(Object.keys(reasons(repository)).sort()).toEqual(['node_modules', 'p/.lake', 'p/target']);
    expect(repository.notices.join('\n')).toContain('p/target (build output of Cargo)');
  });

  it("leaves out Assay's own folder", async () => {
    const root = scratch({ 'a.smt2': '', 'store/x.smt2': '' });
    expect(paths(await open(root, { home: join(root, 'store') }))).toEqual(['a.smt2']);
  });

  it('keeps names with newlines, escapes and colliding case', async () => {
    const root = scratch({ 'two\nlines.smt2': 'x', 'esc\x1b[31m.smt2': '', 'A.v': '', 'a.v': '' });
    const repository = await open(root);
    expect(paths(repository)).toEqual(['A.v', 'a.v', 'esc\x1b[31m.smt2', 'two\nlines.smt2']);
    expect((await repository.tree.read('two\nlines.smt2')).toString()).toBe('x');
  });

  it.skipIf(process.platform !== 'linux')('reports names that are not UTF-8 by their bytes (needs Linux)', async () => {
    const root = scratch({ 'real\ufffd.smt2': '' });
    for (const byte of [0xff, 0xfe]) {
      writeFileSync(Buffer.concat([Buffer.from(`${root}/bad`), Buffer.from([byte]), Buffer.from('.smt2')]), '');
    }
    mkdirSync(Buffer.concat([Buffer.from(`${root}/folder`), Buffer.from([0xe9])]));
    const repository = await open(root);
    expect(paths(repository)).toEqual(['real\ufffd.smt2']);
    expect(reasons(repository)).toEqual({
      'bad\\xff.smt2': 'name is not UTF-8', 'bad\\xfe.smt2': 'name is not UTF-8',
      'folder\\xe9': 'folder name is not UTF-8: its files cannot be named',
    });
  });

  it('never opens pipes and sockets', async () => {
    const root = scratch({ 'a.smt2': '' });
    execFileSync('mkfifo', [join(root, 'pipe.smt2')]);
    const server = createServer().listen(join(root, 'socket.smt2'));
    await new Promise((resolve) => server.once('listening', resolve));
    onTestFinished(() => { server.close(); });
    const repository = await open(root);
    expect(paths(repository)).toEqual(['a.smt2']);
    expect(reasons(repository)).toEqual({ 'pipe.smt2': 'a named pipe: never opened', 'socket.smt2': 'a socket: never opened' });
    await expect(open(join(root, 'pipe.smt2'))).rejects.toThrow('neither a folder nor a regular file');
  });

  it('reports unreadable files and folders', async () => {
    const root = scratch({ 'secret.smt2': '', 'closed/a.smt2': '', 'open.smt2': '' });
    chmodSync(root, 0o755);
    chmodSync(join(root, 'secret.smt2'), 0);
    chmodSync(join(root, 'closed'), 0);
    const superuser = process.getuid?.() === 0;
    if (superuser) process.seteuid!(65_534);
    try {
      const walked = await walk(root, { signal: new AbortController().signal });
      expect(walked.files.map((file) => file.path)).toEqual(['open.smt2']);
      expect(walked.uncovered).toEqual(expect.arrayContaining([
        { file: 'secret.smt2', why: 'cannot be read: permission denied' },
        { file: 'closed', why: 'folder cannot be listed: permission denied' },
      ]));
    } finally {
      if (superuser) process.seteuid!(0);
      chmodSync(join(root, 'closed'), 0o755);
    }
  });

  it('walks 1,900 nested folders without overflowing', async () => {
    const root = scratch();
    // Node's own recursive calls overflow at this depth.
    execFileSync('mkdir', ['-p', join(root, 'd/'.repeat(1_900))]);
    onTestFinished(() => { execFileSync('rm', ['-rf', join(root, 'd')]); });
    writeFileSync(join(root, `${'d/'.repeat(1_900)}a.smt2`), '');
    expect(paths(await open(root))).toHaveLength(1);
  });

  it('stops at a maximum of entries and when cancelled', async () => {
    const root = scratch(Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`${index}.smt2`, ''])));
    await expect(walk(root, { signal: new AbortController().signal, maximumEntries: 19 })).rejects.toThrow(/more than 19 files.*Name a smaller folder/);
    await expect(walk(root, { signal: AbortSignal.abort() })).rejects.toThrow(/abort/);
  });
});

describe('links', () => {
  it('stay known under both names when they lead inside, and are listed once', async () => {
    const root = scratch({ 'real/a.v': 'A', 'real/deep/b.v': 'B' });
    symlinkSync('real/a.v', join(root, 'alias.v'));
    symlinkSync('real', join(root, 'folder'));
    symlinkSync('../folder/deep', join(root, 'real/again'));
    const repository = await open(root);
    expect(paths(repository)).toEqual(['real/a.v', 'real/deep/b.v']);
    for (const name of ['alias.v', 'folder/a.v', 'folder/deep/b.v', 'folder/again/b.v', './real/../alias.v']) expect(repository.tree.has(name), name).toBe(true);
    expect((await repository.tree.read('folder/again/b.v')).toString()).toBe('B');
    expect(repository.notices.join()).toContain('3 links lead');
  });

  it('that leave the tree, cycle, hang or lead into what is passed over are reported and not followed', async () => {
    const outside = scratch({ 'o.smt2': 'outside' });
    const root = scratch({ 'a.smt2': '', '.git/config': '[core]' });
    symlinkSync(join(outside, 'o.smt2'), join(root, 'out.smt2'));
    symlinkSync(outside, join(root, 'outfolder'));
    symlinkSync('loop', join(root, 'loop'));
    symlinkSync('nothing', join(root, 'broken.smt2'));
    symlinkSync('.git/config', join(root, 'config.smt2'));
    symlinkSync('.', join(root, 'self'));
    symlinkSync('/dev/zero', join(root, 'zero.smt2'));
    const repository = await open(root);
    expect(paths(repository)).toEqual(['a.smt2']);
    expect(reasons(repository)).toEqual({
      'out.smt2': 'link leaves the repository: not followed', outfolder: 'link leaves the repository: not followed',
      'zero.smt2': 'link leaves the repository: not followed',
      loop: 'link that leads back to itself', 'broken.smt2': 'link to nothing',
      'config.smt2': 'link into .git (version control): not followed',
    });
    expect(repository.tree.has('self/self/a.smt2')).toBe(true);
    expect(repository.tree.has('out.smt2')).toBe(false);
    await expect(repository.tree.read('outfolder/o.smt2')).rejects.toBeInstanceOf(InputError);
  });

  it('put in the place of a file, or of a folder on its way, after the walk are refused', async () => {
    const outside = scratch({ 'a.smt2': 'outside' });
    const root = scratch({ 'x/a.smt2': 'inside', 'b.smt2': 'inside' });
    const repository = await open(root);
    renameSync(join(root, 'x'), join(root, 'y'));
    symlinkSync(outside, join(root, 'x'));
    rmSync(join(root, 'b.smt2'));
    symlinkSync(join(outside, 'a.smt2'), join(root, 'b.smt2'));
    await expect(repository.tree.read('x/a.smt2')).rejects.toThrow(/replaced by a link/);
    await expect(repository.tree.read('b.smt2')).rejects.toThrow(/b\.smt2: cannot be read: it is a link/);
  });

  it('hard links are files like others', async () => {
    const root = scratch({ 'a.smt2': '' });
    linkSync(join(root, 'a.smt2'), join(root, 'b.smt2'));
    expect(paths(await open(root))).toEqual(['a.smt2', 'b.smt2']);
  });
});

describe('reading', () => {
  it('refuses what leaves the repository, is not in it, is too large, or became a pipe', async () => {
    const root = scratch({ 'a.smt2': 'x', 'pipe.smt2': '' });
    writeFileSync(join(root, 'huge.smt2'), '');
    truncateSync(join(root, 'huge.smt2'), 2 * 1024 ** 3); // a hole: takes no room
    const { tree } = await open(root);
    await expect(tree.read('../x')).rejects.toThrow(/leaves the repository/);
    await expect(tree.read('nowhere.smt2')).rejects.toThrow(/nowhere\.smt2: is not a file of the repository/);
    await expect(tree.read('huge.smt2')).rejects.toThrow(/2147483648 bytes/);
    await expect(tree.read('a.smt2', 0)).rejects.toThrow(InputError);
    rmSync(join(root, 'pipe.smt2'));
    execFileSync('mkfifo', [join(root, 'pipe.smt2')]);
    await expect(tree.read('pipe.smt2')).rejects.toThrow(/not a regular file/);
    expect(tree.files.find((file) => file.path === 'huge.smt2')!.bytes).toBe(2 * 1024 ** 3);
  });

  it('names a file that vanished', async () => {
    const root = scratch({ 'a.smt2': 'x' });
    const { tree } = await open(root);
    rmSync(join(root, 'a.smt2'));
    await expect(tree.read('a.smt2')).rejects.toThrow('a.smt2: cannot be read: there is no such file');
  });

  it('reads and streams a large file whole', async () => {
    const content = Buffer.alloc(3 * 1024 ** 2, '(assert true)\n');
    const { tree } = await open(scratch({ 'a.smt2': content }));
    expect((await tree.read('a.smt2')).equals(content)).toBe(true);
    const chunks: Buffer[] = [];
    for await (const chunk of await tree.stream('a.smt2')) chunks.push(chunk as Buffer);
    expect(Buffer.concat(chunks).equals(content)).toBe(true);
  });

  it.skipIf(!existsSync('/dev/null'))('never reads a device by an absolute path (needs /dev)', async () => {
    const { tree } = await open(scratch({ 'a.smt2': '' }));
    await expect(tree.read('/dev/null')).rejects.toThrow(/not a regular file/);
  });
});

describe('a path that cannot be opened', () => {
  it('is an error that names it', async () => {
    const root = scratch();
    await expect(open(join(root, 'none'))).rejects.toThrow(/none: there is no such file or folder/);
    await expect(open(`${root}/a\0b`)).rejects.toThrow(InputError);
    await expect(open('')).rejects.toThrow(InputError);
    symlinkSync('me', join(root, 'me'));
    await expect(open(join(root, 'me'))).rejects.toThrow(/leads back to itself/);
  });
});
