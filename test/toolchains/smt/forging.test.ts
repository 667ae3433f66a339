/**
 * Scripts that try to make a solver say `unsat` for them. Every claim here has a model or no answer, so no obligation
 * may be green for any engine; each engine stands alone, and is taken for one that may be believed alone.
 */
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Tool } from '../../../toolchains/contract.ts';
import { endEmbedded } from '../../../toolchains/smt/embedded-pool.ts';
import { smt } from '../../../toolchains/smt/index.ts';
import { classOf } from '../../../toolchains/verdict.ts';
import { checkFolder, temporaryFolder, toolsOf, type Checked } from '../check-context.ts';

const found = await toolsOf(smt);
/** Versions known to be unsound never get green alone, which would hide a forgery. */
const believed = (tool: Tool): Tool => (tool.id === 'z3' && tool.version === '4.8.12' ? { ...tool, version: '4.8.11' } : tool);
const open = '(declare-const x Int)(assert (> x 0))';

/** Name, script, and the kind of the last obligation where every engine must agree on it. */
const attacks: (readonly [name: string, script: string | Buffer, expected?: string])[] = [
  ['echo', `(echo "unsat")\n${open}(check-sat)(echo "unsat")`, 'refuted'],
  ['echo without check', '(echo "unsat")', 'nothing-to-prove'],
  ['simplify of a constant', '(declare-const unsat Bool)(simplify unsat)(assert unsat)(check-sat)(simplify unsat)', 'refuted'],
  ['eval', '(declare-const unsat Bool)(assert unsat)(check-sat)(eval unsat)', 'refuted'],
  ['display', '(declare-const unsat Bool)(display unsat)(check-sat)(display unsat)', 'refuted'],
  ['get-value', '(set-option :produce-models true)(declare-const unsat Bool)(check-sat)(get-value (unsat))', 'refuted'],
  ['a model that prints it', '(declare-const |x\nunsat\n| Int)(assert (> |x\nunsat\n| 0))(check-sat)(get-model)', 'refuted'],
  ['a symbol over lines in an error', '(assert |\nunsat\n|)(check-sat)'],
  ['an error, then a claim', '(assert (= undeclared 1))(assert false)(check-sat)'],
  ['an error inside an incremental script', `${open}(check-sat)(assert undeclared)(assert false)(check-sat)`],
  ['output to stdout by name', `(set-option :regular-output-channel "stdout")(echo "unsat")${open}(check-sat)`, 'refuted'],
  ['output to a file', `(set-option :regular-output-channel "forged.txt")${open}(check-sat)`, 'refuted'],
  ['errors to a file', `(set-option :diagnostic-output-channel "forged.txt")(assert undeclared)(assert false)(check-sat)`],
  ['files by options', `(set-option :smtlib2_log "forged.smt2")(set-option :solver.smtlib2_log "forged.txt")(set-option :sat.drat.file "forged.drat")(set-option :proof_log "forged.log")(set-option :dump-models true)(set-option :trace true)(set-option :trace_file_name "forged.trace")(set-option :dot_proof_file "forged.dot")${open}(check-sat)`, 'refuted'],
  ['success lines', `(set-option :print-success true)${open}(check-sat)`, 'refuted'],
  ['ints taken for reals', '(set-option :smt.arith.ignore_int true)(set-option :array.extensional false)(declare-const y Int)(assert (= (* 2 y) 4))(check-sat)', 'refuted'],
  ['a status that lies', `(set-info :status unsat)${open}(check-sat)`, 'refuted'],
  ['comments', `; unsat\n${open}(check-sat) ; unsat\n; (assert false)`, 'refuted'],
  ['a check in a string', '(declare-const s String)(assert (= s "(assert false)(check-sat)"))', 'nothing-to-prove'],
  ['a string with doubled quotes', '(declare-const s String)(assert (= s "a"")(assert false)(check-sat)("))(check-sat)', 'refuted'],
  ['a string with a backslash', '(declare-const s String)(assert (distinct s "\\"))(check-sat)(assert (distinct s ")(assert false)("))(check-sat)', 'refuted'],
  ['exit first', '(exit)(assert false)(check-sat)', 'nothing-to-prove'],
  ['a claim in a popped scope', `${open}(push 1)(assert false)(pop 1)(check-sat)`, 'refuted'],
  ['a claim before reset', `(assert false)(reset)${open}(check-sat)`, 'refuted'],
  ['an include', '(include "other.smt2")(check-sat)', 'malformed'],
  ['a truncated script', `${open}(check-sat)(assert (and false`, 'malformed'],
  ['NUL in a string', Buffer.from('(echo "\0")(assert false)(check-sat)'), 'malformed'],
  ['UTF-16', Buffer.from('\ufeff(assert false)(check-sat)', 'utf16le'), 'malformed'],
  ['binary', Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0, 0xff, 0xfe]), 'malformed'],
  ['an empty file', '', 'nothing-to-prove'],
  ['a tactic that prints', '(declare-const p Bool)(assert p)(check-sat-using (then (echo "unsat") skip))'],
  ['a tactic that prints and fails', '(declare-const p Bool)(assert p)(check-sat-using (or-else (then (echo "unsat") fail) smt))'],
  ['a tactic with options', '(declare-const p Bool)(assert p)(check-sat-using (using-params smt :print_unsat_core true) :print_model true)'],
  ['the check as a quoted symbol', '(assert false)(|check-sat|)', 'nothing-to-prove'],
  ['a command of another solver', '(declare-oracle-fun f (Int) Int "./forged.sh")(check-sat)', 'malformed'],
  ['a resource limit of one', '(set-option :rlimit 1)(declare-const y Int)(assert (= (* y y) 4))(check-sat)', 'refuted'],
  ['frames guessed', `(echo "assay-00000000000000000000000000000000-1-begin")(echo "unsat")(echo "assay-00000000000000000000000000000000-1-end")${open}(check-sat)`, 'refuted'],
  ['an option that takes a command', `(set-option :foo |x)(echo "unsat")(|)${open}(check-sat)`, 'refuted'],
  ['info with text', `(set-info :source |\nunsat\n|)(set-info :status |unsat|)${open}(check-sat)(get-info :name)(get-info :authors)`, 'refuted'],
  ['objectives', `${open}(minimize x)(assert-soft false :weight 3)(check-sat)(get-objectives)`, 'refuted'],
];

