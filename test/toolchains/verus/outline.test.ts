/** Names and places of functions without running Verus, and which of them get a verdict. */
import { describe, expect, it } from 'vitest';
import { folderTree, temporaryFolder } from '../check-context.ts';
import { verus } from '../../../toolchains/verus/index.ts';
import { tokenise } from '../../../toolchains/verus/source/tokens.ts';
import { programOf } from './read.ts';

const symbols = (source: string): string[] => programOf('c', source).functions.map((one) => `${one.obligation.kind} ${one.obligation.symbol}`);
const inVerus = (body: string): string => `verus! {\n${body}\n}`;

describe('outline of a file', () => {
  it('finds bodies behind clauses with braces of their own', () => {
    expect(symbols(inVerus(`
      fn a(x: u8) -> (r: u8) requires match x { 0 => true, _ => { x < 3 } }, ensures if r > 1 { true } else { false } { x }
      fn b<const N: usize, F: Fn(u8) -> u8>(f: F) -> [u8; N] where F: Copy ensures ({ let t = 1; t == 1 }), forall|i: int| { i == i } { loop {} }
      proof fn c(x: int) by (nonlinear_arith) requires x > 0 ensures x * x > 0 {}
      spec fn d(x: nat) -> nat decreases x { if x == 0 { 0 } else { d((x - 1) as nat) } }
      spec fn plain(x: nat) -> nat { x }
      pub open spec(checked) fn e(x: nat) -> bool recommends x > 1 { true }
      pub const K: u64 = 1 << 3;
      exec static L: u8 ensures true { 3 }
      fn after() {}
    `))).toEqual(['exec c::a', 'exec c::b', 'proof c::c', 'spec c::d', 'spec c::e', 'const c::K', 'static c::L', 'exec c::after']);
  });

  it('names functions of impls by the type they are for', () => {
    expect(symbols(`mod a { verus! { pub struct S<T> { t: T } impl<T: Clone> S<T> { fn new() {} } pub mod deep { pub enum E { A } } } }
      mod b { use crate::a::deep::E as Other; use super::a::{S, deep}; verus! { impl S<u8> { proof fn p() {} } impl Clone for Other { fn clone(&self) {} } trait T { fn q(&self); fn r(&self) {} } impl T for deep::E { fn q(&self) {} } impl T for [u8] { fn q(&self) {} } } }`))
      .toEqual(['exec c::a::S::new', 'proof c::a::S::p', 'exec c::a::deep::E::clone', 'exec c::b::T::r', 'exec c::a::deep::E::q', 'exec c::b::[u8]::q']);
  });

  it('leaves out what is not verified, and says so', () => {
    const program = programOf('c', `fn plain() {}\n#[verus_spec(ensures true)] fn by_attribute() {}\n${inVerus('#[verifier::external] fn ext() {}\n#[verifier::external_body] fn body() {}\naxiom fn ax() ensures true;\ntrait T { fn decl(&self); }\n#[cfg(test)] mod tests { fn t() {} }\nfn ok() {}')}`);
    expect(program.functions.map((one) => [one.obligation.symbol, one.certain])).toEqual([['c::by_attribute', true], ['c::tests::t', false], ['c::ok', true]]);
    expect(program.uncovered.map((one) => one.symbol)).toEqual(['c::plain', 'c::ext']);
  });

  it('gives two functions of one name two ids', () => {
    const ids = programOf('c', inVerus('struct S<T>(T); impl S<u8> { fn f() {} } impl S<u16> { fn f() {} }')).functions.map((one) => one.obligation.id);
    expect(ids).toEqual(['verus:c.rs#c::S::f', 'verus:c.rs#c::S::f (2)']);
  });

  it('has places in lines and columns, and survives a broken file', () => {
    const [one] = programOf('c', 'verus! {\n  proof fn lemma()\n    ensures true,\n  {\n  }\n}').functions;
    expect(one!.obligation.range).toEqual({ start: { line: 2, column: 12 }, end: { line: 5, column: 4 } });
    expect(symbols('verus! { fn a( { } fn b() { if x { } } fn c() { }')).toContain('exec c::b');
    for (const text of ['"', "'", 'r#"', '/*', 'b\'', '#[', 'verus!{', 'fn', 'impl', 'use', 'r#fn', '\u{feff}#!/bin/sh\nfn f() {}', 'fn f() -> Vec<']) expect(() => { programOf('c', text); tokenise(text); }).not.toThrow();
  });
});

