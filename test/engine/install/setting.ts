/** A server on loopback that misbehaves on demand, a made-up tool as an archive, and a home for what is installed. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { InstallProgress, InstallRequest } from '../../../app/engine/install/request.ts';
import { toolsFolder } from '../../../app/engine/install/managed.ts';
import type { Recipe } from '../../../toolchains/recipe.ts';
import { tar, zip } from '../repository/archive-bytes.ts';

export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

export interface Setting {
  readonly home: string;
  readonly base: string;
  readonly requests: IncomingMessage[];
  answer: Answer;
  readonly seen: InstallProgress[];
  request(changes?: Partial<InstallRequest>): InstallRequest;
  dispose(): Promise<void>;
}

export async function setting(): Promise<Setting> {
  const home = await mkdtemp(join(tmpdir(), 'assay-install-'));
  const requests: IncomingMessage[] = [];
  const seen: InstallProgress[] = [];
  const server = createServer((request, response) => { requests.push(request); made.answer(request, response); });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  const made: Setting = {
    home, requests, seen, base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    answer: (_request, response) => { response.writeHead(404).end(); },
    request: (changes = {}) => ({
      home, tools: toolsFolder(home), signal: new AbortController().signal, onProgress: (progress) => { seen.push(progress); }, find: () => Promise.resolve([]), ...changes,
    }),
    async dispose() {
      server.closeAllConnections();
      await new Promise((resolve) => { server.close(resolve); });
      await rm(home, { recursive: true, force: true });
    },
  };
  return made;
}

export const PROGRAM = '#!/bin/sh\necho tool 1.0\n';

/** Large enough for several chunks, and not to be compressed away. */
export const ARCHIVE = tar([{ name: 'tool-1.0/', type: '5' }, { name: 'tool-1.0/bin/tool', content: PROGRAM }, { name: 'tool-1.0/share/data', content: Buffer.alloc(300_000, 'abcdefg') }]);
export const ZIPPED = zip([{ name: 'tool-1.0/bin/tool', content: PROGRAM }, { name: 'tool-1.0/README', content: 'read me' }]);

export function recipe(url: string, changes: { sha256?: string; version?: string } = {}): Recipe {
  return { id: 'tool', version: changes.version ?? '1.0', archives: { here: { url, programs: ['bin/tool'], ...(changes.sha256 === undefined ? {} : { sha256: changes.sha256 }) } } };
}

/** Sends a file as an honest server does: with a tag, and parts of it where asked. */
export function sending(file: Buffer, tag = '"one"'): Answer {
  return (request, response) => {
    const from = /^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1];
    if (from !== undefined && request.headers['if-range'] === tag) {
      response.writeHead(206, { etag: tag, 'content-length': file.length - Number(from), 'content-range': `bytes ${from}-${file.length - 1}/${file.length}` }).end(file.subarray(Number(from)));
      return;
    }
    response.writeHead(200, { etag: tag, 'content-length': file.length }).end(file);
  };
}

/** Announces the whole and sends less. */
export function cutting(file: Buffer, bytes: number, tag = '"one"'): Answer {
  return (_request, response) => {
    response.writeHead(200, { etag: tag, 'content-length': file.length });
    response.write(file.subarray(0, bytes), () => { setTimeout(() => response.destroy(), 20); });
  };
}
