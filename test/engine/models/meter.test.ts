import fc from 'fast-check';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findKey } from '../../../app/engine/models/keys.ts';
import { Meter } from '../../../app/engine/models/meter.ts';
import { costOf, priceOf, readPrice } from '../../../app/engine/models/prices.ts';
import { Sendable } from '../../../app/engine/models/sendable.ts';
import { Consents } from '../../../app/engine/trust/consent.ts';

let folder: string;
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'assay-models-')); });
afterEach(() => { rmSync(folder, { recursive: true, force: true }); });
const put = (path: string, text: string): void => { mkdirSync(join(folder, path, '..'), { recursive: true }); writeFileSync(join(folder, path), text); };

describe('the meter', () => {
  const PRICE = { input: 3, output: 15, from: 'a test' };

  it('never lets more be spent than the budget, whatever servers take up to what was agreed', () => {
    const request = fc.record({ bytes: fc.integer({ min: 0, max: 5000 }), count: fc.integer({ min: 1, max: 4 }), maximumTokens: fc.integer({ min: 1, max: 4000 }), share: fc.double({ min: 0, max: 1, noNaN: true }), late: fc.boolean() });
    fc.assert(fc.property(fc.array(request, { maxLength: 40 }), fc.integer({ min: 0, max: 30_000 }), fc.integer({ min: 0, max: 12 }), (requests, tokens, most) => {
      const usd = tokens / 200_000;
      const meter = new Meter({ tokens, usd, requests: most }, PRICE);
      const open: (() => void)[] = [];
      for (const { bytes, count, maximumTokens, share, late } of requests) {
        const reservation = meter.reserve({ bytes, count, maximumTokens });
        if (typeof reservation === 'string') continue;
        expect(reservation.maximumTokens).toBeLessThanOrEqual(maximumTokens);
        // A server that counts as many tokens as bytes is the worst there is; it does so from the beginning.
        const settle = (): void => { reservation.settle({ input: bytes, output: Math.floor(share * reservation.maximumTokens * count), cached: 0, estimated: false }); };
        if (late) open.push(settle); else settle();
      }
      for (const settle of open) settle();
      const { input, output, usd: cost, requests: asked } = meter.spent;
      expect(input + output).toBeLessThanOrEqual(tokens);
      expect(cost).toBeLessThanOrEqual(usd + 1e-9);
      expect(asked).toBeLessThanOrEqual(most);
    }), { numRuns: 300 });
  });

  it('says what ended it, and holds no money without a price', () => {
    expect(new Meter({ requests: 0 }, PRICE).reserve({ bytes: 1, count: 1, maximumTokens: 100 })).toContain('requests');
    expect(new Meter({ tokens: 10 }, PRICE).reserve({ bytes: 100, count: 1, maximumTokens: 100 })).toContain('tokens');
    expect(new Meter({ usd: 0.000001 }, PRICE).reserve({ bytes: 100, count: 1, maximumTokens: 100 })).toContain('money');
    expect(new Meter({ usd: 1 }, undefined).reserve({ bytes: 100, count: 1, maximumTokens: 100 })).toContain('--price');
    expect(new Meter({}, undefined).spent).not.toHaveProperty('usd');
  });

  it('learns how many tokens a byte is, and counts what a failed request took', () => {
    const meter = new Meter({ tokens: 1000 }, PRICE);
    expect(typeof meter.reserve({ bytes: 2000, count: 1, maximumTokens: 100 })).toBe('string');
    const first = meter.reserve({ bytes: 800, count: 1, maximumTokens: 100 });
    if (typeof first === 'string') throw new Error(first);
    first.settle({ input: 200, output: 0, cached: 0, estimated: false });
    first.settle({ input: 200, output: 0, cached: 0, estimated: false });
    expect(meter.spent).toMatchObject({ input: 200, output: 0, estimated: false });
    expect(typeof meter.reserve({ bytes: 2000, count: 1, maximumTokens: 100 })).not.toBe('string');
  });
});

describe('prices', () => {
  const at = (origin: string, model: string, priced?: string): Parameters<typeof priceOf>[0] => ({ receiver: { origin, isLoopback: origin.includes('127.0.0.1') }, model, ...(priced === undefined ? {} : { priced }) });
  it('are the user\'s, none on this machine, or the table\'s, or not known', async () => {
    expect(readPrice('in=3, out=15')).toEqual({ input: 3, output: 15, from: 'the user' });
    expect(readPrice('3')).toContain('in=DOLLARS');
    expect(await priceOf(at('http://127.0.0.1:8080', 'x'))).toMatchObject({ input: 0, output: 0 });
    expect(await priceOf(at('https://api.openai.com', 'gpt-4o', 'openai'))).toMatchObject({ input: 2.5, output: 10 });
    expect(await priceOf(at('https://gpu.example.com', 'own-model-7b'))).toBeUndefined();
    expect(costOf({ input: 1_000_000, output: 100_000 }, { input: 3, output: 15, from: '' })).toBeCloseTo(4.5);
  });
});

