/** The suite as a whole: enough lies, in every family, and an honest case beside them. */
import { expect, it } from 'vitest';
import { families } from './harness.ts';

const WANTED = [
  'output forged by an SMT script', 'output forged by a formula', 'output forged by a design', 'truncation', 'missing and extra names', 'exit codes', 'limits', 'cache',
  'replaced tool', 'races', 'filters and empty results', 'includes', 'vacuity', 'prebuilt artefacts', 'changed while running',
];

it('has every family, three lies and a control in each, and sixty lies in all', async () => {
  const all = await families();
  expect(all.map((family) => family.name).sort()).toEqual([...WANTED].sort());
  for (const { name, cases } of all) {
    expect(cases.filter((one) => !one.control).length, `${name}: lies`).toBeGreaterThanOrEqual(3);
    expect(cases.filter((one) => one.control).length, `${name}: controls`).toBeGreaterThanOrEqual(1);
    expect(new Set(cases.map((one) => one.name)).size, `${name}: names`).toBe(cases.length);
  }
  expect(all.flatMap((family) => family.cases).filter((one) => !one.control).length).toBeGreaterThanOrEqual(60);
});
