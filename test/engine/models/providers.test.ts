import { afterEach, describe, expect, it } from 'vitest';
import { anthropicProvider } from '../../../app/engine/models/anthropic.ts';
import { connect, readModelChoice } from '../../../app/engine/models/connect.ts';
import { googleProvider } from '../../../app/engine/models/google.ts';
import { openAiProvider } from '../../../app/engine/models/openai.ts';
import { isLoopback, readServer } from '../../../app/engine/models/receiver.ts';
import { retryAfter } from '../../../app/engine/models/stream.ts';
import type { Provider, SampleOutcome, SampleRequest } from '../../../app/engine/models/types.ts';
import { anthropicTake, cassette, googleTake, openAiTake, type Cassette, type Heard, type Take } from './cassette.ts';

let server: Cassette | undefined;
afterEach(async () => { await server?.stop(); server = undefined; });

const KEY = 'sk-very-secret-key';
type Protocol = 'openai' | 'anthropic' | 'google';

async function provider(protocol: Protocol, play: Take | ((request: Heard, index: number) => Take), silenceMs = 60_000): Promise<Provider> {
  server = await cassette(typeof play === 'function' ? play : () => play);
  const common = { model: 'some-model', key: KEY, silenceMs };
  if (protocol === 'openai') return openAiProvider({ ...common, base: new URL(`${server.url}/v1/`) });
  return protocol === 'anthropic' ? anthropicProvider({ ...common, base: new URL(server.url) }) : googleProvider({ ...common, base: new URL(server.url) });
}

const ask = (one: Provider, more: Partial<SampleRequest> = {}): Promise<SampleOutcome> => one.sample({
  messages: [{ role: 'system', content: 'You prove.' }, { role: 'user', content: 'Prove it.' }], count: 1, temperature: 0.8, maximumTokens: 500, seed: 7, signal: new AbortController().signal, ...more,
});

describe('an OpenAI-compatible server', () => {
  it('gives several samples with log-probabilities, usage, model and build', async () => {
    const outcome = await ask(await provider('openai', openAiTake(['invariant a\ninvariant a much longer one', 'invariant b'])), { count: 2 });
    expect(outcome).toEqual({
      kind: 'answered', usage: { input: 200, output: 40, cached: 0, estimated: false }, reported: { model: 'qwen3-8b', build: 'b6711-abc' },
      samples: [{ text: 'invariant a\ninvariant a much longer one', finish: 'stop', logProbability: -0.25 }, { text: 'invariant b', finish: 'stop', logProbability: -0.25 }],
    });
    expect(server!.heard[0]).toMatchObject({ path: '/v1/chat/completions', body: { model: 'some-model', n: 2, seed: 7, stream: true, max_tokens: 500, temperature: 0.8, stream_options: { include_usage: true } } });
    expect(server!.heard[0]!.headers.authorization).toBe(`Bearer ${KEY}`);
  });

  it('is understood where it answers in one piece, in split characters, and without usage', async () => {
    const whole = { model: 'm', choices: [{ index: 0, message: { role: 'assistant', content: 'naïve ∀' }, finish_reason: 'length' }] };
    expect(await ask(await provider('openai', { headers: { 'content-type': 'application/json; charset=utf-8' }, pieces: [JSON.stringify(whole)] }))).toMatchObject({ kind: 'answered', samples: [{ text: 'naïve ∀', finish: 'length' }], usage: { estimated: true } });
    await server!.stop();
    const take = openAiTake(['one'], { usage: null, logprob: null });
    const joined = take.pieces!.join('').replaceAll('\n\n', '\r\n\r\n');
    const outcome = await ask(await provider('openai', { pieces: joined.match(/[\s\S]{1,7}/g)! }));
    expect(outcome).toMatchObject({ kind: 'answered', samples: [{ text: 'one', finish: 'stop' }], usage: { estimated: true } });
    expect(outcome.kind === 'answered' && outcome.samples[0]).not.toHaveProperty('logProbability');
  });

  it('is asked again without what it does not know', async () => {
    const outcome = await ask(await provider('openai', ({ body }) => ('logprobs' in body ? { status: 400, headers: {}, pieces: ['{"error":{"message":"Unrecognized request argument: logprobs"}}'] } : openAiTake(['fine']))));
    expect(outcome).toMatchObject({ kind: 'answered', samples: [{ text: 'fine' }] });
    expect(server!.heard.length).toBe(2);
  });

  it('refuses in words and by a filter', async () => {
    const refusal = (choice: object): Take => ({ pieces: [`data: ${JSON.stringify({ model: 'm', choices: [{ index: 0, ...choice }] })}\n\n`, 'data: [DONE]\n\n'] });
    expect(await ask(await provider('openai', refusal({ delta: { refusal: 'I cannot help with that.' }, finish_reason: 'stop' })))).toMatchObject({ kind: 'refused', why: 'I cannot help with that.' });
    await server!.stop();
    expect(await ask(await provider('openai', refusal({ delta: {}, finish_reason: 'content_filter' })))).toMatchObject({ kind: 'refused' });
  });

  it('reports an error in the middle of a stream', async () => {
    expect(await ask(await provider('openai', { pieces: ['data: {"error":{"message":"CUDA out of memory"}}\n\n'] }))).toMatchObject({ kind: 'server-failed', why: expect.stringContaining('out of memory') });
  });
});

