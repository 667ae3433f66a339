import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Engine, type OpenedPlan } from '../../../app/engine/engine.ts';
import { LentModel, type LendOptions } from '../../../app/engine/models/lend.ts';
import { provenanceOf } from '../../../app/engine/models/provenance.ts';
import { openAiProvider } from '../../../app/engine/models/openai.ts';
import type { Provider } from '../../../app/engine/models/types.ts';
import { Consents } from '../../../app/engine/trust/consent.ts';
import { toolchains } from '../../../toolchains/registry.ts';
import type { DraftRequest } from '../../../toolchains/synthesis.ts';
import { cassette, openAiTake, type Cassette, type Heard, type Take } from './cassette.ts';

const SLOW_MS = 240_000, FAR = 'https://far.example';
let folder: string, engine: Engine, opened: OpenedPlan, server: Cassette | undefined;
const put = (path: string, text: string): void => { mkdirSync(join(folder, path, '..'), { recursive: true }); writeFileSync(join(folder, path), text); };
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'assay-lend-'));
  put('r/a.dfy', 'function Sum(s: seq<int>): int { if s == [] then 0 else s[0] + Sum(s[1..]) }\nlemma SumOfAppend(s: seq<int>, t: seq<int>) ensures Sum(s + t) == Sum(s) + Sum(t) { }\nlemma Total(s: seq<int>, t: seq<int>) ensures Sum(s + t + s) == 2 * Sum(s) + Sum(t) { }\n');
  put('r/private/b.dfy', 'lemma SumIsPrivate(s: seq<int>) ensures Sum(s) == Sum(s) { }\n');
  put('r/.assayignore', 'private/\n');
  engine = await Engine.create({ toolchains, home: join(folder, 'engine'), path: '' });
  opened = await engine.plan({ path: join(folder, 'r'), trusted: false, signal: new AbortController().signal });
}, SLOW_MS);
afterAll(async () => { await opened.repository.dispose(); await engine.dispose(); rmSync(folder, { recursive: true, force: true }); });
beforeEach(() => { rmSync(join(folder, 'home'), { recursive: true, force: true }); });
afterEach(async () => { await server?.stop(); server = undefined; });

/** A server that answers on loopback, but is known under another origin where `far`. */
async function lent(play: (request: Heard, index: number) => Take, { far = false, ...more }: Partial<LendOptions> & { far?: boolean } = {}): Promise<LentModel> {
  server = await cassette(play);
  const real = openAiProvider({ base: new URL(`${server.url}/v1`), model: 'm', silenceMs: 60_000 });
  const provider: Provider = far ? { ...real, receiver: { origin: FAR, isLoopback: false } } : real;
  return new LentModel({
    connection: { provider, price: { input: 1, output: 1, from: 'a test' } }, budget: {}, plan: opened.plan, root: join(folder, 'r'), consents: new Consents(join(folder, 'home')), agree: async () => false, secondsLeft: () => 100, ...more,
  });
}
const request = (more: Partial<DraftRequest> = {}): DraftRequest => ({
  goal: 'g', instructions: 'You prove.', turns: [{ role: 'user', text: 'lemma Total …' }], files: ['a.dfy'], premises: [], count: 1, temperature: 0.5, seed: 3, maximumTokens: 200, signal: new AbortController().signal, ...more,
});

describe('text leaves this machine', () => {
  it('only after a yes to exactly that text, asked once, kept for repository and receiver', async () => {
    const asked: string[] = [];
    const agree = async ({ origin, text }: { origin: string; text: string }): Promise<boolean> => { asked.push(`${origin}\n${text}`); return true; };
    const model = await lent(() => openAiTake(['x']), { far: true, agree });
    await Promise.all([model.draft(request()), model.draft(request())]);
    await (await lent(() => openAiTake(['x']), { far: true, agree })).draft(request());
    expect(asked).toEqual([`${FAR}\n[system]\nYou prove.\n\n[user]\nlemma Total …`]);
    expect(new Consents(join(folder, 'home')).list()).toMatchObject([{ origin: FAR }]);
  });
  it('not after a no, and the remedy is told', async () => {
    const model = await lent(() => openAiTake(['x']), { far: true });
    expect(await model.draft(request())).toMatchObject({ kind: 'over', why: expect.stringContaining('--consent') });
    expect(server!.heard).toEqual([]);
    expect(model.meter.spent.requests).toBe(0);
  });
  it('never from an ignored file, as the goal or among the lemmas, also to this machine', async () => {
    const model = await lent(() => openAiTake(['x']));
    expect(await model.draft(request({ files: ['private/b.dfy'] }))).toMatchObject({ kind: 'over', why: expect.stringContaining('.assayignore') });
    expect(await model.draft(request({ premises: [{ symbol: 'x', file: 'private/b.dfy', contract: '', isCallable: true }] }))).toMatchObject({ kind: 'over' });
    expect(server!.heard).toEqual([]);
    const goal = opened.plan.obligations.find((one) => one.symbol === 'Total')!;
    expect((await model.premises(goal, 'lemma Total() ensures Sum(s) == SumIsPrivate', 10)).map((one) => one.symbol)).toEqual(['SumOfAppend']);
  });
});

