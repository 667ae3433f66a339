/** Reading .sby files: tasks and tags, options, commands that count as code, files. */
import { describe, expect, it } from 'vitest';
import { readScriptLine, scriptText } from '../../../toolchains/verilog/sby/commands.ts';
import { expandSby } from '../../../toolchains/verilog/sby/expand.ts';
import { readOptions } from '../../../toolchains/verilog/sby/options.ts';
import { prepareTask } from '../../../toolchains/verilog/sby/prepare.ts';
import { referencedFiles } from '../../../toolchains/verilog/sby/references.ts';
import { sortSections } from '../../../toolchains/verilog/sby/sections.ts';
import type { RepositoryTree } from '../../../toolchains/contract.ts';

const treeOf = (...paths: string[]): RepositoryTree => ({
  root: '/repository', files: paths.map(path => ({ path, bytes: 1 })), has: path => paths.includes(path), read: async () => Buffer.alloc(0),
});
const texts = async (content: string, task: string | undefined): Promise<string[]> => (await expandSby(content, task)).lines.map(line => line.text).filter(text => text !== '');

describe('tasks and tags', () => {
  const content = `[tasks]
a fast small
b fast
c: small
d e : default

[options]
mode bmc
fast: depth 5
~fast: depth 50
small:
append 1
b:
append 2
--
wait on
`;
  it('lists tasks with their tags', async () => {
    const { tasks, problems } = await expandSby(content, undefined);
    expect(problems).toEqual([]);
    expect(tasks.map(task => [task.name, task.tags, task.isDefault])).toEqual([
      ['a', ['fast', 'small'], false], ['b', ['fast'], false], ['c', ['small'], false], ['d', ['default'], true], ['e', ['default'], true],
    ]);
  });

  it('gives each task its own lines', async () => {
    expect(await texts(content, 'a')).toEqual(['[options]', 'mode bmc', 'depth 5', 'append 1', 'wait on']);
    expect(await texts(content, 'b')).toEqual(['[options]', 'mode bmc', 'depth 5', 'append 2', 'wait on']);
    expect(await texts(content, 'c')).toEqual(['[options]', 'mode bmc', 'depth 50', 'append 1', 'wait on']);
    expect(await texts(content, 'd')).toEqual(['[options]', 'mode bmc', 'depth 50', 'wait on']);
  });

  it('gives tags by patterns', async () => {
    const { tasks } = await expandSby('[tasks]\nx_1\nx_2\ny_1\n.*_1 : one\n', undefined);
    expect(tasks.map(task => task.tags)).toEqual([['one'], [], ['one']]);
  });

  it('refuses a tag that no task has, with its line', async () => {
    const { problems } = await expandSby('[tasks]\na\n[options]\nnosuch: mode bmc\n', 'a');
    expect(problems).toEqual([{ line: 4, message: '"nosuch:" is not the name of a task or a tag' }]);
  });

  it('runs pycode only through the runner that it is given, with task and tags', async () => {
    const source = '[tasks]\n--pycode-begin--\noutput("x")\n--pycode-end--\n[options]\n--pycode-begin--\nsecond\n--pycode-end--\nmode bmc\n';
    const without = await expandSby(source, undefined);
    expect(without).toMatchObject({ tasks: [], pycode: [2, 6], tasksUnknown: true });
    const asked: unknown[] = [];
    const runner = async (code: string, task: string | undefined, tags: readonly string[]): Promise<readonly string[]> => { asked.push([code, task, tags]); return code === 'second' ? ['x: depth 7'] : ['x slow']; };
    expect((await expandSby(source, 'x', runner)).lines.map(line => line.text)).toContain('depth 7');
    expect(asked).toEqual([['output("x")', 'x', ['x']], ['second', 'x', ['x', 'slow']]]);
  });
});

describe('options', () => {
  const options = (...lines: string[]) => readOptions(lines.map((text, index) => ({ line: index + 1, text })));

  it('reads mode, depth and what is expected', () => {
    expect(options('mode prove', 'depth 7 # comment', 'multiclock on', 'timeout 9', 'expect fail,timeout')).toMatchObject({
      mode: 'prove', depth: 7, multiclock: true, timeoutSeconds: 9, problems: [], expected: ['refuted', 'failed', 'unreachable', 'timeout'],
    });
    expect(options('mode bmc')).toMatchObject({ depth: 20, skip: 0 });
  });

  it('names the line of what it does not know', () => {
    expect(options('mode bmc', 'dept 5').problems).toEqual([{ line: 2, message: 'unknown option "dept"' }]);
    for (const text of ['mode fast', 'depth five', 'depth 0', 'expect maybe', 'multiclock yes', 'smtc x.smtc', 'skip_prep on']) expect(options('mode bmc', text).problems, text).toHaveLength(1);
  });
});

