import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { beyond, readAudit } from '../../../toolchains/dafny/audit.ts';
import { readProgram } from '../../../toolchains/dafny/program.ts';
import { hasDafny, SLOW_MS, told } from './tools.ts';

const recorded = join(import.meta.dirname, '../../../../shared/data/recorded/dafny-4.11');
const project = { id: 'dafny:mixed.dfy', toolchain: 'dafny', root: '', name: 'mixed.dfy', files: ['mixed.dfy'], options: {}, executes: [] };
const TRAIT = 'trait Store { method Get() returns (x: int) ensures x > 0 }\nmethod User(s: Store) { var x := s.Get(); assert x > 0; }\nmethod Other() ensures 1 == 1 { assert 2 > 1; }\n';

describe('dafny audit', () => {
  it('is read only where it is whole', () => {
    const said = 'a.dfy(1,17): Warning: M: Compiled declaration has no body and has an ensures clause. Possible mitigation: Provide a body or add `{:axiom}`.\nDafny auditor completed with 1 findings\n';
    expect(readAudit(Buffer.from(said), false)).toEqual([{ file: 'a.dfy', line: 1, column: 17, symbol: 'M', issue: 'Compiled declaration has no body and has an ensures clause.' }]);
    for (const text of ['', said.split('\n')[0]!, said.replace('with 1', 'with 2'), said + said, said.split('\n').slice(1).join('\n')]) expect(readAudit(Buffer.from(text), false), text).toBeUndefined();
    expect(readAudit(Buffer.from(said), true)).toBeUndefined();
  });

  it.skipIf(!existsSync(recorded))('adds nothing that the source says itself (needs shared data)', () => {
    const findings = readAudit(readFileSync(join(recorded, 'mixed-audit.stdout')), false)!;
    expect(findings.map((one) => one.symbol)).toEqual(['Trusted', 'Assumed', 'Skipped', 'Foreign']);
    const program = readProgram(project, [{ path: 'mixed.dfy', text: readFileSync(join(recorded, 'mixed.dfy'), 'utf8') }]);
    expect([...beyond(findings, program, '/repository', 'dafny').values()].flat()).toEqual([]);
  });

  it('adds what it alone names to the declaration and to those that use it', () => {
    const program = readProgram({ ...project, id: 'dafny:a.dfy', files: ['a.dfy'] }, [{ path: 'a.dfy', text: TRAIT }]);
    const finding = { file: 'a.dfy', line: 1, column: 22, symbol: 'Get', issue: 'Compiled declaration has no body and has an ensures clause.' };
    const added = beyond([finding], program, '/repository', 'dafny');
    expect([...added.keys()].map((id) => id.replace(/^.*#/, ''))).toEqual(['Store.Get', 'User']);
    expect(added.get('dafny:a.dfy#User')).toMatchObject([{ kind: 'audit', file: 'a.dfy', symbol: 'Store.Get', text: 'dafny audit: Compiled declaration has no body and has an ensures clause.' }]);
  });

  it.skipIf(!hasDafny)('is asked where more effort is (needs dafny, z3)', { timeout: SLOW_MS }, async () => {
    const { words, by, runs } = await told({ 'a.dfy': TRAIT }, { effort: 2 });
    expect(words).toMatchObject({ User: 'proved', Other: 'proved' });
    expect(by.User!.assumptions?.map((one) => `${one.kind} ${one.symbol}`)).toEqual(['audit Store.Get']);
    expect(by.Other!.assumptions ?? []).toEqual([]);
    expect(runs.filter((run) => run.argv.includes('audit'))).toHaveLength(1);
    expect((await told({ 'a.dfy': TRAIT })).runs.filter((run) => run.argv.includes('audit'))).toEqual([]);
  });
});
