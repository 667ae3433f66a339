/**
 * Quick checks of whole texts in a private `dafny server` that stays: 0.3 s for a small file instead of 1.4 s for a process.
 *
 * Contract
 *  - {@link DafnySession.check} opens the text once, under a name that no other check has, and closes it before the next
 *    one begins. So an answer cannot be of another text, and what the server says of others is not heard. (Changing a
 *    document in place is not quicker: 0.31–0.43 s a version, 0.33–0.51 s opened anew. The editor does it, see editor.ts.)
 *  - It always settles, never rejects, and says how it ended. Only `finished` speaks of the whole text; then every
 *    symbol in `symbols` is `correct` or `error`. With any other end `symbols` is empty.
 *  - Checks of one session run one after the other, in the order of the calls. A cancelled one answers at once, whether it
 *    runs or waits; the server closes its text, which ends its solver, and is replaced where it does not.
 *  - The server is started by the first check, replaced after {@link REPLACE_AFTER} texts or when it has grown, and ended
 *    by {@link DafnySession.dispose} or with Assay. The time to start it is not counted in `wallSeconds`.
 *  - The text lies in no folder: Dafny finds no `dfyconfig.toml` for it (whose solver-path and plugins its server would
 *    obey, even against our own options), and no relative `include`. A text with an `include` is refused here.
 *
 * What may be concluded
 *  - `correct`: all proof tasks that Dafny made for that symbol were proved, under the session's options. It may have
 *    made none (empty methods, `{:verify false}`, no body), may have been told to check less (`{:only}`,
 *    `{:selective_checking}`), and what the symbol calls may be false or assumed. Contradictory preconditions prove anything.
 *  - `error` with a `limit`: nothing. `error` without one: not proved; the diagnostics say where. An error that came
 *    after 0.9 of the time limit may be a time-out.
 *  - A symbol that is not listed: nothing, whether or not the text declares it. Datatypes are never listed.
 * For a candidate that is to be accepted, or a report, this is a hint: a fresh process has the last word.
 */
import type { Diagnostic } from '../../contract.ts';
import type { LanguageServerPeer } from '../../language-server/peer.ts';
import { includesOf } from '../source/cone.ts';
import { DocumentReader, type DocumentEnd, type ServerSymbol } from './reader.ts';
import { serverArguments, startServer, type ServerOptions } from './process.ts';
import { Traffic } from './traffic.ts';

export interface CheckRequest {
  readonly text: string;
  readonly wallSeconds: number;
  readonly signal?: AbortSignal;
}

export interface CheckAnswer {
  /** `refused`: it does not parse or resolve. `died`: the server ended, or said what cannot be. `not-started`: there is none. */
  readonly end: 'finished' | 'refused' | 'wall' | 'cancelled' | 'died' | 'not-started';
  readonly reason?: string;
  /** Those that Dafny named, in the order of the text. */
  readonly symbols: readonly ServerSymbol[];
  /** Of this text; `file` is absent, notes as well where they are in the text. Complete where it is `finished` or `refused`. */
  readonly diagnostics: readonly Diagnostic[];
  /** From opening to the end. */
  readonly seconds: number;
  /** Server and solver together, as last seen. */
  readonly residentMb: number;
  /** All that was said about it in both directions, one JSON a line with milliseconds: the evidence. */
  readonly traffic: Buffer;
  readonly startedAt: string;
}

/** Texts that one process is given; and the size at which it is replaced, MiB. */
export const REPLACE_AFTER = 200, REPLACE_AT_MB = 1200;
/** A closed text is acknowledged within milliseconds, once its solver is gone. */
const CLOSE_MS = 3000;
/** After a resolution without any symbol: one may still be named in the next state, which comes within 100 ms. */
const QUIET_MS = 250;
const LEAVE_MS = 500;
/** What a check may make the server say, bytes. */
const TRAFFIC_BYTES = 64 * 1024 * 1024;

type Outcome = Pick<CheckAnswer, 'end' | 'reason'>;

export class DafnySession {
  #server: LanguageServerPeer | undefined;
  #texts = 0;
  #turn: Promise<void> = Promise.resolve();
  #disposed = false;
  #hear: ((method: string, params: unknown) => void) | undefined;
  #died: ((reason: string) => void) | undefined;

  constructor(readonly options: ServerOptions) {}

  /** The command line of its servers. */
  get argv(): readonly string[] { return [this.options.dafny.path, ...serverArguments(this.options)]; }

  check(request: CheckRequest): Promise<CheckAnswer> {
    return new Promise((resolve) => {
      const cancelled = (): void => { resolve(nothing({ end: 'cancelled' })); };
      if (request.signal?.aborted) { cancelled(); return; }
      request.signal?.addEventListener('abort', cancelled, { once: true });
      const settle = (answer: CheckAnswer): void => { request.signal?.removeEventListener('abort', cancelled); resolve(answer); };
      this.#turn = this.#turn.then(() => (request.signal?.aborted ? undefined : this.#take(request, settle)));
    });
  }

