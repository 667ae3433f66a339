import { describe, expect, it } from 'vitest';
import { readModule } from '../../../toolchains/lean/source/declarations.ts';
import { findingsOf } from '../../../toolchains/lean/source/findings.ts';

/** "kind@line:column text in declaration" for each finding. */
function found(text: string): string[] {
  return findingsOf(readModule(text)).map((one) => {
    const before = text.slice(0, one.start).split('\n');
    return `${one.kind}@${before.length}:${before.at(-1)!.length + 1} ${one.text}${one.declaration ? ` in ${one.declaration.name}` : ''}`;
  });
}

const SNIPPETS: readonly { readonly what: string; readonly text: string; readonly findings: readonly string[] }[] = [
  { what: 'sorry as a term', text: 'theorem t : 1 = 2 := sorry', findings: ['sorry@1:22 sorry in t'] },
  { what: 'sorry in a tactic block', text: 'theorem t : 1 = 2 := by\n  intro h\n  sorry\n', findings: ['sorry@3:3 sorry in t'] },
  { what: 'sorry in comments', text: '-- sorry\n/- sorry /- sorry -/ sorry -/\n/-- sorry -/\ntheorem t : True := trivial -- sorry', findings: [] },
  { what: 'sorry in strings', text: 'def s := "sorry \\" sorry"\ndef r := r#"sorry " sorry"#\ndef c := \'s\'', findings: [] },
  { what: 'sorry after a character that looks like a quote', text: "def c := '\"'\ntheorem t : 1 = 2 := sorry -- \"", findings: ['sorry@2:22 sorry in t'] },
  { what: 'sorry after an escaped quote', text: "def c := '\\''\ntheorem t : 1 = 2 := sorry", findings: ['sorry@2:22 sorry in t'] },
  { what: 'sorry in an interpolated string', text: 'def s (n : Nat) := s!"a {n} sorry {f "}" sorry} b"', findings: ['sorry@1:42 sorry in s'] },
  { what: 'sorry in the braces of a plain string', text: 'def s := "{sorry}"', findings: [] },
  { what: 'names that hold the word', text: "theorem sorry' : True := trivial\ntheorem x.sorry_free (h : y.sorry) : True := sorry_lemma h\n#check `sorry", findings: [] },
  { what: 'a name in French quotes', text: 'theorem «sorry» : True := trivial\ntheorem t := «sorry»', findings: [] },
  { what: 'sorryAx', text: 'theorem t : False := sorryAx _ false', findings: ['sorry@1:22 sorryAx in t'] },
  { what: 'admit', text: 'theorem t : False := by admit', findings: ['admit@1:25 admit in t'] },
  { what: 'stop in a proof', text: 'theorem t : False := by\n  simp\n  stop\n  exact foo', findings: ['sorry@3:3 stop in t'] },
  { what: 'an axiom in a namespace', text: 'namespace A\nprivate axiom foo : False\nend A', findings: ['axiom@2:15 foo in A.foo'] },
  { what: 'native_decide', text: 'theorem t : p 100 := by native_decide', findings: ['native_decide@1:25 native_decide in t'] },
  { what: 'decide with compiled code', text: 'theorem t : p := by decide +native\ntheorem u : p := by decide (config := { native := true })', findings: ['native_decide@1:28 +native in t', 'native_decide@2:41 native := true in u'] },
  { what: 'ofReduceBool', text: 'theorem t := Lean.ofReduceBool a b rfl', findings: ['native_decide@1:14 Lean.ofReduceBool in t'] },
  { what: 'implemented_by', text: '@[implemented_by fastImpl, simp] def slow (n : Nat) := n', findings: ['implemented_by@1:3 implemented_by fastImpl in slow'] },
  { what: 'extern', text: '@[extern "c_add"]\nopaque add : Nat → Nat', findings: ['extern@1:3 extern "c_add" in add', 'opaque@2:8 add in add'] },
  { what: 'csimp, set later', text: '@[csimp] theorem a : @f = @g := rfl\nattribute [local simp, csimp] b', findings: ['csimp@1:3 csimp in a', 'csimp@2:24 csimp'] },
  { what: 'unsafe', text: 'unsafe def f : Nat := unsafeCast 1\ndef g := unsafe f', findings: ['unsafe@1:1 unsafe in f', 'unsafe@1:23 unsafeCast in f', 'unsafe@2:10 unsafe in g'] },
  { what: 'opaque with and without a value', text: 'opaque a : Nat\nopaque b : Nat := 3', findings: ['opaque@1:8 a in a'] },
  { what: 'options that matter', text: 'set_option debug.skipKernelTC true\nset_option debug.skipKernelTC false\nset_option warn.sorry false in\ntheorem t : True := trivial', findings: ['skip-kernel-check@1:1 set_option debug.skipKernelTC true', 'hidden-sorry@3:1 set_option warn.sorry false in t'] },
  { what: 'options that do not', text: 'set_option maxHeartbeats 400000 in\ntheorem t : True := by\n  set_option pp.all true in\n  trivial\nset_option autoImplicit false', findings: [] },
  { what: 'an option that nobody knows', text: 'set_option my.trust.everything true', findings: ['unknown-option@1:1 set_option my.trust.everything true'] },
  { what: 'an attribute that nobody knows', text: '@[simp, my_attr (x := 1), to_additive (attr := simp) foo] theorem t : True := trivial', findings: ['unknown-attribute@1:9 my_attr in t'] },
  { what: 'a list literal is no attribute', text: 'def l := [csimp, extern]\ntheorem t : f[implemented_by] = 1 := rfl', findings: [] },
  { what: 'a macro that hides sorry', text: 'macro "done_now" : tactic => `(tactic| sorry)\ntheorem t : False := by done_now', findings: ['sorry@1:40 sorry'] },
  { what: 'a declaration added without a check', text: 'run_cmd do\n  let env := (← getEnv).addDeclCore 0 d none (doCheck := false)\n  setEnv (env.addDeclWithoutChecking d)', findings: ['unchecked-declaration@2:25 addDeclCore', 'unchecked-declaration@3:11 env.addDeclWithoutChecking'] },
  { what: 'an unclosed comment', text: 'theorem t : True := trivial\n/- theorem u := sorry', findings: [] },
  { what: 'an unclosed string', text: 'theorem t : True := trivial\ndef s := "sorry', findings: [] },
  { what: 'sorry that another bracket left open', text: 'theorem bad (p : Prop : p := h\ntheorem t : False := sorry', findings: ['sorry@2:22 sorry in t'] },
];

describe('what a Lean file takes on trust', () => {
  it.each(SNIPPETS)('$what', ({ text, findings }) => { expect(found(text)).toEqual(findings); });
  it('has snippets enough', () => { expect(SNIPPETS.length).toBeGreaterThanOrEqual(20); });
});
