/** `assay serve`: the window's files and its bridge on a loopback address, behind {@link Guard}. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import { contentPolicy, SAFE_HEADERS } from '../host/policy.ts';
import type { Supervisor } from '../host/supervisor.ts';
import { windowFile } from '../host/window-files.ts';
import { Guard } from './guard.ts';
import { keepUpload } from './upload.ts';

export interface ServeOptions {
  readonly supervisor: Supervisor;
  /** Of the built window. */
  readonly folder: string;
  readonly home: string;
  /** 0: any that is free. */
  readonly port: number;
}

export interface Served {
  readonly guard: Guard;
  close(): Promise<void>;
}

/** Of one message of a window: a file that is saved comes in one. */
const LARGEST_MESSAGE = 128 * 1024 * 1024;
/** Bytes that a browser may be behind before events wait. */
const BEHIND = 4 * 1024 * 1024;

/** @throws where the port is taken */
export async function serve(options: ServeOptions): Promise<Served> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, '127.0.0.1', () => { server.off('error', reject); resolve(); });
  });
  const guard = new Guard((server.address() as AddressInfo).port);
  const sockets = new WebSocketServer({ noServer: true, maxPayload: LARGEST_MESSAGE, perMessageDeflate: false });
  server.on('request', (request, response) => {
    handle(request, response, guard, options).catch(() => { if (!response.headersSent) refuse(response, 500, 'internal error'); else response.destroy(); });
  });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head) => {
    if (request.url !== '/bridge' || !guard.isOwnHost(request) || !guard.isOwnOrigin(request) || !guard.hasSession(request)) {
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, socket, head, (connected) => { attach(connected, options.supervisor); });
  });
  return { guard, close: () => close(server, sockets) };
}

function attach(socket: WebSocket, supervisor: Supervisor): void {
  const window = supervisor.connect((message) => {
    socket.send(JSON.stringify(message), () => { if (socket.bufferedAmount < BEHIND) window.taken(); });
  });
  socket.on('message', (data, isBinary) => {
    if (isBinary) return socket.close(1003);
    let message: unknown;
    try { message = JSON.parse(data.toString()); } catch { return socket.close(1007); }
    window.post(message);
  });
  socket.on('close', () => { window.close(); });
  socket.on('error', () => { socket.terminate(); });
}

async function handle(request: IncomingMessage, response: ServerResponse, guard: Guard, options: ServeOptions): Promise<void> {
  if (!guard.isOwnHost(request)) return refuse(response, 421, 'This is not the address that is served');
  const url = new URL(request.url ?? '/', `http://${request.headers.host}`);
  const token = url.searchParams.get('token');
  if (request.method === 'GET' && url.pathname === '/' && token !== null) {
    const cookie = guard.redeem(token);
    // Redirected, so that the token stands in no history and no referrer.
    if (cookie !== undefined) { response.writeHead(303, { ...SAFE_HEADERS, 'set-cookie': cookie, location: '/', 'cache-control': 'no-store' }).end(); return; }
    if (!guard.hasSession(request)) return refuse(response, 403, 'This link was used already, or is of another start. Press Enter where "assay serve" runs to get a new one.');
  }
  if (!guard.hasSession(request)) return refuse(response, 403, 'Open the link that "assay serve" printed.');
  if (url.pathname === '/upload') {
    if (request.method !== 'POST' || !guard.isOwnOrigin(request)) return refuse(response, 403, 'not from this window');
    const kept = await keepUpload(request, options.home);
    if ('path' in kept) { response.writeHead(200, { ...SAFE_HEADERS, 'content-type': 'text/plain; charset=utf-8' }).end(kept.path); return; }
    return refuse(response, 400, kept.problem);
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(response, 405, 'GET only');
  const file = await windowFile(options.folder, url.pathname);
  if (!file) return refuse(response, 404, 'there is no such file');
  response.writeHead(200, {
    ...SAFE_HEADERS, 'content-type': file.type, 'content-security-policy': contentPolicy(`ws://${request.headers.host}`),
    'cache-control': url.pathname.startsWith('/assets/') ? 'private, max-age=31536000, immutable' : 'no-cache',
  });
  response.end(request.method === 'HEAD' ? undefined : file.content);
}

function refuse(response: ServerResponse, status: number, why: string): void {
  response.writeHead(status, { ...SAFE_HEADERS, 'content-type': 'text/plain; charset=utf-8', 'content-security-policy': "default-src 'none'", 'cache-control': 'no-store', connection: 'close' }).end(`${why}\n`);
}

async function close(server: Server, sockets: WebSocketServer): Promise<void> {
  for (const socket of sockets.clients) socket.terminate();
  sockets.close();
  await new Promise<void>((resolve) => { server.close(() => { resolve(); }); server.closeAllConnections(); });
}