describe("Anthropic's messages", () => {
  it('give text, usage with what was cached, and the model', async () => {
    expect(await ask(await provider('anthropic', anthropicTake('a proof of some length')))).toEqual({
      kind: 'answered', samples: [{ text: 'a proof of some length', finish: 'stop' }], usage: { input: 30, output: 15, cached: 5, estimated: false }, reported: { model: 'claude-sonnet-4-5-20250929' },
    });
    expect(server!.heard[0]).toMatchObject({ path: '/v1/messages', body: { system: 'You prove.', max_tokens: 500, messages: [{ role: 'user', content: 'Prove it.' }] } });
    expect(server!.heard[0]!.headers).toMatchObject({ 'x-api-key': KEY, 'anthropic-version': '2023-06-01' });
  });
  it('refuse, and are overloaded', async () => {
    expect(await ask(await provider('anthropic', anthropicTake('', { stop: 'refusal' })))).toMatchObject({ kind: 'refused' });
    await server!.stop();
    expect(await ask(await provider('anthropic', { pieces: ['event: error\ndata: {"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}\n\n'] }))).toMatchObject({ kind: 'rate-limited', why: expect.stringContaining('Overloaded') });
  });
});

describe("Google's generateContent", () => {
  it('gives text, usage with thinking, and the version', async () => {
    expect(await ask(await provider('google', googleTake('a proof of some length')))).toEqual({
      kind: 'answered', samples: [{ text: 'a proof of some length', finish: 'stop' }], usage: { input: 12, output: 10, cached: 0, estimated: false }, reported: { model: 'gemini-2.5-flash' },
    });
    expect(server!.heard[0]!.path).toBe('/v1beta/models/some-model:streamGenerateContent?alt=sse');
    expect(server!.heard[0]!.headers['x-goog-api-key']).toBe(KEY);
  });
  it('is stopped by a filter, before and after it begins', async () => {
    expect(await ask(await provider('google', googleTake('bad', { finish: 'SAFETY' })))).toMatchObject({ kind: 'refused' });
    await server!.stop();
    expect(await ask(await provider('google', { pieces: ['data: {"promptFeedback":{"blockReason":"OTHER"},"usageMetadata":{"promptTokenCount":3}}\n\n'] }))).toMatchObject({ kind: 'refused', usage: { input: 3 } });
  });
});

const GOOD: Readonly<Record<Protocol, Take>> = { openai: openAiTake(['some text that is long enough to be cut']), anthropic: anthropicTake('some text that is long enough to be cut'), google: googleTake('some text that is long enough to be cut') };