describe('commands that count as code', () => {
  const codeOf = (text: string): string | undefined => readScriptLine(text, 1).code;

  it('lets reading and preparing pass', () => {
    for (const text of ['read -formal top.sv', 'read_verilog -sv -formal -Iinc -DX=1 a.v b.v', 'prep -top top', 'flatten; tribuf -formal', 'hierarchy -top t -chparam W 8;;', 'memory -nomap', 'techmap', 'select -clear', 'read -define A=1 B'])
      expect(codeOf(text), text).toBeUndefined();
  });

  it('stops all that runs programs or writes files', () => {
    for (const text of [
      '!touch x', ' !touch x', 'prep; !touch x', 'prep -top top ;!touch x', 'exec -- ls', 'tcl x.tcl', 'plugin -i x', 'shell', 'script more.ys', 'tee -o f stat', 'write_verilog f.v', 'dump -o f',
      'show', 'abc -script x', 'techmap -map mine.v', 'techmap -map %design', 'select -write f *', 'sim -vcd f.vcd', 'sat -dump_vcd f', 'read_verilog /etc/passwd', 'read ../../x.v', 'read_verilog <<EOT', 'prep \\', 'prep\u0007',
      'write_file x', 'history', 'synth -top t', 'fsm -encfile x', 'bugpoint',
    ]) expect(codeOf(text), text).toBeDefined();
  });

  it('writes out what it judged, one command a line', () => {
    expect(scriptText([readScriptLine('flatten;;  tribuf -formal # !rm', 1)])).toBe('flatten\nclean\ntribuf -formal');
  });
});

describe('files', () => {
  const prepared = async (content: string, tree: RepositoryTree) => prepareTask(await expandSby(content, undefined), undefined, 'formal/top.sby', tree);
  const head = '[options]\nmode bmc\n[engines]\nsmtbmc\n[script]\nread x\n';

  it('finds them from the folder of the .sby, under the name that the script uses', async () => {
    const { task, problems } = await prepared(`${head}[files]\n../rtl/a.v\nb.v ../rtl/other.v\nlib/c.v c.v\nparts ../rtl/parts\n[file d.v]\nmodule d;\n# not a comment\nendmodule\n`, treeOf('rtl/a.v', 'rtl/other.v', 'formal/c.v', 'rtl/parts/one.v', 'rtl/parts/two/two.v'));
    expect(problems).toEqual([]);
    expect(task.files.map(file => [file.path, file.source, file.lineOffset])).toEqual([
      ['a.v', 'rtl/a.v', 0], ['b.v', 'rtl/other.v', 0], ['lib/c.v', 'formal/c.v', 0], ['parts/one.v', 'rtl/parts/one.v', 0], ['parts/two/two.v', 'rtl/parts/two/two.v', 0], ['d.v', 'formal/top.sby', 12],
    ]);
    expect(task.files.at(-1)?.inline).toBe('module d;\n# not a comment\nendmodule\n\n');
  });

  it('names what is missing, outside, double, or would leave the private folder', async () => {
    const messages = async (files: string): Promise<string[]> => (await prepared(`${head}[files]\n${files}\n`, treeOf('formal/a.v', 'formal/b/a.v'))).problems.map(problem => problem.message);
    expect(await messages('gone.v')).toEqual(['formal/gone.v is not there']);
    expect(await messages('../../etc/passwd')).toEqual(['../../etc/passwd lies outside the repository']);
    expect(await messages('a.v\nb/a.v')).toEqual(['two files are called "a.v"']);
    expect(await messages('../x.v a.v')).toEqual(['"../x.v" is no name inside the task\'s folder']);
    expect(await messages('/x.v a.v')).toEqual(['"/x.v" is no name inside the task\'s folder']);
  });

  it('knows what a file references, whatever the task', () => {
    expect(referencedFiles('[tasks]\na\n[files]\na: x.v\n# y.v\nz.v ../w.v\n[script]\nread q.v\n')).toEqual(['x.v', '../w.v']);
  });

  it('takes no line that stands in no section, and no unknown section', () => {
    expect(sortSections([{ line: 1, text: 'mode bmc' }, { line: 2, text: '[optoins]' }]).problems.map(problem => problem.line)).toEqual([1, 2]);
  });
});
