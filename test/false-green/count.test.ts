/** The suite as a whole: enough lies, in every family, and an honest case beside them. */
import { expect, it } from 'vitest';
import { families } from './harness.ts';

const WANTED = [
  'output forged by an SMT script', 'output forged by a formula', 'output forged by a design', 'truncation', 'missing and extra names', 'exit codes', 'limits', 'cache',
  'replaced tool', 'races', 'filters and empty results', 'includes', 'vacuity', 'prebuilt artefacts', 'changed while running',
];
const OF_EACH_LANGUAGE = ['output forged from inside the input', 'truncation', 'missing and extra names', 'exit codes', 'limits', 'cache', 'replaced tool', 'filters and empty results', 'prebuilt artefacts', 'changed while running'];
/** Verus asks one solver once, and Lean none: there is nothing to race. Verus refuses contradictions itself no more than Lean does: neither has a word for them. */
const OF_ONE = { dafny: [...OF_EACH_LANGUAGE, 'races', 'includes', 'vacuity'], verus: OF_EACH_LANGUAGE, lean: [...OF_EACH_LANGUAGE, 'includes'] };
const ALL = [...WANTED, ...Object.entries(OF_ONE).flatMap(([language, names]) => names.map((name) => `${language}: ${name}`))];

it('has every family, three lies and a control in each, and a hundred and eighty lies in all', async () => {
  const all = await families();
  expect(all.map((family) => family.name).sort()).toEqual([...ALL].sort());
  for (const { name, cases } of all) {
    expect(cases.filter((one) => !one.control).length, `${name}: lies`).toBeGreaterThanOrEqual(3);
    expect(cases.filter((one) => one.control).length, `${name}: controls`).toBeGreaterThanOrEqual(1);
    expect(new Set(cases.map((one) => one.name)).size, `${name}: names`).toBe(cases.length);
  }
  expect(all.flatMap((family) => family.cases).filter((one) => !one.control).length).toBeGreaterThanOrEqual(180);
});
