/** The solvers for bit-vectors, each alone on the scripts that are theirs. */
import { afterAll, describe, expect, it } from 'vitest';
import { smt } from '../../../toolchains/smt/index.ts';
import { checkFolder, kindsOf, temporaryFolder, toolsOf } from '../check-context.ts';

const tools = await toolsOf(smt);
const folder = await temporaryFolder({
  'a.smt2': '(set-logic QF_BV)(declare-const x (_ BitVec 8))(check-sat)(push 1)(assert (distinct x x))(check-sat)(pop 1)(set-info :status sat)(check-sat)',
  'b.smt2': '(set-logic QF_ABV)(declare-const a (Array (_ BitVec 4) (_ BitVec 8)))(assert (distinct (select a #x1) (select (store a #x2 #x00) #x1)))(check-sat)',
});
afterAll(folder.dispose);

describe.each(['bitwuzla', 'boolector', 'cvc5'])('%s', (id) => {
  const tool = tools.find((each) => each.id === id);
  it.skipIf(!tool)(`answers alone (needs ${id})`, async () => {
    const checked = await checkFolder(smt, folder.root, { tools: [tool!], limits: { wallSeconds: 20 } });
    expect(kindsOf(checked)).toEqual(['refuted', 'proved', 'covered', 'proved']);
    expect(checked.results[0]?.verdict).toMatchObject({ counterexample: { values: [{ name: 'x' }] } });
  }, 60_000);
});
