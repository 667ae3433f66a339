import { chmodSync, linkSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { applyTexts } from '../../../app/engine/synthesis/apply.ts';

let root: string;
beforeEach(() => { root = mkdtempSync(join(tmpdir(), 'assay-apply-')); });
afterEach(() => { rmSync(root, { recursive: true, force: true }); });

const OLD = 'method M() { }\n', NEW = 'method M() { assert true; }\n';
const put = (path: string, text = OLD): void => { writeFileSync(join(root, path), text); };
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const base = (...paths: string[]): Map<string, Buffer> => new Map(paths.map((path) => [path, Buffer.from(OLD)]));
const texts = (...paths: string[]): Map<string, string> => new Map(paths.map((path) => [path, NEW]));

describe('writing accepted proofs', () => {
  it('writes the whole text, keeps the mode and leaves nothing beside it', () => {
    put('a.dfy');
    chmodSync(join(root, 'a.dfy'), 0o640);
    expect(applyTexts(root, base('a.dfy'), texts('a.dfy'))).toEqual({ kind: 'written', paths: ['a.dfy'] });
    expect(read('a.dfy')).toBe(NEW);
    expect(statSync(join(root, 'a.dfy')).mode & 0o777).toBe(0o640);
    expect(readdirSync(root)).toEqual(['a.dfy']);
  });

  it('does not write over what changed meanwhile', () => {
    put('a.dfy', 'method Other() { }\n');
    expect(applyTexts(root, base('a.dfy'), texts('a.dfy'))).toMatchObject({ kind: 'refused', path: 'a.dfy', why: expect.stringContaining('changed while its proof was searched') });
    expect(read('a.dfy')).toBe('method Other() { }\n');
  });

  it('does not write through a link, to a name of several, to a read-only file or to one that is gone', () => {
    put('target.dfy');
    symlinkSync('target.dfy', join(root, 'link.dfy'));
    expect(applyTexts(root, base('link.dfy'), texts('link.dfy'))).toMatchObject({ kind: 'refused', why: expect.stringContaining('symbolic link') });
    linkSync(join(root, 'target.dfy'), join(root, 'twin.dfy'));
    expect(applyTexts(root, base('twin.dfy'), texts('twin.dfy'))).toMatchObject({ kind: 'refused', why: expect.stringContaining('hard links') });
    unlinkSync(join(root, 'twin.dfy'));
    chmodSync(join(root, 'target.dfy'), 0o444);
    expect(applyTexts(root, base('target.dfy'), texts('target.dfy'))).toMatchObject({ kind: 'refused', why: expect.stringMatching(/read-only|may not be written/) });
    expect(applyTexts(root, base('gone.dfy'), texts('gone.dfy'))).toMatchObject({ kind: 'refused', why: expect.stringContaining('no longer there') });
    expect(read('target.dfy')).toBe(OLD);
  });

  it('writes none of several where one cannot be written', () => {
    put('a.dfy');
    put('b.dfy', 'other');
    expect(applyTexts(root, base('a.dfy', 'b.dfy'), texts('a.dfy', 'b.dfy')).kind).toBe('refused');
    expect(read('a.dfy')).toBe(OLD);
  });
});
