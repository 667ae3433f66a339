import { describe, expect, it } from 'vitest';
import type { Recognition } from '../../../toolchains/contract.ts';
import { coverageOf, describeOther } from '../../../app/engine/repository/coverage.ts';

const files = (...paths: string[]): { path: string; bytes: number }[] => paths.map((path) => ({ path, bytes: 1 }));
const recognition: Recognition = {
  projects: [{ id: 'smt:a.smt2', toolchain: 'smt', root: '', name: 'a', files: ['a.smt2', 'inc.smt2'], options: {}, executes: [] }],
  claimed: ['a.smt2', 'empty.smt2'],
  uncovered: [{ file: 'odd.smt2', why: 'is not text' }],
};

describe('coverage', () => {
  it('names each source file that nobody claims, and counts the rest', () => {
    const coverage = coverageOf(files(
      'a.smt2', 'inc.smt2', 'empty.smt2', 'odd.smt2', 'x/M.DFY', 'b.smt2', 'c.rs', 'b.smt2.gz', 'all.zip', 'M.olean', 'README.md', 'docs/b.md', 'logo.PNG', 'LICENSE', '.gitignore',
    ), [recognition]);
    expect(coverage.uncovered).toEqual([
      { file: 'x/M.DFY', why: 'Dafny: no tool covers it' },
      { file: 'b.smt2', why: 'SMT-LIB script: no tool covers it' },
      { file: 'c.rs', why: 'Rust: no tool covers it' },
      { file: 'b.smt2.gz', why: 'SMT-LIB script, compressed: unpack it to have it checked' },
      { file: 'all.zip', why: 'an archive inside: not opened' },
      { file: 'M.olean', why: 'build output: ignored, and made anew where it is needed' },
    ]);
    expect(coverage.other).toEqual([{ ending: '', count: 2 }, { ending: '.md', count: 2 }, { ending: '.png', count: 1 }]);
    expect(describeOther(coverage.other)).toBe('5 other files are no source: 2 without ending, 2 .md, 1 .png');
  });

  it('says nothing where everything is claimed', () => {
    const coverage = coverageOf(files('a.smt2'), [recognition]);
    expect(coverage).toEqual({ uncovered: [], other: [] });
    expect(describeOther(coverage.other)).toBeUndefined();
  });
});
