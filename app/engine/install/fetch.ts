/**
 * Fetches one file over HTTP: resumable, bounded, cancellable, with progress. Only https, or http from this machine
 * itself; a redirect may not leave that rule. What was fetched of a file that broke off stays beside it, and is gone on
 * with where the server says that the file is still the same.
 */
import { open, readFile, rename, rm, stat, writeFile, type FileHandle } from 'node:fs/promises';
import { InputError } from '../../../toolchains/contract.ts';
import { isDiskFull, reasonOf } from '../repository/system-errors.ts';

export interface FetchProgress {
  readonly bytes: number;
  readonly total?: number;
  /** From the rate of this transfer. */
  readonly secondsLeft?: number;
}

export interface FetchRequest {
  readonly url: string;
  /** The whole file is here once it is whole; until then beside it, as `.part`. */
  readonly path: string;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: FetchProgress) => void;
  /** Without a byte for so long the transfer counts as broken off. */
  readonly stallSeconds?: number;
}

const MOST_REDIRECTS = 5;
const MOST_BYTES = 4 * 1024 ** 3;
const STALL_SECONDS = 60;
/** Starts anew after a break as long as each brings something. */
const MOST_BREAKS = 4;
const OFFLINE = 'Without a network: fetch the file elsewhere and give it with --from FILE';

/** What decides whether the rest may be put behind what is there (RFC 9110, If-Range). */
interface Part { readonly url: string; readonly validator: string }

export async function fetchFile(request: FetchRequest): Promise<void> {
  const part = `${request.path}.part`;
  for (let breaks = 0; ; breaks++) {
    const before = await sizeOf(part);
    const missing = await fetchOnce(request, part);
    if (missing === undefined) break;
    const after = await sizeOf(part);
    if (breaks + 1 >= MOST_BREAKS || after <= before) throw new InputError(request.url, `broke off: ${missing}`, `What came is kept: the same command goes on from there. ${OFFLINE}`);
  }
  await rename(part, request.path);
  await rm(`${part}.json`, { force: true });
}

/** @returns undefined where the file is whole, else how far it came */
async function fetchOnce(request: FetchRequest, part: string): Promise<string | undefined> {
  const { url, signal } = request;
  const known = await readPart(part, url);
  let have = known ? await sizeOf(part) : 0;
  const stall = new AbortController();
  const watch = stallWatch((request.stallSeconds ?? STALL_SECONDS) * 1000, stall);
  try {
    const response = await follow(url, have > 0 && known ? { range: `bytes=${have}-`, 'if-range': known.validator } : {}, AbortSignal.any([signal, stall.signal]));
    const goesOn = response.status === 206 && new RegExp(`^bytes ${have}-`).test(response.headers.get('content-range') ?? '');
    if (response.status !== 200 && !goesOn) {
      await response.body?.cancel();
      if (have > 0 && (response.status === 416 || response.status === 206)) { await rm(part, { force: true }); return 'the server has another file than before'; }
      throw new InputError(url, `the server answered ${response.status} ${response.statusText}`.trim(), OFFLINE);
    }
    if (!goesOn) have = 0;
    const length = response.headers.get('content-length');
    const total = length === null ? undefined : have + Number(length);
    if (total !== undefined && total > MOST_BYTES) throw new InputError(url, `is larger than the ${MOST_BYTES} bytes allowed`);
    const validator = validatorOf(response);
    await writeFile(`${part}.json`, validator === undefined ? '{}' : JSON.stringify({ url, validator } satisfies Part));
    const file = await open(part, goesOn ? 'a' : 'w', 0o600);
    try {
      const got = await receive(request, response, file, have, total, watch.touch);
      if (total !== undefined && got < total) return `${got} of ${total} bytes came`;
      // Another Assay that fetches the same into the same file would show here.
      if ((await file.stat()).size !== got) throw new InputError(part, 'was changed while it was fetched', 'Does another Assay fetch it too? Wait for it, and run this again');
      return undefined;
    } finally { await file.close(); }
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof InputError) throw error;
    if (isDiskFull(error)) throw new InputError(part, reasonOf(error), 'Make room there, or set ASSAY_HOME to another disk');
    if (stall.signal.aborted) return `nothing came for ${request.stallSeconds ?? STALL_SECONDS} s`;
    const cause = (error as { cause?: { code?: string; message?: string } }).cause;
    if (await sizeOf(part) > have || cause?.code === 'UND_ERR_SOCKET' || cause?.code === 'ECONNRESET') return cause?.message ?? String(error);
    throw new InputError(url, `cannot be reached: ${cause?.code ?? cause?.message ?? reasonOf(error)}`, OFFLINE);
  } finally { watch.end(); }
}

async function receive(request: FetchRequest, response: Response, file: FileHandle, from: number, total: number | undefined, touch: () => void): Promise<number> {
  let bytes = from;
  const began = performance.now();
  for await (const chunk of response.body ?? []) {
    touch();
    bytes += chunk.length;
    if (bytes > MOST_BYTES || (total !== undefined && bytes > total)) throw new InputError(request.url, 'sends more than it announced or is allowed');
    for (let at = 0; at < chunk.length;) at += (await file.write(chunk, at)).bytesWritten;
    const rate = (bytes - from) / Math.max(1, performance.now() - began) * 1000;
    request.onProgress({ bytes, ...(total === undefined ? {} : { total, secondsLeft: (total - bytes) / rate }) });
  }
  return bytes;
}

async function follow(start: string, headers: Record<string, string>, signal: AbortSignal): Promise<Response> {
  let url = new URL(start);
  const fromHere = isLoopback(url);
  for (let count = 0; count <= MOST_REDIRECTS; count++) {
    if (url.protocol !== 'https:' && !(fromHere && url.protocol === 'http:' && isLoopback(url))) throw new InputError(start, `leads to ${url.protocol}//${url.host}, which is not https`);
    // Bytes as they lie there: a compressed transfer could neither be resumed nor measured.
    const response = await fetch(url, { headers: { ...headers, 'accept-encoding': 'identity', 'user-agent': 'assay' }, redirect: 'manual', signal });
    const location = response.headers.get('location');
    if (response.status < 300 || response.status >= 400 || location === null) return response;
    await response.body?.cancel();
    url = new URL(location, url);
  }
  throw new InputError(start, `was redirected more than ${MOST_REDIRECTS} times`);
}

function isLoopback(url: URL): boolean { return /^(localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname); }

function validatorOf(response: Response): string | undefined {
  const tag = response.headers.get('etag');
  if (tag !== null && !tag.startsWith('W/')) return tag;
  return response.headers.get('last-modified') ?? undefined;
}

async function readPart(part: string, url: string): Promise<Part | undefined> {
  try {
    const known = JSON.parse(await readFile(`${part}.json`, 'utf8')) as Partial<Part>;
    return known.url === url && typeof known.validator === 'string' ? known as Part : undefined;
  } catch { return undefined; }
}

async function sizeOf(path: string): Promise<number> {
  return (await stat(path).catch(() => undefined))?.size ?? 0;
}

function stallWatch(milliseconds: number, stall: AbortController): { touch: () => void; end: () => void } {
  let timer: NodeJS.Timeout;
  const touch = (): void => { clearTimeout(timer); timer = setTimeout(() => { stall.abort(); }, milliseconds); };
  touch();
  return { touch, end: () => { clearTimeout(timer); } };
}