describe('recognition', () => {
  const files = {
    'solo/main.rs': 'mod helper;\nuse vstd::prelude::*;\nverus! { fn main() {} }', 'solo/helper.rs': 'mod deeper; verus! { fn h() {} }', 'solo/helper/deeper.rs': 'verus! { struct D; impl D { proof fn d() {} } }',
    'plain/x.rs': '// verus! { fn no() {} }\nfn main() { println!("use vstd::prelude"); }',
    'pkg/Cargo.toml': '[package]\nname = "my-pkg"\nversion = "0.1.0"\n[dependencies]\nvstd = "0"\nserde = "1"\n[package.metadata.verus]\nverify = true\n', 'pkg/build.rs': 'fn main() {}',
    'pkg/src/lib.rs': 'mod a; verus! { fn l() {} }', 'pkg/src/a.rs': 'verus! { pub fn in_a() {} }', 'pkg/src/main.rs': 'verus! { fn l() {} fn main() {} }',
    'off/Cargo.toml': '[package]\nname = "off"\nversion = "0.1.0"\n[dependencies]\nvstd = "0"\n', 'off/src/lib.rs': 'verus! { fn x() {} }',
    'broken/Cargo.toml': '[package\nname = "verus"',
  };

  it('finds loose files, packages, and what cargo verus passes by', async () => {
    const { root, dispose } = await temporaryFolder(files);
    try {
      const tree = await folderTree(root);
      const { projects, uncovered, claimed } = await verus.recognise(tree);
      expect(projects.map((one) => one.id)).toEqual(['verus:pkg/Cargo.toml', 'verus:solo/main.rs']);
      expect(projects[0]!.executes.map((one) => one.file)).toEqual(['pkg/build.rs', 'pkg/Cargo.toml']);
      expect(uncovered.map((one) => one.file).sort()).toEqual(['broken/Cargo.toml', 'off/Cargo.toml']);
      expect(claimed).not.toContain('plain/x.rs');
      const context = { tree, tools: [], trusted: false, signal: new AbortController().signal, run: () => { throw new Error('runs nothing'); }, workspace: () => { throw new Error('writes nothing'); } };
      const crate = await verus.outline(projects[0]!, context);
      expect(crate.obligations.map((one) => one.id.slice(one.id.indexOf('#') + 1))).toEqual(['my_pkg::l', 'my_pkg::a::in_a', 'pkg/src/main.rs my_pkg::l', 'pkg/src/main.rs my_pkg::main']);
      expect(crate.units[0]!.executesCode).toBe(true);
      const solo = await verus.outline(projects[1]!, context);
      expect(solo.obligations.map((one) => [one.symbol, one.file])).toEqual([['main::main', 'solo/main.rs'], ['main::helper::h', 'solo/helper.rs'], ['main::helper::deeper::D::d', 'solo/helper/deeper.rs']]);
    } finally { await dispose(); }
  });

  it('calls a file malformed whose module is not there', async () => {
    const { root, dispose } = await temporaryFolder({ 'a.rs': 'mod gone;\nverus! { fn main() {} }' });
    try {
      const tree = await folderTree(root);
      const [project] = (await verus.recognise(tree)).projects;
      const outline = await verus.outline(project!, { tree, tools: [], trusted: false, signal: new AbortController().signal, run: () => { throw new Error(); }, workspace: () => { throw new Error(); } });
      expect(outline.units[0]!.decided).toMatchObject({ kind: 'malformed', reason: 'a.rs:1: the module gone is in none of gone.rs, gone/mod.rs' });
    } finally { await dispose(); }
  });
});
