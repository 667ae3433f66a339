import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { canonicalName } from '../../../toolchains/lean/source/names.ts';
import { readModule } from '../../../toolchains/lean/source/declarations.ts';

const names = (text: string): string[] => readModule(text).declarations.map((one) => `${one.kind} ${one.name}`);

describe('declarations of a Lean file', () => {
  it('have the names that Lean prints', () => {
    expect(names(`
namespace A.B
section Inner
theorem t.u : True := trivial
theorem _root_.r : True := trivial
end Inner
private lemma «odd name».x : True := trivial
def «plain» := 1
end A.B
theorem s.{u} {α : Sort u} : True := trivial`)).toEqual(['theorem A.B.t.u', 'theorem r', 'lemma A.B.«odd name».x', 'def A.B.plain', 'theorem s']);
  });
  it('stand behind attributes, modifiers, comments, `open … in` and `set_option … in`', () => {
    expect(names(`/-- doc: theorem no -/ @[simp, inline] protected noncomputable def a := 1
set_option maxHeartbeats 0 in
open Foo in
/-- doc -/
@[ext]
theorem b : True := by
  set_option pp.all true in
  trivial
@[simp] theorem c : True := trivial theorem d : True := trivial
local instance (priority := low) named : Inhabited Nat := ⟨1⟩
instance [Inhabited α] : Inhabited (List α) := ⟨[]⟩
instance : Foo where
  bar := 2
`)).toEqual(['def a', 'theorem b', 'theorem c', 'instance named', 'instance instance 1', 'instance instance 2']);
  });
  it('of every kind are found, with mutual blocks, where clauses and deriving', () => {
    expect(names(`
structure S extends T where
  x : Nat := 1
  deriving Repr
inductive I | a | b deriving DecidableEq
class C (α : Type) where
class inductive D : Prop
mutual
  def even : Nat → Bool
    | 0 => true
    | n + 1 => odd n
  def odd : Nat → Bool
    | 0 => false
    | n + 1 => even n
end
def f (n : Nat) : Nat := go n
where
  go : Nat → Nat
    | 0 => 0
    | n + 1 => go n
opaque o : Nat
axiom x : False
abbrev y := Nat
example : True := trivial
deriving instance Repr for I
def last := 'a'`)).toEqual([
      'structure S', 'inductive I', 'class C', 'class inductive D', 'def even', 'def odd', 'def f', 'opaque o', 'axiom x', 'abbrev y', 'example example 1', 'def last',
    ]);
  });
  it('are not found in comments, strings and quotations', () => {
    expect(names(`/- theorem a : True /- theorem b -/ theorem c -/
def s := "
theorem d : True"
macro "x" : command => \`(theorem e : True := trivial)
-- theorem f
def g := s!"{1}
theorem h"
def f' := f '' s ∩ g ⁻¹' t
theorem i : True := trivial`)).toEqual(['def s', 'def g', "def f'", 'theorem i']);
  });
  it('after one that does not parse are there all the same', () => {
    expect(names('theorem bad (p : Prop : p := h\ntheorem good : True := trivial\nend Nowhere\ndef x := (\ndef y := 1')).toEqual(['theorem bad', 'theorem good', 'def x', 'def y']);
  });
  it('imports are those at the top', () => {
    expect(readModule('/- import X -/ module\npublic import A.B\nimport all C\nimport «d-e».F\n\ntheorem import_x : True := trivial\nimport G').imports).toEqual(['A.B', 'C', '«d-e».F']);
  });
  it('one name has one form', () => {
    expect(['«a».b', 'a.«b»', '«a b».c', 'x₁.y\''].map(canonicalName)).toEqual(['a.b', 'a.b', '«a b».c', "x₁.y'"]);
  });
  it('reading ends for every prefix of a text', () => {
    const text = 'namespace A\n@[simp] theorem «x» : f s!"{a}" = "\\"" := by /- -/ exact ⟨r#"x"#, \'\\\'\'⟩\nend A';
    for (let end = 0; end <= text.length; end++) expect(readModule(text.slice(0, end)).declarations.length).toBeLessThanOrEqual(1);
  });
});

const visible = join(import.meta.dirname, '../../../../shared/data/visible/lean');
describe('the public examples', () => {
  it.skipIf(!existsSync(visible))('have each theorem and definition that a line begins (needs ../shared/data)', () => {
    const files = readdirSync(visible, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.lean'));
    expect(files.length).toBe(30);
    for (const file of files) {
      const text = readFileSync(join(visible, file), 'utf8');
      const lines = text.split('\n').filter((line) => /^(?:(?:private|noncomputable|partial)\s+)*(?:theorem|lemma|def|axiom|structure|instance|abbrev|inductive)\b/.test(line));
      expect(readModule(text).declarations.length, file).toBe(lines.length);
    }
  });
});