describe('keys', () => {
  const ORIGIN = 'https://gpu.example.com';
  const program = (body: string): void => { put('bin/secret-tool', `#!/bin/sh\n${body}\n`); chmodSync(join(folder, 'bin/secret-tool'), 0o755); };
  const find = (environment: Record<string, string>, platform: NodeJS.Platform = 'linux'): ReturnType<typeof findKey> => findKey({ origin: ORIGIN, variables: ['MY_KEY'], environment, platform });

  it('come from the environment, else from the key store, asked for this receiver alone', async () => {
    program('[ "$*" = "lookup service assay receiver https://gpu.example.com" ] && printf stored');
    expect(await find({ MY_KEY: ' told ', PATH: '' })).toMatchObject({ kind: 'found', key: 'told' });
    expect(await find({ PATH: join(folder, 'bin') })).toMatchObject({ kind: 'found', key: 'stored', from: expect.stringContaining('secret-tool') });
    expect(await findKey({ origin: 'https://other.example.com', variables: [], environment: { PATH: join(folder, 'bin') }, platform: 'linux' })).toMatchObject({ kind: 'none', remedy: expect.stringContaining('secret-tool store') });
  });
  it('are not found where there is no key store, which is said', async () => {
    expect(await find({ PATH: join(folder, 'nowhere') })).toMatchObject({ kind: 'none', why: expect.stringContaining('no key store'), remedy: 'set MY_KEY' });
    expect(await find({ PATH: 'bin' })).toMatchObject({ kind: 'none' });
    expect(await find({ PATH: '' }, 'win32')).toMatchObject({ kind: 'none', why: expect.stringContaining('no key store') });
  });
});

describe('what may leave', () => {
  it('is not what git or the user ignores, at any level, and nothing outside', () => {
    put('.git/HEAD', '');
    put('.git/info/exclude', 'excluded.dfy\n');
    put('.gitignore', '*.secret.dfy\n/build/\n!kept.secret.dfy\n');
    put('repo/.assayignore', 'private/\n!open.dfy\n');
    put('repo/sub/.gitignore', 'here.dfy\n');
    const sendable = new Sendable(join(folder, 'repo'));
    for (const path of ['a.secret.dfy', 'sub/a.secret.dfy', 'private/x.dfy', 'private/open.dfy', 'sub/here.dfy', 'excluded.dfy', '../build/x.dfy', '/etc/passwd', '.git/config']) expect(sendable.whyNot(path), path).toBeTypeOf('string');
    for (const path of ['a.dfy', 'here.dfy', 'kept.secret.dfy', 'sub/build/x.dfy', 'privately.dfy']) expect(sendable.whyNot(path), path).toBeUndefined();
  });
  it('is everything of a folder without lists', () => { expect(new Sendable(folder).whyNot('a/b.dfy')).toBeUndefined(); });
  it('does not let one list bring back what the other keeps', () => {
    put('.gitignore', 'a.dfy\n');
    put('.assayignore', '!a.dfy\n');
    expect(new Sendable(folder).whyNot('a.dfy')).toContain('a.dfy');
  });
});

describe('consent', () => {
  it('is for one repository and one receiver, kept outside the repository, revocable', () => {
    put('r/a.dfy', '');
    put('s/a.dfy', '');
    const consents = new Consents(join(folder, 'home'));
    const [one, other] = [join(folder, 'r'), join(folder, 's')];
    consents.add(one, 'https://a.example');
    expect([consents.has(one, 'https://a.example'), consents.has(one, 'https://b.example'), consents.has(other, 'https://a.example')]).toEqual([true, false, false]);
    expect(readdirSync(one)).toEqual(['a.dfy']);
    rmSync(one, { recursive: true });
    put('r/a.dfy', '');
    expect(consents.revoke(one, 'https://a.example')).toBe(true);
    expect(consents.list()).toEqual([]);
  });
  it('is nobody\'s where its file cannot be read', () => {
    put('r/a.dfy', '');
    const consents = new Consents(join(folder, 'home'));
    consents.add(join(folder, 'r'), 'https://a.example');
    writeFileSync(join(folder, 'home', 'consent.json'), readFileSync(join(folder, 'home', 'consent.json'), 'utf8').slice(0, -3));
    expect(consents.has(join(folder, 'r'), 'https://a.example')).toBe(false);
  });
});
