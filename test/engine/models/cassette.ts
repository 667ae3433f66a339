/** A server on loopback that plays answers of model servers as they were recorded in shape: whole, in pieces, slow, cut off, held. */
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

export interface Take {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Written one after the other. */
  readonly pieces?: readonly string[];
  /** Before each piece. */
  readonly pauseMs?: number;
  /** After the pieces: `end` (default), `cut` the connection, `hold` it open. */
  readonly then?: 'end' | 'cut' | 'hold';
}

export interface Heard {
  readonly method: string; readonly path: string; readonly headers: IncomingHttpHeaders; readonly body: Record<string, unknown>;
  /** Settles once the connection is closed; true where the answer had not ended. */
  readonly closed: Promise<boolean>;
}

export interface Cassette { readonly url: string; readonly heard: readonly Heard[]; stop(): Promise<void> }

/** @param play for the nth request, from 0 */
export async function cassette(play: (request: Heard, index: number) => Take): Promise<Cassette> {
  const heard: Heard[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (chunk: Buffer) => { parts.push(chunk); });
    request.on('end', () => {
      const closed = new Promise<boolean>((resolve) => { response.on('close', () => { resolve(!response.writableEnded); }); });
      const one: Heard = { method: request.method!, path: request.url!, headers: request.headers, body: JSON.parse(Buffer.concat(parts).toString('utf8')) as Record<string, unknown>, closed };
      heard.push(one);
      void answer(response, play(one, heard.length - 1));
    });
  });
  server.on('connection', (socket) => { sockets.add(socket); socket.on('close', () => sockets.delete(socket)); });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, heard,
    stop: () => new Promise((resolve) => { for (const socket of sockets) socket.destroy(); server.close(() => { resolve(); }); }),
  };
}

async function answer(response: ServerResponse, { status = 200, headers = { 'content-type': 'text/event-stream' }, pieces = [], pauseMs = 0, then = 'end' }: Take): Promise<void> {
  response.writeHead(status, headers);
  response.flushHeaders();
  for (const piece of pieces) {
    await new Promise<void>((resolve) => { response.write(piece, () => { resolve(); }); });
    await new Promise((resolve) => { setTimeout(resolve, pauseMs); });
  }
  if (then === 'end') response.end();
  if (then === 'cut') response.destroy();
}

const data = (value: unknown): string => `data: ${typeof value === 'string' ? value : JSON.stringify(value)}\n\n`;

/** As vLLM, llama-server and OpenAI stream a chat completion of several choices. */
export function openAiTake(texts: readonly string[], { usage = { prompt_tokens: 200, completion_tokens: 40 }, logprob = -0.25, model = 'qwen3-8b', fingerprint = 'b6711-abc' }: { usage?: object | null; logprob?: number | null; model?: string; fingerprint?: string } = {}): Take {
  const common = { id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1, model, system_fingerprint: fingerprint };
  const pieces: string[] = [];
  for (const [index, text] of texts.entries()) {
    pieces.push(data({ ...common, choices: [{ index, delta: { role: 'assistant', content: '' }, finish_reason: null }] }));
    for (const piece of text.match(/[\s\S]{1,20}/g) ?? []) pieces.push(data({ ...common, choices: [{ index, delta: { content: piece }, finish_reason: null, ...(logprob === null ? {} : { logprobs: { content: [{ token: piece, logprob, bytes: null, top_logprobs: [] }] } }) }] }));
    pieces.push(data({ ...common, choices: [{ index, delta: {}, finish_reason: 'stop' }] }));
  }
  if (usage) pieces.push(data({ ...common, choices: [], usage }));
  pieces.push(data('[DONE]'));
  return { pieces };
}

export function anthropicTake(text: string, { stop = 'end_turn' }: { stop?: string } = {}): Take {
  const event = (type: string, rest: object): string => `event: ${type}\n${data({ type, ...rest })}`;
  return { pieces: [
    event('message_start', { message: { id: 'msg_1', type: 'message', role: 'assistant', model: 'claude-sonnet-4-5-20250929', content: [], stop_reason: null, usage: { input_tokens: 25, cache_read_input_tokens: 5, cache_creation_input_tokens: 0, output_tokens: 1 } } }),
    event('content_block_start', { index: 0, content_block: { type: 'text', text: '' } }), event('ping', {}),
    ...(text.match(/[\s\S]{1,20}/g) ?? []).map((piece) => event('content_block_delta', { index: 0, delta: { type: 'text_delta', text: piece } })),
    event('content_block_stop', { index: 0 }), event('message_delta', { delta: { stop_reason: stop, stop_sequence: null }, usage: { output_tokens: 15 } }), event('message_stop', {}),
  ] };
}

export function googleTake(text: string, { finish = 'STOP' }: { finish?: string } = {}): Take {
  return { pieces: [
    data({ candidates: [{ index: 0, content: { role: 'model', parts: [{ text: text.slice(0, 10) }] } }], usageMetadata: { promptTokenCount: 12 }, modelVersion: 'gemini-2.5-flash' }),
    data({ candidates: [{ index: 0, content: { role: 'model', parts: [{ text: text.slice(10) }] }, finishReason: finish }], usageMetadata: { promptTokenCount: 12, candidatesTokenCount: 7, thoughtsTokenCount: 3 }, modelVersion: 'gemini-2.5-flash' }),
  ] };
}