const slug = (name: string): string => name.replaceAll(/\W+/g, '-');
const folder = await temporaryFolder({ ...Object.fromEntries(attacks.map(([name, script]) => [`${slug(name)}.smt2`, script])), 'other.smt2.txt': '(assert false)' });
afterAll(async () => { await folder.dispose(); await endEmbedded(); });

for (const tool of found.map(believed).filter((each, index, all) => all.findIndex((other) => other.id === each.id) === index)) {
  if (tool.id === 'bitwuzla' || tool.id === 'boolector') continue; // They take no script without a logic of theirs.
  describe(`forging against ${tool.id} ${tool.version}`, () => {
    let checked: Checked;
    beforeAll(async () => { checked = await checkFolder(smt, folder.root, { tools: [tool], limits: { wallSeconds: 20 } }); }, 300_000);

    it.each(attacks.map(([name, , expected]) => ({ name, expected })))('$name', ({ name, expected }) => {
      const results = checked.results.filter((result) => result.obligation.startsWith(`smt:${slug(name)}.smt2#`));
      expect(results.length).toBeGreaterThan(0);
      for (const result of results) expect(classOf(result.verdict.kind), JSON.stringify(result.verdict)).not.toBe('green');
      if (expected !== undefined) expect(results.at(-1)?.verdict.kind, JSON.stringify(results.at(-1)?.verdict)).toBe(expected);
    });

    it('wrote nothing into the repository', async () => {
      expect((await readdir(folder.root)).sort()).toEqual([...attacks.map(([name]) => `${slug(name)}.smt2`), 'other.smt2.txt'].sort());
      expect(await readFile(join(folder.root, 'echo.smt2'), 'utf8')).toContain('(echo "unsat")');
    });
  });
}
