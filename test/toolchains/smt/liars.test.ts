/** Programs that pass for a solver and leave out a part of what a solver prints, or contradict a real one. */
import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Limits, Tool } from '../../../toolchains/contract.ts';
import { smt } from '../../../toolchains/smt/index.ts';
import { endEmbedded } from '../../../toolchains/smt/embedded-pool.ts';
import { checkFolder, temporaryFolder, toolsOf, type Checked } from '../check-context.ts';

const liar = join(import.meta.dirname, '../../fixtures/smt/liar.mjs');
const real = await toolsOf(smt);
const cvc5 = real.find((tool) => tool.id === 'cvc5');
const embedded = real.find((tool) => tool.embedded);
const cleanUp: (() => Promise<void>)[] = [endEmbedded];
afterAll(async () => { for (const each of cleanUp) await each(); });

/** The liar under the name of its manner, as a tool. */
async function solver(manner: string): Promise<Tool> {
  const { root, dispose } = await temporaryFolder();
  cleanUp.push(dispose);
  const path = join(root, `z3-${manner}`);
  await symlink(liar, path);
  return { id: 'z3', version: '4.13.0', path, sha256: manner, fingerprint: manner, embedded: false };
}

async function check(tools: readonly Tool[], script: string, limits: Partial<Limits> = {}): Promise<Checked> {
  const { root, dispose } = await temporaryFolder({ 'a.smt2': script });
  try { return await checkFolder(smt, root, { tools, limits: { wallSeconds: 5, ...limits } }); } finally { await dispose(); }
}

const question = '(declare-const x Int)(assert (> x 7))(check-sat)(assert (< x 9))(check-sat)';

describe('a program in place of a solver', () => {
  it.each([
    ['bare', 'crashed'], ['silent', 'crashed'], ['partial', 'crashed'], ['half-tag', 'crashed'], ['error', 'malformed'],
    ['twice', 'crashed'], ['stderr', 'crashed'], ['crash', 'crashed'], ['spaces', 'crashed'], ['unheard-of', 'crashed'],
  ])('that answers in the manner "%s" proves nothing', async (manner, kind) => {
    const { results } = await check([await solver(manner)], question);
    for (const result of results) expect(result.verdict, JSON.stringify(result.verdict)).toMatchObject({ kind });
  }, 60_000);

  it('that floods is ended', async () => {
    const { results } = await check([await solver('flood')], question, { wallSeconds: 3 });
    // On a slow machine its time is over first.
    for (const result of results) expect(['crashed', 'timeout']).toContain(result.verdict.kind);
  }, 60_000);

  it('keeps what was framed before it hung, and says time-out for the rest', async () => {
    const { results } = await check([await solver('hang')], question, { wallSeconds: 1 });
    expect(results.map((result) => result.verdict.kind)).toEqual(['proved', 'timeout']);
  }, 60_000);

  it.skipIf(!cvc5)('is taken for what it says where another engine was asked to give a second opinion, and disputed where that differs (needs cvc5)', async () => {
    const unsound = { ...await solver('half-tag'), version: '4.8.12' };
    const lying = { ...await solver('sat'), fingerprint: 'other' };
    const { results } = await check([unsound, cvc5!], '(declare-const x Int)(assert (> x 7))(check-sat)');
    expect(results[0]?.verdict).toMatchObject({ kind: 'refuted' });
    const disputed = await check([{ ...lying, id: 'z3' }, cvc5!], '(assert false)(check-sat)', { effort: 1 });
    expect(disputed.results[0]?.verdict.kind).not.toBe('proved');
  }, 60_000);

  it.skipIf(!embedded)('whose model is none is not believed (needs the embedded solver)', async () => {
    const lying = await solver('model');
    const script = '(declare-const x Int)(assert (> x 7))(check-sat)';
    const alone = await check([lying, { ...embedded!, unfit: undefined }], script);
    // The embedded engine finds the model void, is asked itself, and answers with one of its own.
    expect(alone.results[0]?.verdict).toMatchObject({ kind: 'refuted' });
    expect(alone.results[0]?.attempts[0]?.tool, JSON.stringify(alone.results[0]?.diagnostics)).toBe('z3-embedded');
    const fitting = await check([lying, embedded!], '(declare-const x Int)(assert (> x 6))(check-sat)');
    expect(fitting.results[0]?.verdict).toMatchObject({ kind: 'refuted', counterexample: { status: 'checked', values: [{ name: 'x', value: '7' }] } });
  }, 60_000);
});