  /** Starts the server ahead of the first check. */
  warm(): Promise<void> { return this.#turn = this.#turn.then(async () => { await this.#ready(); }); }

  /** Settles when its server is gone; what waits is answered with `not-started`. */
  async dispose(): Promise<void> {
    this.#disposed = true;
    const server = this.#server;
    this.#server = undefined;
    await server?.end();
    await this.#turn;
  }

  /** Settles when the next check may begin. */
  async #take(request: CheckRequest, settle: (answer: CheckAnswer) => void): Promise<void> {
    if (includesOf(request.text).length > 0) { settle(nothing({ end: 'refused', reason: 'a text with an include is not checked here' })); return; }
    const server = await this.#ready();
    if (typeof server === 'string') { settle(nothing({ end: 'not-started', reason: server })); return; }
    if (request.signal?.aborted) return;
    const uri = `untitled:assay-${++serial}.dfy`;
    const textDocument = { uri, version: 1, languageId: 'dafny', text: request.text };
    const reader = new DocumentReader(uri, 1, request.text);
    const traffic = new Traffic();
    const say = (method: string, params: unknown): void => { traffic.add('client', method, params); server.notify(method, params); };
    let closed: (() => void) | undefined;
    const outcome = await new Promise<Outcome>((resolve) => {
      let quiet: NodeJS.Timeout | undefined;
      const timer = setTimeout(() => { finish({ end: 'wall' }); }, request.wallSeconds * 1000);
      const cancel = (): void => { finish({ end: 'cancelled' }); };
      const finish = (one: Outcome): void => {
        clearTimeout(timer);
        clearTimeout(quiet);
        request.signal?.removeEventListener('abort', cancel);
        resolve(one);
      };
      request.signal?.addEventListener('abort', cancel, { once: true });
      this.#died = (reason) => { finish({ end: 'died', reason }); closed?.(); };
      this.#hear = (method, params) => {
        if (isClosing(uri, params)) { closed?.(); return; }
        if (!reader.hear(method, params)) return;
        traffic.add('server', method, params);
        if (traffic.bytes > TRAFFIC_BYTES) { finish({ end: 'died', reason: 'it would not stop talking' }); return; }
        const { end, symbols } = reader;
        clearTimeout(quiet);
        if (end?.kind === 'finished' && symbols?.length === 0) quiet = setTimeout(() => { finish({ end: 'finished' }); }, QUIET_MS);
        else if (end) finish(outcomeOf(end));
      };
      say('textDocument/didOpen', { textDocument });
    });
    const { seconds } = traffic;
    const gone = new Promise<void>((resolve) => { closed = resolve; });
    say('textDocument/didClose', { textDocument: { uri } });
    settle({
      ...outcome, symbols: outcome.end === 'finished' ? reader.symbols ?? [] : [], diagnostics: reader.diagnostics.map((one) => inText(one, uri)),
      seconds, residentMb: server.residentMb, traffic: traffic.bytes > TRAFFIC_BYTES ? Buffer.alloc(0) : traffic.content, startedAt: traffic.startedAt,
    });
    const acknowledged = outcome.end === 'died' ? false : await inTime(gone, CLOSE_MS);
    this.#hear = undefined;
    this.#died = undefined;
    if (!acknowledged || ++this.#texts >= REPLACE_AFTER || server.residentMb > Math.min(REPLACE_AT_MB, 0.8 * this.options.memoryMb)) await this.#retire(server, acknowledged);
  }

  async #ready(): Promise<LanguageServerPeer | string> {
    if (this.#disposed) return 'the session is over';
    if (this.#server && this.#server.ended === undefined) return this.#server;
    this.#texts = 0;
    const server = await startServer(this.options, { noticed: (method, params) => { this.#hear?.(method, params); }, ended: (reason) => { this.#died?.(reason); } });
    if (typeof server === 'string') return server;
    if (this.#disposed) { await server.end(); return 'the session is over'; }
    return this.#server = server;
  }

  async #retire(server: LanguageServerPeer, politely: boolean): Promise<void> {
    if (this.#server === server) this.#server = undefined;
    if (politely) await server.leave(LEAVE_MS);
    await server.end();
  }
}

/** Names of texts are never used twice, whichever server sees them. */
let serial = 0;

function outcomeOf(end: DocumentEnd): Outcome {
  return { end: end.kind === 'broken' ? 'died' : end.kind, ...(end.reason === undefined ? {} : { reason: end.reason }) };
}

/** Once a document is closed and all of it has ended, it is published without a version. */
function isClosing(uri: string, params: unknown): boolean {
  const fields = params as { readonly uri?: unknown; readonly version?: unknown } | null | undefined;
  return fields?.uri === uri && (fields.version === null || fields.version === undefined);
}

function inText(diagnostic: Diagnostic, uri: string): Diagnostic {
  return diagnostic.notes ? { ...diagnostic, notes: diagnostic.notes.map(({ file, ...note }) => (file === undefined || file === uri ? note : { ...note, file })) } : diagnostic;
}

function nothing(outcome: Outcome): CheckAnswer {
  return { ...outcome, symbols: [], diagnostics: [], seconds: 0, residentMb: 0, traffic: Buffer.alloc(0), startedAt: new Date().toISOString() };
}

async function inTime(done: Promise<void>, milliseconds: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => { timer = setTimeout(() => { resolve(false); }, milliseconds); });
  const result = await Promise.race([done.then(() => true), late]);
  clearTimeout(timer);
  return result;
}
