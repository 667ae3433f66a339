/** `prove` with a model: the built command line, real Dafny, and a server on loopback that plays answers. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cassette, openAiTake, type Cassette, type Heard, type Take } from '../engine/models/cassette.ts';
import { DAFNY_PATH, hasDafny, SLOW_MS } from '../toolchains/dafny/tools.ts';
import { commandRoom, type CommandRoom, type Ended } from './run.ts';

let room: CommandRoom, server: Cassette | undefined;
beforeEach(() => { room = commandRoom(); });
afterEach(async () => { await server?.stop(); server = undefined; room.dispose(); });

const FILL = `method Fill(a: array<int>, v: int)
  modifies a
  ensures forall i :: 0 <= i < a.Length ==> a[i] == v
{
  var n := 0;
  while n < a.Length
  {
    a[n] := v;
    n := n + 1;
  }
}
`;

interface ModelJson {
  readonly goals: readonly { readonly proved: boolean; readonly notes?: readonly string[] }[];
  readonly accepted: readonly { readonly additions: readonly { readonly strategy: string; readonly text: string }[]; readonly provenance?: Record<string, unknown> }[];
  readonly model: { readonly spent: { readonly requests: number; readonly input: number }; readonly calls: readonly { readonly outcome: string; readonly files: readonly string[]; readonly promptSha256: string }[] };
  readonly patch: string;
}

const put = (name: string, text: string): void => { writeFileSync(join(room.folder, name), text); };
const json = (): ModelJson => JSON.parse(readFileSync(join(room.folder, 'out.json'), 'utf8')) as ModelJson;
const turns = (request: Heard): { role: string; content: string }[] => request.body.messages as { role: string; content: string }[];
async function prove(play: (request: Heard, index: number) => Take, ...more: string[]): Promise<Ended> {
  server = await cassette(play);
  return room.run(['prove', 'a.dfy', '--no-progress', '--strategy', 'drafts', '--json', 'out.json', '--model', `${server.url}/v1#qwen3`, ...more], { PATH: DAFNY_PATH, OPENAI_API_KEY: 'sk-for-nobody-here' });
}
const AMPLE = ['--budget', 'wall=900s'];
const insertions = (...lines: string[]): string => `Here it is.\n\`\`\`insert\n${lines.join('\n')}\n\`\`\`\n`;

describe('assay prove with a model', () => {
  it('is 64 where the options cannot be meant, before anything is read or sent', async () => {
    put('a.dfy', FILL);
    for (const args of [['--strategy', 'drafts'], ['--provider', 'openai'], ['--model', 'qwen'], ['--model', 'http://far.example/v1#m'], ['--provider', 'acme', '--model', 'm'], ['--model', 'http://127.0.0.1:9/v1#m', '--price', 'cheap'], ['--model', 'http://127.0.0.1:9/v1#m', '--budget', 'tokens=0']]) {
      const { code, stderr } = await room.run(['prove', 'a.dfy', ...args]);
      expect(code, args.join(' ')).toBe(64);
      expect(stderr).toContain('usage');
    }
  }, SLOW_MS);

  it.skipIf(!hasDafny)('repairs a wrong invariant with the verifier\'s words, and says where the proof is from (needs dafny and z3)', async () => {
    put('a.dfy', FILL);
    const wrong = insertions('6: invariant 0 <= n < a.Length'), right = insertions('6: invariant 0 <= n <= a.Length', '6: invariant forall i :: 0 <= i < n ==> a[i] == v');
    const ended = await prove((request) => openAiTake([turns(request).some((turn) => turn.role === 'assistant') ? right : wrong]), ...AMPLE, '--diff', 'a.patch');
    expect(ended.code, ended.stdout + ended.stderr).toBe(0);
    const [first, second] = server!.heard;
    expect(turns(first!)[1]!.content).toContain('6|   while n < a.Length');
    const told = turns(second!);
    expect(told.map((turn) => turn.role)).toEqual(['system', 'user', 'assistant', 'user']);
    expect(told[2]!.content).toContain('0 <= n < a.Length');
    expect(told[3]!.content).toMatch(/invariant 0 <= n < a\.Length\n.*(loop invariant|could not be proved)|did not finish in time/);
    expect(JSON.stringify(server!.heard.map((one) => one.headers))).not.toContain('sk-for-nobody-here');
    const { accepted, model, goals } = json();
    expect(goals).toMatchObject([{ proved: true }]);
    expect(accepted[0]!.additions.map((one) => one.strategy)).toEqual(accepted[0]!.additions.map(() => 'drafts'));
    expect(accepted[0]!.provenance).toMatchObject({ strategy: 'drafts', reported: { model: 'qwen3-8b', build: 'b6711-abc' }, requests: 2, tokens: { input: 400, output: 80, estimated: false }, usd: 0, prompts: [{ promptSha256: model.calls[1]!.promptSha256, seed: 2, files: ['a.dfy'] }] });
    expect(model.calls.map((call) => call.outcome)).toEqual(['answered', 'answered']);
    const patch = readFileSync(join(room.folder, 'a.patch'), 'utf8');
    expect(patch).toMatch(/^# by the strategy drafts, model qwen3 at http:\/\/127\.0\.0\.1:\d+, which calls itself qwen3-8b \(b6711-abc\)\n# prompt sha256 [0-9a-f]{64}/);
    expect(ended.stdout).toContain('asked of qwen3');
  }, 4 * SLOW_MS);

  it.skipIf(!hasDafny)('lets no cheat through: each is refused by the guard before a verifier sees it (needs dafny and z3)', async () => {
    put('a.dfy', FILL);
    const whole = (text: string): string => `\`\`\`dafny\n${text}\`\`\``;
    const cheats = [insertions('5: assume false;'), whole(FILL.replace('method Fill', 'method {:verify false} Fill')), whole(FILL.replace('== v\n', '== a[i]\n')), whole(FILL.replace('n := n + 1', 'n := n + 2')), insertions('10: return;')];
    const ended = await prove(() => openAiTake(cheats), ...AMPLE, '--apply');
    expect(ended.code, ended.stdout + ended.stderr).toBe(2);
    expect(json().accepted).toEqual([]);
    expect(json().goals[0]!.notes!.join('\n')).toMatch(/5 refused by the guard, 0 checked/);
    expect(json().goals[0]!.notes!.join('\n')).toContain('no longer differ');
    expect(readFileSync(join(room.folder, 'a.dfy'), 'utf8')).toBe(FILL);
  }, 4 * SLOW_MS);

  it.skipIf(!hasDafny)('unites what several wrong answers have right, and closes what is still being written (needs dafny and z3)', async () => {
    put('a.dfy', FILL);
    const halves = [insertions('6: invariant 0 <= n <= a.Length', '6: invariant n == 7'), insertions('6: invariant n % 2 == 1', '6: invariant forall i :: 0 <= i < n ==> a[i] == v')];
    const ended = await prove((_, index) => (index === 1 ? { then: 'hold' } : openAiTake(halves)), ...AMPLE);
    expect(ended.code, ended.stdout + ended.stderr).toBe(0);
    expect(json().accepted[0]!.additions.map((one) => one.text).sort()).toEqual(['invariant 0 <= n <= a.Length', 'invariant forall i :: 0 <= i < n ==> a[i] == v']);
    expect(json().accepted[0]!.provenance).toMatchObject({ strategy: 'drafts' });
    expect(server!.heard.length).toBeGreaterThan(1);
    expect(await server!.heard[1]!.closed).toBe(true);
    expect(json().model.calls[1]!.outcome).toMatch(/cancelled|stalled/);
  }, 4 * SLOW_MS);

  it.skipIf(!hasDafny)('holds its budget, sends nothing without consent, and nothing that is ignored (needs dafny and z3)', async () => {
    put('a.dfy', FILL);
    const stopped = await prove((_, index) => openAiTake([insertions(`6: invariant n >= -${index}`)]), '--budget', 'wall=900s,requests=2');
    expect(stopped.code).toBe(2);
    expect(server!.heard.length).toBe(2);
    expect(json().goals[0]!.notes!.join('\n')).toContain('the 2 requests of the budget are used');
    const asked = await room.run(['prove', 'a.dfy', '--no-progress', '--strategy', 'drafts', '--model', 'https://far.invalid/v1#m', ...AMPLE], { PATH: DAFNY_PATH });
    expect(asked.code).toBe(2);
    expect(asked.stderr).toContain('while n < a.Length');
    expect(asked.stderr).toContain('Pass --consent');
    expect(asked.stdout).toContain('there is no consent');
    await server!.stop();
    put('.assayignore', '*.dfy\n');
    const ignored = await prove(() => openAiTake(['x']), ...AMPLE);
    expect(ignored.stdout).toContain('.assayignore names a.dfy');
    expect(server!.heard).toEqual([]);
  }, 4 * SLOW_MS);
});
