/**
 * One request of a model server over HTTP with its answer as events (server-sent events, or one JSON text). The connection
 * is closed as soon as the caller's signal fires, the server is silent for too long, or it sends more than was asked for.
 * Redirects are not followed: they would take text and key to a receiver that nobody agreed to.
 */
import { createParser } from 'eventsource-parser';

export interface StreamRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: object;
  readonly signal: AbortSignal;
  /** Longest silence, before the first byte and between two. */
  readonly silenceMs: number;
  /** Each event's data in order. `done` ends the reading; `overran` closes the connection. */
  readonly onData: (data: string) => 'more' | 'done' | 'overran' | { readonly malformed: string };
}

export type StreamOutcome =
  | { readonly kind: 'ended'; /** `onData` said done. */ readonly done: boolean; readonly bytes: number }
  | { readonly kind: 'status'; readonly status: number; readonly body: string; readonly retryAfterSeconds?: number }
  | { readonly kind: 'malformed'; readonly why: string; readonly bytes: number }
  | { readonly kind: 'cut'; readonly why: string; readonly bytes: number }
  | { readonly kind: 'stalled'; readonly seconds: number; readonly bytes: number }
  | { readonly kind: 'overran'; readonly bytes: number }
  | { readonly kind: 'unreachable'; readonly why: string }
  | { readonly kind: 'cancelled'; readonly bytes: number };

const MOST_ANSWER_BYTES = 32 * 2 ** 20, MOST_ERROR_CHARACTERS = 2000;

export async function streamJson(request: StreamRequest): Promise<StreamOutcome> {
  const { signal, onData } = request;
  const ending = new AbortController();
  let bytes = 0, stalled = false;
  let timer: NodeJS.Timeout | undefined;
  const heard = (): void => { clearTimeout(timer); timer = setTimeout(() => { stalled = true; ending.abort(); }, request.silenceMs); };
  const onAbort = (): void => { ending.abort(); };
  if (signal.aborted) return { kind: 'cancelled', bytes };
  signal.addEventListener('abort', onAbort, { once: true });
  heard();
  let answered = false;
  try {
    const response = await fetch(request.url, {
      method: 'POST', redirect: 'manual', signal: ending.signal, body: JSON.stringify(request.body),
      headers: { 'content-type': 'application/json', accept: 'text/event-stream, application/json', ...request.headers },
    });
    answered = true;
    heard();
    if (response.status < 200 || response.status > 299) {
      const text = response.status >= 300 && response.status < 400 ? `it redirects to ${response.headers.get('location') ?? 'nowhere'}` : await bounded(response, heard);
      const after = retryAfter(response.headers.get('retry-after'), Date.now());
      return { kind: 'status', status: response.status, body: text, ...(after === undefined ? {} : { retryAfterSeconds: after }) };
    }
    let state: ReturnType<typeof onData> = 'more';
    const take = (data: string): void => { if (state === 'more') state = onData(data); };
    const isStream = (response.headers.get('content-type') ?? '').includes('text/event-stream');
    const parser = createParser({ onEvent: (event) => { take(event.data); } });
    const decoder = new TextDecoder();
    let whole = '';
    for await (const chunk of response.body ?? []) {
      heard();
      bytes += (chunk as Uint8Array).byteLength;
      if (bytes > MOST_ANSWER_BYTES) return { kind: 'overran', bytes };
      const text = decoder.decode(chunk as Uint8Array, { stream: true });
      if (isStream) parser.feed(text); else whole += text;
      if (state !== 'more') break;
    }
    if (!isStream) take(whole);
    // What the callback left in it is not seen by the type checker.
    const last = state as ReturnType<typeof onData>;
    if (last === 'overran') return { kind: 'overran', bytes };
    if (typeof last === 'object') return { kind: 'malformed', why: last.malformed, bytes };
    return { kind: 'ended', done: last === 'done', bytes };
  } catch (error) {
    if (stalled) return { kind: 'stalled', seconds: request.silenceMs / 1000, bytes };
    if (signal.aborted) return { kind: 'cancelled', bytes };
    return answered ? { kind: 'cut', why: reason(error), bytes } : { kind: isRefused(error) ? 'unreachable' : 'cut', why: reason(error), bytes };
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
    // Closes the connection where the answer was not read to its end, so that the server stops.
    ending.abort();
  }
}

async function bounded(response: Response, heard: () => void): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of response.body ?? []) {
    heard();
    text += decoder.decode(chunk as Uint8Array, { stream: true });
    if (text.length > MOST_ERROR_CHARACTERS) break;
  }
  return text.slice(0, MOST_ERROR_CHARACTERS);
}

/** Seconds, or a date (RFC 9110). Undefined where it is neither. */
export function retryAfter(header: string | null, now: number): number | undefined {
  if (header === null) return undefined;
  if (/^\d+(\.\d+)?$/.test(header.trim())) return Number(header);
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, (date - now) / 1000);
}

/** The connection was never made: nothing was sent. */
function isRefused(error: unknown): boolean { return /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|CERT|SSL|TLS|UND_ERR_CONNECT_TIMEOUT|bad port/i.test(`${reason(error)} ${codeOf(error)}`); }

function codeOf(error: unknown): string { const cause = (error as { cause?: { code?: unknown } }).cause; return typeof cause?.code === 'string' ? cause.code : ''; }

function reason(error: unknown): string {
  const cause = (error as { cause?: unknown }).cause;
  const text = cause instanceof Error ? cause.message || cause.name : error instanceof Error ? error.message : String(error);
  const code = codeOf(error);
  return code !== '' && !text.includes(code) ? `${text} (${code})` : text;
}