describe('requests', () => {
  it('are made again after a 429 as long as the server asks, and end where that is not left', async () => {
    const model = await lent((_, index) => (index === 0 ? { status: 429, headers: { 'retry-after': '0' } } : openAiTake(['fine'])));
    expect(await model.draft(request())).toMatchObject({ kind: 'drafts', drafts: [{ id: '2.1', text: 'fine' }] });
    expect(model.calls.map((call) => call.outcome)).toEqual(['rate-limited', 'answered']);
    await server!.stop();
    const late = await lent(() => ({ status: 429, headers: { 'retry-after': '3600' } }));
    expect(await late.draft(request())).toMatchObject({ kind: 'over', why: expect.stringContaining('3600 s') });
    expect(server!.heard.length).toBe(1);
  });
  it('give nothing, but not the end, where an answer was cut, malformed or refused', async () => {
    const takes: Take[] = [{ pieces: ['data: {'], then: 'cut' }, { pieces: ['data: {\n\n'] }, { pieces: ['data: {"choices":[{"index":0,"delta":{"refusal":"no"},"finish_reason":"stop"}]}\n\n', 'data: [DONE]\n\n'] }];
    const model = await lent((_, index) => takes[index]!);
    for (const _ of takes) expect(await model.draft(request())).toMatchObject({ kind: 'nothing' });
    expect(model.calls.map((call) => call.outcome)).toEqual(['cut', 'malformed', 'refused']);
    expect(model.meter.spent).toMatchObject({ requests: 3, estimated: true });
    expect(model.meter.spent.input).toBeGreaterThan(0);
  });
  it('stop at the tokens and the money, before anything is sent', async () => {
    const model = await lent(() => openAiTake(['x'], { usage: { prompt_tokens: 50, completion_tokens: 150 } }), { budget: { usd: 0.0006 } });
    let answers = 0;
    for (; answers < 20; answers++) if ((await model.draft(request())).kind === 'over') break;
    expect(model.meter.spent.usd).toBeLessThanOrEqual(0.0006);
    expect(answers).toBeGreaterThan(0);
    expect(server!.heard.length).toBe(answers);
  });
  it('are closed with the search', async () => {
    const controller = new AbortController();
    const model = await lent(() => ({ pieces: ['data: {"choices":[{"index":0,"delta":{"content":"x"}}]}\n\n'], then: 'hold' }));
    const asked = model.draft(request({ signal: controller.signal }));
    while (server!.heard.length === 0) await new Promise((resolve) => { setTimeout(resolve, 5); });
    controller.abort();
    expect(await asked).toMatchObject({ kind: 'nothing' });
    expect(await server!.heard[0]!.closed).toBe(true);
    expect(model.calls).toMatchObject([{ outcome: 'cancelled', usage: { estimated: true } }]);
  });
  it('are told in the provenance: those with a draft in it, and the sums of all, with the lemmas that are used', async () => {
    const model = await lent((_, index) => openAiTake([`answer ${index}`]));
    const premises = [{ symbol: 'SumOfAppend', file: 'a.dfy', contract: 'lemma', isCallable: true }, { symbol: 'Other', file: 'a.dfy', contract: 'lemma', isCallable: true }];
    await model.draft(request());
    await model.draft(request({ seed: 9, premises }));
    await model.draft(request({ goal: 'another' }));
    const candidate = { files: new Map(), proves: ['g'], drafts: ['2.1'], additions: [{ strategy: 'drafts', text: 'SumOfAppend(s, t);', obligation: 'g' }] };
    expect(provenanceOf(candidate, model)).toMatchObject({ requests: 2, tokens: { input: 400, output: 80 }, usd: 0.00048, prompts: [{ seed: 9, promptSha256: model.calls[1]!.promptSha256 }], premises: { sent: ['SumOfAppend', 'Other'], used: ['SumOfAppend'] } });
    expect(provenanceOf({ ...candidate, drafts: [] }, model)).toBeUndefined();
  });
});
