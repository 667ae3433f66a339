/** `assay serve` against those who are not its user: links, cookies, names of hosts, origins, paths and messages. */
import { request as ask, type IncomingMessage } from 'node:http';
import { mkdtemp, rm } from 'node:fs/promises';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { REQUEST_NAMES, hostMessage, type HostMessage } from '../../app/contract.ts';
import { Host } from '../../app/host/host.ts';
import type { EngineLink, FromEngine } from '../../app/host/link.ts';
import { Supervisor } from '../../app/host/supervisor.ts';
import { serve, type Served } from '../../app/serve/server.ts';

let home: string, served: Served, supervisor: Supervisor, host: Host, port: number, cookie: string;

/** The engine in this process: the process around it has tests of its own. */
function engineHere(): EngineLink {
  const listeners: ((message: FromEngine) => void)[] = [];
  const connections = new Map<number, ReturnType<Host['connect']>>();
  return {
    pid: process.pid, kill: () => undefined, onExit: () => undefined, onMessage: (listener) => { listeners.push(listener); },
    post(message) {
      if (message.type === 'start') queueMicrotask(() => { for (const listener of listeners) listener({ type: 'ready' }); });
      else if (message.type === 'connect') connections.set(message.window, host.connect((answer) => { for (const listener of listeners) listener({ type: 'message', window: message.window, message: answer }); }));
      else if (message.type === 'message') connections.get(message.window)?.receive(message.data);
      else if (message.type === 'disconnect') connections.get(message.window)?.close();
    },
  };
}

interface Answered { readonly status: number; readonly headers: IncomingMessage['headers']; readonly text: string }

function get(path: string, headers: Readonly<Record<string, string>> = {}, method = 'GET', body?: string): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const asked = ask({ host: '127.0.0.1', port, path, method, headers }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (piece: string) => { text += piece; }).on('end', () => { resolve({ status: answer.statusCode!, headers: answer.headers, text }); });
    });
    asked.on('error', reject);
    asked.end(body);
  });
}

/** The status with which the socket is refused, or the open socket. */
function socket(headers: Readonly<Record<string, string>>): Promise<number | WebSocket> {
  return new Promise((resolve) => {
    const opened = new WebSocket(`ws://127.0.0.1:${port}/bridge`, { headers });
    opened.on('open', () => { resolve(opened); });
    opened.on('unexpected-response', (_request, answer) => { resolve(answer.statusCode!); });
    opened.on('error', () => undefined);
  });
}

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'assay-serve-'));
  const folder = join(home, 'page');
  mkdirSync(join(folder, 'assets'), { recursive: true });
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Assay</title>');
  writeFileSync(join(home, 'secret.txt'), 'secret');
  host = await Host.create({ home: join(home, 'data'), surroundings: { transport: 'web', versions: {}, canChooseFiles: false } });
  supervisor = new Supervisor({ start: engineHere, surroundings: { transport: 'web', versions: {}, canChooseFiles: false } });
  served = await serve({ supervisor, folder, home: join(home, 'data'), port: 0 });
  port = served.guard.port;
});
afterAll(async () => {
  await served.close();
  await host.dispose();
  await rm(home, { recursive: true, force: true });
});

