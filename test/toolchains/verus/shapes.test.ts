/** Every shape in which Verus was seen to end, replayed by a real child process: what each says of the functions. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkFolder, temporaryFolder } from '../check-context.ts';
import { verus } from '../../../toolchains/verus/index.ts';
import { hasRecorded, RECORDED, replaying } from './replay.ts';

async function shape(name: string, code: number, source = 'fail'): Promise<{ kinds: Record<string, string>; reasons: string[]; results: Awaited<ReturnType<typeof checkFolder>>['results'] }> {
  const replay = await replaying({ [source]: { stdout: join(RECORDED, `${name}.stdout.txt`), stderr: join(RECORDED, `${name}.stderr.txt`), code } });
  const folder = await temporaryFolder({ [`${source}.rs`]: readFileSync(join(RECORDED, `${source}.rs`)) });
  try {
    const { results } = await checkFolder(verus, folder.root, { tools: replay.tools });
    return {
      kinds: Object.fromEntries(results.map((one) => [one.obligation.slice(one.obligation.indexOf('#') + 1), one.verdict.kind])), results,
      reasons: [...new Set(results.map((one) => ('reason' in one.verdict ? one.verdict.reason ?? '' : '')))],
    };
  } finally {
    await replay.dispose();
    await folder.dispose();
  }
}

const FAIL = [
  'assert_fails', 'post_fails', 'needs_pos', 'pre_fails', 'overflow', 'div0', 'inv_fails', 'inv_front_fails', 'dec_fails', 'assume_used', 'notes', 'multi', 'inner::lemma_ok', 'inner::lemma_bad', 'main',
].map((name) => `fail::${name}`);
const PROVED = ['fail::needs_pos', 'fail::assume_used', 'fail::inner::lemma_ok', 'fail::main'];

describe.skipIf(!hasRecorded)('shapes of runs (needs recorded runs)', () => {
  it('proves what a success record names', async () => {
    const { kinds, results } = await shape('ok_json', 0, 'ok');
    expect(kinds).toEqual({ 'ok::min_le': 'proved', 'ok::add1': 'proved', 'ok::main': 'proved' });
    expect(results[0]!.attempts[0]!.argv.slice(1)).toEqual(['ok.rs', '--output-json', '--time', '--multiple-errors', '5', '--num-threads', '1', '--error-format=json']);
  });

  it('gives each function of a failing run its own verdict, with its errors', async () => {
    const { kinds, results } = await shape('fail_json_time', 1);
    expect(kinds).toEqual(Object.fromEntries(FAIL.map((name) => [name, PROVED.includes(name) ? 'proved' : 'failed'])));
    const of = (name: string) => results.find((one) => one.obligation.endsWith(`#fail::${name}`))!;
    expect(of('post_fails').diagnostics).toMatchObject([{ message: 'postcondition not satisfied', file: 'fail.rs', range: { start: { line: 5, column: 69 }, end: { line: 5, column: 74 } } }]);
    expect(of('pre_fails').diagnostics).toMatchObject([{ message: 'precondition not satisfied', range: { start: { line: 7, column: 32 } }, notes: [{ message: 'failed precondition', range: { start: { line: 6 } } }] }]);
    expect(of('multi').parts).toHaveLength(2);
    expect(of('inv_front_fails').diagnostics.map((one) => one.message)).toEqual(['invariant not satisfied at end of loop body', 'invariant not satisfied before loop']);
  });

  it('believes no run under a solver that lies', async () => {
    const replay = await replaying({ ok: { stdout: join(RECORDED, 'ok_json.stdout.txt'), stderr: join(RECORDED, 'ok_json.stderr.txt'), code: 0 } }, { solver: 'lying-z3' });
    const folder = await temporaryFolder({ 'ok.rs': readFileSync(join(RECORDED, 'ok.rs')) });
    const { results } = await checkFolder(verus, folder.root, { tools: replay.tools });
    await Promise.all([replay.dispose(), folder.dispose()]);
    expect(results.map((one) => one.verdict.kind)).toEqual(['crashed', 'crashed', 'crashed']);
  });

  it('calls a function out of resource where only the limit stopped it', async () => {
    const { kinds } = await shape('rlimit', 1, 'rlimit');
    expect(kinds).toEqual({ 'rlimit::trigger_forever2': 'out-of-resource', 'rlimit::main': 'proved' });
  });

  it.each([
    ['syntax', 1, 'syntax', 'malformed', /^expected curly braces/],
    ['mode', 1, 'mode', 'malformed', /^mismatched types/],
    ['rusterr', 1, 'rusterr', 'malformed', /^cannot find function/],
    ['trig', 1, 'trig', 'malformed', /^Could not automatically infer triggers/],
    ['nofile', 1, 'ok', 'malformed', /^couldn't read/],
    ['badopt', 1, 'ok', 'crashed', /Unrecognized option/],
    ['badV', 255, 'ok', 'crashed', /unexpected extended option/],
    ['rlimit0', 255, 'ok', 'crashed', /rlimit 0 is not allowed/],
    ['versioncheck', 134, 'ok', 'tool-missing', /expect(?:s|ed) z3 version/],
    ['noz3', 128, 'ok', 'tool-missing', /could not execute z3/],
    ['fail_fn_nomatch_json', 1, 'fail', 'malformed', /^could not find function/],
    ['fail_fn_nomatch', 1, 'fail', 'crashed', /./],
    ['fail_fn_noroot', 255, 'fail', 'crashed', /--verify-function option requires/],
    ['fail_fn', 1, 'fail', 'crashed', /whole crate/],
    ['fail_nocheating', 1, 'fail', 'malformed', /./],
    ['version_json', 0, 'ok', 'crashed', /./],
    ['help', 0, 'ok', 'crashed', /./],
    ['ok_human', 0, 'ok', 'crashed', /./],
    ['ok_time', 0, 'ok', 'crashed', /./],
    ['ok_time_expanded', 0, 'ok', 'crashed', /./],
    ['fail_human', 1, 'fail', 'crashed', /./],
    ['fail_human_expand', 1, 'fail', 'crashed', /./],
  ] as const)('%s', async (name, code, source, kind, reason) => {
    const { kinds, reasons } = await shape(name, code, source);
    expect([...new Set(Object.values(kinds))]).toEqual([kind]);
    expect(reasons.join('\n')).toMatch(reason);
  });

  // Without --time there are no records; --no-verify even says success.
  it.each([['noverify', 0, 'fail'], ['ok_json', 1, 'ok'], ['fail_json', 1, 'fail'], ['fail_json_expand', 1, 'fail'], ['fail_mod', 1, 'fail'], ['fail_multi0', 1, 'fail'], ['threads', 1, 'fail'], ['trig2_json', 0, 'trig'], ['fail_json_time', 0, 'fail']] as const)('%s with code %i is never green', async (name, code, source) => {
    const { kinds } = await shape(name, code, source);
    expect(Object.values(kinds)).not.toContain('proved');
  });
});
