import { describe, expect, it } from 'vitest';
import { recogniseDafny } from '../../../toolchains/dafny/recognise.ts';
import { globMatches, readConfiguration } from '../../../toolchains/dafny/options.ts';
import { outlineProject } from '../../../toolchains/dafny/outline.ts';
import { folderTree, temporaryFolder } from '../check-context.ts';

async function recognise(files: Readonly<Record<string, string>>) {
  const folder = await temporaryFolder(files);
  const tree = await folderTree(folder.root);
  const recognition = await recogniseDafny(tree);
  const outlines = await Promise.all(recognition.projects.map((project) => outlineProject(project, { tree })));
  await folder.dispose();
  return { projects: Object.fromEntries(recognition.projects.map((project) => [project.id, project.files])), recognition, outlines };
}

describe('Dafny projects of a tree', () => {
  it('a file that another includes belongs to it, also in a circle and through a third', async () => {
    const { projects } = await recognise({
      'a.dfy': 'include "b.dfy"\ninclude "lib/c.dfy"', 'b.dfy': 'include "lib/../lib/c.dfy"', 'lib/c.dfy': 'include "d.dfy"', 'lib/d.dfy': '// include "../e.dfy"', 'e.dfy': 'const s := "include \\"a.dfy\\""',
      'x.dfy': 'include "y.dfy"', 'y.dfy': 'include "x.dfy"',
    });
    expect(projects).toEqual({ 'dafny:a.dfy': ['a.dfy', 'b.dfy', 'lib/c.dfy', 'lib/d.dfy'], 'dafny:e.dfy': ['e.dfy'], 'dafny:x.dfy': ['x.dfy', 'y.dfy'] });
  });
  it('a dfyconfig.toml takes the files of its patterns', async () => {
    const { projects } = await recognise({
      'p/dfyconfig.toml': 'includes = ["src/**/*.dfy"]\nexcludes = ["**/skip*.dfy"]\n', 'p/src/a.dfy': '', 'p/src/deep/b.dfy': 'include "../../other.dfy"', 'p/src/skipped.dfy': '', 'p/other.dfy': '', 'q/dfyconfig.toml': '', 'q/c.dfy': '',
    });
    expect(projects).toEqual({
      'dafny:p/dfyconfig.toml': ['p/dfyconfig.toml', 'p/src/a.dfy', 'p/src/deep/b.dfy', 'p/other.dfy'], 'dafny:p/src/skipped.dfy': ['p/src/skipped.dfy'], 'dafny:q/dfyconfig.toml': ['q/dfyconfig.toml', 'q/c.dfy'],
    });
  });
  it('an include that is not there is an absent input and malformed', async () => {
    const { outlines } = await recognise({ 'a.dfy': 'include "gone.dfy"\nmethod M() ensures true {}' });
    expect(outlines[0]?.units[0]).toMatchObject({ inputs: { files: ['a.dfy'], absent: ['gone.dfy'] }, decided: { kind: 'malformed', reason: 'a.dfy:1: the included file gone.dfy is not there' } });
  });
  it('a project file that cannot be read, or that names nothing, says so', async () => {
    const { outlines } = await recognise({ 'q/dfyconfig.toml': 'includes = ["none/*.dfy"]' });
    expect(outlines.map((outline) => outline.units[0]?.decided?.kind)).toEqual(['malformed']);
    await expect(recognise({ 'p/dfyconfig.toml': 'includes = [', 'p/a.dfy': '' })).rejects.toThrow('p/dfyconfig.toml: is no TOML');
  });
  it('a library is an assumption of every obligation', async () => {
    const { outlines } = await recognise({ 'dfyconfig.toml': '[options]\nlibrary = ["lib.doo"]\nstandard-libraries = true\n', 'a.dfy': 'method M() ensures true {}' });
    expect(outlines[0]?.assumptions.map((one) => [one.kind, one.text])).toEqual([['unverified-import', 'lib.doo'], ['unverified-import', 'the standard libraries']]);
    expect(outlines[0]?.obligations[0]?.assumptions).toHaveLength(2);
  });
});

describe('options of a project file', () => {
  const read = (toml: string) => readConfiguration('dfyconfig.toml', Buffer.from(toml));
  it('only harmless ones are passed on', async () => {
    const options = await read('[options]\nfunction-syntax = 3\nunicode-char = false\nverification-time-limit = 999\nsolver-path = "./z3"\nplugin = "x.dll"\nboogie = "/proc:A"\nfilter-symbol = "Good"\nfilter-position = "a.dfy:3"\nnew-thing = true\n');
    expect(options.arguments).toEqual(['--function-syntax=3', '--unicode-char=false']);
    expect(options.refused.map((one) => [one.option, one.executes])).toEqual([['solver-path', true], ['plugin', true], ['boogie', true], ['filter-symbol', false], ['filter-position', false], ['new-thing', false]]);
  });
  it('a value cannot bring in another option', async () => {
    expect((await read('[options]\nfunction-syntax = "3 --solver-path x"\n')).arguments).toEqual(['--function-syntax=3 --solver-path x']);
  });
  it('patterns', () => {
    expect([['**/*.dfy', 'a.dfy'], ['**/*.dfy', 'x/y/a.dfy'], ['src/*.dfy', 'src/x/a.dfy'], ['src/**', 'src/x/a.dfy'], ['./a?.dfy', 'ab.dfy'], ['a+b.dfy', 'aab.dfy']].map(([pattern, path]) => globMatches(pattern!, path!))).toEqual([true, true, false, true, true, false]);
  });
});
