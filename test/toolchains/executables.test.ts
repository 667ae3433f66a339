import { chmodSync, mkdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createToolHost, memoryCache, type HashCache } from '../../toolchains/executables.ts';
import { allFit, compareVersions, firstFit, locateProgram, missingTool, type ProgramDescription } from '../../toolchains/locate.ts';
import { temporaryFolder } from './process/programs.ts';

const LONG_AGO = new Date('2020-01-01');
function program(path: string, text: string): void {
  writeFileSync(path, `#!/bin/sh\n${text}\n`);
  chmodSync(path, 0o755);
  utimesSync(path, LONG_AGO, LONG_AGO);
}
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

const SOLVER: ProgramDescription = {
  id: 'solver', names: ['solver', 'solver-2'], versionArgs: ['--version'], minimum: '2.0',
  parseVersion: (text) => /^solver (\d[\d.]*)$/m.exec(text)?.[1], remedy: 'Install solver 2.',
};

describe('the search for programs', () => {
  it('skips empty, relative and in-repository entries, also behind links, and what is no program', async () => {
    using folder = temporaryFolder();
    const at = (...parts: string[]): string => join(folder.path, ...parts);
    for (const name of ['repository/bin', 'good', 'links', 'odd']) mkdirSync(at(name), { recursive: true });
    program(at('repository/bin/solver'), 'echo stolen');
    program(at('good/solver'), 'echo solver 2.0');
    symlinkSync(at('repository/bin'), at('linked'));
    symlinkSync(at('repository/bin/solver'), at('links/solver'));
    writeFileSync(at('odd/plain'), 'x', { mode: 0o644 });
    mkdirSync(at('odd/solver'));
    const path = ['', '.', 'repository/bin', at('repository/bin'), at('linked'), at('links'), at('odd'), at('absent'), at('good'), at('good')].join(':');
    const host = createToolHost({ path, repositoryRoot: at('repository') });
    expect(await host.find('solver')).toEqual([at('good/solver')]);
    expect(await host.find('plain')).toEqual([]);
    expect(await host.find('../repository/bin/solver')).toEqual([]);
    expect(await host.find('')).toEqual([]);
    expect((await host.environment()).PATH).toBe([at('links'), at('odd'), at('good')].join(':'));
  });

  it('notes what every user of the machine can replace', async () => {
    using folder = temporaryFolder();
    const open = join(folder.path, 'open');
    mkdirSync(open);
    program(join(open, 'solver'), 'echo solver 2.0');
    chmodSync(join(open, 'solver'), 0o777);
    chmodSync(open, 0o777);
    const host = createToolHost({ path: open });
    await host.find('solver');
    expect([...host.notes].join('\n')).toContain(`write to ${open}`);
    expect([...host.notes].join('\n')).toContain(`change ${join(open, 'solver')}`);
  });
});

describe('the hash of a program', () => {
  it('is that of its bytes, remembered until its stat identity changes, and never for a young file', async () => {
    using folder = temporaryFolder();
    const file = join(folder.path, 'solver');
    const inner = memoryCache();
    let set = 0;
    const cache: HashCache = { get: (key) => inner.get(key), set: (key, value) => { set++; inner.set(key, value); } };
    const host = createToolHost({ path: folder.path, hashCache: cache });
    writeFileSync(file, 'one');
    expect(await host.hash(file)).toBe(sha256('one'));
    writeFileSync(file, 'two');
    expect(await host.hash(file)).toBe(sha256('two'));
    expect(set).toBe(0); // younger than 2 s
    await new Promise((resolve) => { setTimeout(resolve, 2200); });
    expect(await host.hash(file)).toBe(sha256('two'));
    expect(await host.hash(file)).toBe(sha256('two'));
    expect(set).toBe(1);
    writeFileSync(file, 'six');
    utimesSync(file, LONG_AGO, LONG_AGO); // the time of change of the inode still tells
    expect(await host.hash(file)).toBe(sha256('six'));
  });
});

describe('locating a program', () => {
  it('finds all versions in the order of PATH, a file under two names once, and says what is unfit', async () => {
    using folder = temporaryFolder();
    const at = (...parts: string[]): string => join(folder.path, ...parts);
    for (const name of ['a', 'b', 'c', 'd']) mkdirSync(at(name));
    program(at('a/solver'), 'echo solver 1.9.12');
    program(at('b/solver'), 'echo solver 2.10');
    symlinkSync(at('b/solver'), at('b/solver-2'));
    program(at('c/solver'), 'echo something else');
    program(at('d/solver'), 'kill -SEGV $$');
    const tools = await locateProgram(createToolHost({ path: ['a', 'b', 'c', 'd'].map((name) => at(name)).join(':') }), SOLVER);
    expect(tools.map((tool) => [tool.path, tool.version, tool.unfit])).toEqual([
      [at('a/solver'), '1.9.12', '1.9.12 is older than 2.0'],
      [at('b/solver'), '2.10', undefined],
      [at('c/solver'), '', 'is not the solver that Assay knows: it told no version'],
      [at('d/solver'), '', 'does not tell its version: ended by SIGSEGV'],
    ]);
    expect(firstFit(tools, 'solver')?.path).toBe(at('b/solver'));
    expect(allFit(tools, 'solver')).toHaveLength(1);
    expect(missingTool(SOLVER, tools)).toBeUndefined();
    expect(missingTool(SOLVER, tools.slice(0, 1))).toEqual({ id: 'solver', why: `${at('a/solver')}: 1.9.12 is older than 2.0`, remedy: 'Install solver 2.' });
    expect(missingTool(SOLVER, [])?.why).toBe('no solver or solver-2 on PATH');
  });

  it('starts nothing on an unchanged machine, and knows a replaced companion', async () => {
    using folder = temporaryFolder();
    const at = (...parts: string[]): string => join(folder.path, ...parts);
    mkdirSync(at('bin'));
    program(at('bin/solver'), `echo started >>'${at('log')}'; echo solver 2.1`);
    writeFileSync(at('library.py'), 'one');
    await new Promise((resolve) => { setTimeout(resolve, 2200); });
    const described = { ...SOLVER, companions: () => Promise.resolve([at('library.py')]) };
    const cache = memoryCache();
    let captures = 0;
    const locate = async (): Promise<string | undefined> => {
      const host = createToolHost({ path: at('bin'), hashCache: cache });
      const counting = { ...host, capture: (path: string, args: readonly string[]) => { captures++; return host.capture(path, args); } };
      return (await locateProgram(counting, described))[0]?.fingerprint;
    };
    const first = await locate();
    expect(captures).toBe(1);
    expect(await locate()).toBe(first);
    expect(captures).toBe(1);
    writeFileSync(at('library.py'), 'two');
    const second = await locate();
    expect(second).not.toBe(first);
    expect(captures).toBe(2);
  });

  it('compares versions by number', () => {
    expect(compareVersions('4.8.12', '4.13')).toBeLessThan(0);
    expect(compareVersions('4.13.0', '4.13')).toBe(0);
    expect(compareVersions('0.23+48', '0.23')).toBeGreaterThan(0);
    expect(compareVersions('10', '9')).toBeGreaterThan(0);
  });
});
