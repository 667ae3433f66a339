import { describe, expect, it } from 'vitest';
import { LIMIT_OPTIONS, limitsOf, parseCommand, UsageError } from '../../app/cli/arguments.ts';

const options = { ...LIMIT_OPTIONS, task: { type: 'string', multiple: true }, json: { type: 'string' }, fresh: { type: 'boolean' } } as const;
const parse = (...args: string[]) => parseCommand<keyof typeof options>(args, options);

describe('the command line', () => {
  it('takes all words after --task up to the next option', () => {
    const command = parse('dir', '--task', 'a', 'b', '--json', 'out.json', '--fresh');
    expect(command.list('task')).toEqual(['a', 'b']);
    expect(command.positionals).toEqual(['dir']);
    expect(command.text('json')).toBe('out.json');
    expect(command.flag('fresh')).toBe(true);
  });
  it('takes what stands after -- as paths', () => { expect(parse('--fresh', '--', '--odd name').positionals).toEqual(['--odd name']); });
  it('gives limits by effort, and --wall overrides the time', () => {
    expect(limitsOf(parse('x'))).toEqual({ wallSeconds: 10, memoryMb: 4096, effort: 1 });
    expect(limitsOf(parse('x', '--effort', '3', '--wall', '7.5', '--depth', '4'))).toEqual({ wallSeconds: 7.5, memoryMb: 4096, effort: 3, depth: 4 });
  });
  it.each([['--effort', '5'], ['--effort', '1.5'], ['--wall', 'soon'], ['--wall', '-1'], ['--wall', ''], ['--memory', 'NaN'], ['--depth', '0'], ['--expect', 'maybe'], ['--unknown', 'x']])(
    'refuses %s %s', (name, value) => { expect(() => limitsOf(parse('x', `${name}=${value}`))).toThrow(UsageError); });
});
