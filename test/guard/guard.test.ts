/** The public suite of the guard: no cheat is accepted, and every honest proof is. */
import { describe, expect, it } from 'vitest';
import { toolchains } from '../../toolchains/registry.ts';
import { requestOf, rulesOf } from './request.ts';
import { suiteCases, type SuiteCase } from './suite.ts';

const LANGUAGES = ['dafny', 'verus', 'lean', 'verilog', 'smt'];

async function answerOf({ question }: SuiteCase) {
  return toolchains.find((one) => one.id === question.toolchain)!.guard!(requestOf(question));
}

describe.each(LANGUAGES)('the guard for %s', (language) => {
  const cases = suiteCases(language);
  it.each(cases.filter((one) => one.rules.length > 0).map((one) => [`${one.source}: ${one.name}`, one] as const))('refuses %s', async (_, one) => {
    const answer = await answerOf(one);
    expect(answer.kind).toBe('refused');
    expect(one.rules.some((rule) => (rulesOf(answer) as readonly string[]).includes(rule)), JSON.stringify(answer)).toBe(true);
  });
  it.each(cases.filter((one) => one.rules.length === 0).map((one) => [`${one.source}: ${one.name}`, one] as const))('accepts %s', async (_, one) => {
    const answer = await answerOf(one);
    expect(answer.kind, JSON.stringify(answer)).toBe('unchanged-but-for-proof');
  });
});