describe('the link', () => {
  it('is good once, and becomes a cookie that scripts cannot read', async () => {
    const link = new URL(served.guard.link);
    expect(await get('/')).toMatchObject({ status: 403 });
    expect(await get('/?token=wrong')).toMatchObject({ status: 403 });
    const first = await get(link.pathname + link.search);
    expect(first).toMatchObject({ status: 303, headers: { location: '/' } });
    const [set] = first.headers['set-cookie']!;
    expect(set).toMatch(/HttpOnly; SameSite=Strict/);
    cookie = set!.split(';')[0]!;
    expect(await get(link.pathname + link.search)).toMatchObject({ status: 403 });
    const page = await get('/', { cookie });
    expect(page).toMatchObject({ status: 200, text: expect.stringContaining('Assay') });
    expect(page.headers['content-security-policy']).toMatch(/default-src 'none'; script-src 'self';/);
    expect(page.headers['content-security-policy']).not.toMatch(/script-src[^;]*unsafe/);
    const renewed = new URL(served.guard.renew());
    expect((await get(renewed.pathname + renewed.search)).status).toBe(303);
  });

  it('speaks to its own address alone, so that a name made to point here reaches nothing', async () => {
    for (const name of ['evil.example', `evil.example:${port}`, `127.0.0.1:${port + 1}`, `127.0.0.1.evil.example:${port}`]) {
      expect((await get('/', { cookie, host: name })).status, name).toBeGreaterThanOrEqual(400);
    }
  });

  it('opens a socket to its own page alone', async () => {
    const own = `http://127.0.0.1:${port}`;
    expect(await socket({ origin: own })).toBe(403);
    expect(await socket({ cookie })).toBe(403);
    expect(await socket({ cookie, origin: 'https://evil.example' })).toBe(403);
    expect(await socket({ cookie, origin: 'null' })).toBe(403);
    expect(await socket({ cookie, origin: own, host: 'evil.example' })).toBe(403);
    expect(await socket({ cookie: 'assay-1=x', origin: own })).toBe(403);
    const opened = await socket({ cookie, origin: own });
    expect(typeof opened).toBe('object');
    (opened as WebSocket).terminate();
  });

  it('gives files of the window alone', async () => {
    for (const path of ['/../secret.txt', '/..%2fsecret.txt', '/%2e%2e/secret.txt', '/assets/..%2f..%2fsecret.txt', '/.built', '/assets', '/%00', '/%', '/secret.txt']) {
      const answer = await get(path, { cookie });
      expect(answer.status, path).toBe(404);
      expect(answer.text).not.toContain('secret\n');
    }
    expect((await get('/', { cookie }, 'DELETE')).status).toBe(405);
  });

  it('keeps a dropped file under a harmless name in its own folder', async () => {
    const own = { cookie, origin: `http://127.0.0.1:${port}` };
    expect((await get('/upload', { cookie, 'x-assay-name': 'a.zip' }, 'POST', 'x')).status).toBe(403);
    expect((await get('/upload', { ...own, origin: 'https://evil.example', 'x-assay-name': 'a.zip' }, 'POST', 'x')).status).toBe(403);
    for (const [name, kept] of [['../../evil.zip', 'evil.zip'], ['a b.tar.gz', 'a b.tar.gz'], ['x\u0000"<y>.zip', 'x___y_.zip'], ['C:\\x\\z.zip', 'z.zip']] as const) {
      const answer = await get('/upload', { ...own, 'x-assay-name': encodeURIComponent(name) }, 'POST', 'content');
      expect(answer.status).toBe(200);
      expect(answer.text.startsWith(join(home, 'data', 'uploads'))).toBe(true);
      expect(basename(answer.text)).toBe(kept);
      expect(readFileSync(answer.text, 'utf8')).toBe('content');
    }
    expect((await get('/upload', { ...own, 'x-assay-name': encodeURIComponent('..') }, 'POST', 'x')).status).toBe(400);
  });
});

describe('messages', () => {
  /** Sends these, then a request that must be answered; gives all that came until it was. */
  async function after(sent: readonly unknown[]): Promise<HostMessage[]> {
    const opened = await socket({ cookie, origin: `http://127.0.0.1:${port}` }) as WebSocket;
    const heard: HostMessage[] = [];
    const done = new Promise<void>((resolve) => {
      opened.on('message', (data) => {
        const message = hostMessage.parse(JSON.parse(String(data)));
        heard.push(message);
        if (message.type !== 'events' && message.id === 9_999) resolve();
      });
    });
    for (const message of sent) opened.send(JSON.stringify(message));
    opened.send(JSON.stringify({ type: 'request', id: 9_999, name: 'settings.get', input: {} }));
    await done;
    opened.terminate();
    return heard;
  }

  it('that are none of the contract change nothing and end nothing', async () => {
    const heard = await after([null, 1, 'x', [], {}, { type: 'request' }, { type: 'request', id: -1, name: 'app.info', input: {} }, { type: 'request', id: 1, name: '__proto__', input: {} }, { type: 'request', id: 2, name: 'constructor', input: {} }, { type: 'cancel', id: 77 }]);
    expect(heard.filter((message) => message.type !== 'events')).toHaveLength(1);
  });

  it('of every name with wrong input are refused, each with words', async () => {
    const wanting = REQUEST_NAMES.filter((name) => !['app.info', 'settings.get', 'settings.set', 'repository.recent', 'repository.list', 'run.list', 'lanes.read', 'doctor.read', 'install.list'].includes(name));
    const junk = { repository: '../..', path: 7, obligation: '', obligations: 'x', run: 0, text: 1, source: { kind: 'path' }, sha256: 'x', query: {}, from: -1, name: '../x', url: 'javascript:alert(1)', what: 'all', tool: '', job: 1, input: null };
    const heard = await after(wanting.map((name, id) => ({ type: 'request', id, name, input: junk })));
    const refused = heard.flatMap((message) => (message.type === 'refusal' ? [message] : []));
    expect(refused.map((message) => wanting[message.id])).toEqual(expect.arrayContaining([...wanting]));
    expect(refused.every((message) => message.problem.kind === 'input' && message.problem.message !== '')).toBe(true);
  });

  it('that are no JSON end their own socket alone', async () => {
    const opened = await socket({ cookie, origin: `http://127.0.0.1:${port}` }) as WebSocket;
    const closed = new Promise<number>((resolve) => { opened.on('close', resolve); });
    opened.send('{');
    expect(await closed).toBe(1007);
    expect((await after([])).length).toBeGreaterThan(0);
  });
});
