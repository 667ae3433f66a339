import { describe, expect, it } from 'vitest';
import { cut, duration, padded, widthOf } from '../../app/cli/layout.ts';
import { shape, styleFor } from '../../app/cli/style.ts';
import { VERDICT_KINDS } from '../../toolchains/verdict.ts';

describe('a style', () => {
  const terminal = { isTTY: true, columns: 100 };
  it('has colour on a terminal only, unless it is forbidden or forced', () => {
    const color = (stream: object, environment: NodeJS.ProcessEnv): boolean => styleFor(stream, environment, 'linux').color;
    expect(color(terminal, {})).toBe(true);
    expect(color({}, {})).toBe(false);
    expect(color(terminal, { TERM: 'dumb' })).toBe(false);
    expect(color(terminal, { NO_COLOR: '1' })).toBe(false);
    expect(color(terminal, { NO_COLOR: '' })).toBe(true);
    expect(color({}, { FORCE_COLOR: '1' })).toBe(true);
    expect(color({}, { FORCE_COLOR: '1', NO_COLOR: '1' })).toBe(true);
    expect(color(terminal, { FORCE_COLOR: '0' })).toBe(false);
  });

  it('has Unicode where the locale is UTF-8, the most specific variable first', () => {
    const unicode = (environment: NodeJS.ProcessEnv, platform: NodeJS.Platform = 'linux'): boolean => styleFor({}, environment, platform).unicode;
    expect(unicode({ LANG: 'en_GB.UTF-8' })).toBe(true);
    expect(unicode({ LANG: 'C.utf8' })).toBe(true);
    expect(unicode({ LC_ALL: 'C', LANG: 'en_GB.UTF-8' })).toBe(false);
    expect(unicode({})).toBe(false);
    expect(unicode({}, 'darwin')).toBe(true);
  });

  it('breaks lines on terminals only', () => {
    expect(styleFor(terminal, {}, 'linux').width).toBe(100);
    expect(styleFor({ isTTY: true }, {}, 'linux').width).toBe(80);
    expect(styleFor({}, {}, 'linux').width).toBe(Infinity);
  });

  it('shows every verdict in one column', () => {
    for (const kind of VERDICT_KINDS) for (const unicode of [true, false]) {
      expect(widthOf(shape({ color: false, unicode, width: 80 }, { kind })), kind).toBe(1);
    }
  });
});

describe('columns', () => {
  it('count what is seen', () => {
    expect([widthOf('abc'), widthOf('é'), widthOf('e\u0301'), widthOf('证明'), widthOf('😀'), widthOf('→∀')]).toEqual([3, 1, 1, 4, 2, 2]);
    expect(padded('证', 4)).toBe('证  ');
    expect([cut('abcdef', 4, '…'), cut('abc', 4, '…'), cut('证明证明', 5, '…')]).toEqual(['abc…', 'abc', '证明…']);
  });

  it('name durations for people', () => {
    expect([0, 0.004, 0.99, 0.999, 1.24, 9.99, 59.7, 60, 3_599.6, 7_500].map(duration)).toEqual(
      ['0.00 s', '0.00 s', '0.99 s', '1.0 s', '1.2 s', '10 s', '1 min 0 s', '1 min 0 s', '1 h 0 min', '2 h 5 min']);
  });
});