describe.each(['openai', 'anthropic', 'google'] as const)('%s: every way to fail is told apart', (protocol) => {
  it('too many requests, with and without a time', async () => {
    const one = await provider(protocol, (_, index): Take => ({ status: 429, headers: index === 0 ? { 'retry-after': '17' } : { 'x-nothing': '' }, pieces: ['{"error":{"message":"slow down"}}'] }));
    expect(await ask(one)).toMatchObject({ kind: 'rate-limited', retryAfterSeconds: 17, why: expect.stringContaining('slow down') });
    expect(await ask(one)).not.toHaveProperty('retryAfterSeconds');
  });
  it('a connection that is cut, and an answer that only ends', async () => {
    const pieces = GOOD[protocol].pieces!.slice(0, protocol === 'google' ? 1 : 3);
    expect(await ask(await provider(protocol, { pieces, then: 'cut' }))).toMatchObject({ kind: 'cut' });
    await server!.stop();
    expect(await ask(await provider(protocol, { pieces, then: 'end' }))).toMatchObject({ kind: 'cut', why: expect.stringContaining('before it was complete'), usage: { estimated: expect.any(Boolean) } });
  });
  it('no JSON, and JSON of another shape', async () => {
    expect(await ask(await provider(protocol, { pieces: ['data: {"choices": [{"del\n\n'] }))).toMatchObject({ kind: 'malformed' });
    await server!.stop();
    expect(await ask(await provider(protocol, { pieces: [`data: ${JSON.stringify({ type: 3, choices: 'none', candidates: 'none' })}\n\n`] }))).toMatchObject({ kind: 'malformed' });
  });
  it('not by slow tokens: they are waited for as long as they come', async () => {
    const outcome = await ask(await provider(protocol, { ...GOOD[protocol], pauseMs: 40 }, 30_000));
    expect(outcome).toMatchObject({ kind: 'answered', samples: [{ text: 'some text that is long enough to be cut' }] });
  });
  it('silence: the connection is closed', async () => {
    expect(await ask(await provider(protocol, { pieces: GOOD[protocol].pieces!.slice(0, 1), then: 'hold' }, 4000))).toMatchObject({ kind: 'stalled' });
    expect(await server!.heard[0]!.closed).toBe(true);
  });
  it('an abort: the connection is closed while the server still sends', async () => {
    const controller = new AbortController();
    const one = await provider(protocol, { pieces: GOOD[protocol].pieces!.slice(0, 1), then: 'hold' });
    const asked = ask(one, { signal: controller.signal });
    while (server!.heard.length === 0) await new Promise((resolve) => { setTimeout(resolve, 5); });
    controller.abort();
    expect(await asked).toMatchObject({ kind: 'cancelled' });
    expect(await server!.heard[0]!.closed).toBe(true);
    expect(await ask(one, { signal: AbortSignal.abort() })).toMatchObject({ kind: 'cancelled' });
    expect(server!.heard.length).toBe(1);
  });
  it('a wrong key, which is not repeated to anybody', async () => {
    const outcome = await ask(await provider(protocol, { status: 401, headers: {}, pieces: [`{"error":{"message":"Incorrect API key: ${KEY}"}}`] }));
    expect(outcome).toMatchObject({ kind: 'unauthorised' });
    expect(JSON.stringify(outcome)).not.toContain(KEY);
  });
  it('a redirection is not followed, and nothing is sent on', async () => {
    const other = await cassette(() => GOOD[protocol]);
    try {
      expect(await ask(await provider(protocol, { status: 307, headers: { location: `${other.url}/` } }))).toMatchObject({ kind: 'rejected', status: 307 });
      expect(other.heard).toEqual([]);
    } finally { await other.stop(); }
  });
  it('a server error, an unknown model, and nobody there', async () => {
    const one = await provider(protocol, (_, index) => ({ status: index === 0 ? 500 : 404, headers: {}, pieces: ['<html>oops</html>'] }));
    expect(await ask(one)).toMatchObject({ kind: 'server-failed', status: 500 });
    expect(await ask(one)).toMatchObject({ kind: 'rejected', status: 404 });
    await server!.stop();
    const gone = await provider(protocol, GOOD[protocol]);
    await server!.stop();
    expect(await ask(gone)).toMatchObject({ kind: 'unreachable' });
  });
  it('more than was asked for: the connection is closed', async () => {
    const flood = GOOD[protocol].pieces!.slice(0, protocol === 'openai' ? 2 : protocol === 'anthropic' ? 4 : 1);
    const outcome = await ask(await provider(protocol, { pieces: [...flood.slice(0, -1), ...Array.from({ length: 300 }, () => flood.at(-1)!)], then: 'hold' }), { maximumTokens: 20 });
    expect(outcome).toMatchObject({ kind: 'overran', usage: { estimated: true } });
    expect(await server!.heard[0]!.closed).toBe(true);
  });
});

describe('addresses', () => {
  it('of this machine are literal', () => {
    for (const host of ['localhost', '127.0.0.1', '127.9.9.9', '[::1]']) expect(isLoopback(host), host).toBe(true);
    for (const host of ['127.0.0.1.example.com', 'localhost.example.com', '10.0.0.1', '0.0.0.0', '[::]', '128.0.0.1']) expect(isLoopback(host), host).toBe(false);
  });
  it('are refused where text or key would be in clear', () => {
    expect(readServer('http://gpu.example.com/v1')).toContain('in clear');
    expect(readServer('https://me:pw@gpu.example.com/v1')).toContain('password');
    expect(readServer('ftp://x')).toContain('not understood');
    expect(readServer('https://gpu.example.com/v1')).toBeInstanceOf(URL);
    expect(readModelChoice('http://127.0.0.1:1/v1', undefined)).toContain('#');
    expect(readModelChoice('qwen', undefined)).toContain('--provider');
    expect(readModelChoice('m', 'acme')).toContain('there is no provider');
    expect(readModelChoice('http://127.0.0.1:1/v1#qwen/3', undefined)).toMatchObject({ model: 'qwen/3' });
  });
  it('of a date is read as seconds from now', () => {
    expect(retryAfter('Wed, 21 Oct 2015 07:28:10 GMT', Date.parse('Wed, 21 Oct 2015 07:28:00 GMT'))).toBe(10);
    expect(retryAfter('soon', 0)).toBeUndefined();
  });
});

describe('connecting', () => {
  const none = async (): Promise<{ kind: 'none'; why: string; remedy: string }> => ({ kind: 'none', why: 'no key', remedy: 'set it' });
  it("gives a vendor's key to the vendor alone", async () => {
    server = await cassette(() => openAiTake(['x']));
    const environment = { OPENAI_API_KEY: KEY, ANTHROPIC_API_KEY: KEY, PATH: '' };
    const connection = await connect({ server: new URL(`${server.url}/v1`), model: 'm' }, { environment });
    if (typeof connection === 'string') throw new Error(connection);
    await ask(connection.provider);
    expect(JSON.stringify(server.heard[0]!.headers)).not.toContain(KEY);
    expect(connection.price).toMatchObject({ input: 0, output: 0 });
    expect(await connect({ vendor: 'anthropic', model: 'm' }, { environment: {}, lookUp: none })).toContain('no key');
    expect(await connect({ vendor: 'openai', model: 'gpt-4o' }, { environment })).toMatchObject({ keyFrom: 'the environment variable OPENAI_API_KEY', price: { from: expect.stringContaining('genai-prices') } });
  });
});
