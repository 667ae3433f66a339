/**
 * Dafny's server as the editor of one project: live answers for open documents (../../editor.ts), never a verdict.
 *
 * Each version of a text is opened under a name of its own and closed before the next (place.ts): what the server still
 * says of an earlier one is heard by nobody, and its solver is ended. A state of one document is about its own text and
 * the other files as they are on the disk. The server is started with the first document, again with the next text after
 * it died, and replaced when it has grown (session.ts has the measures).
 */
import type { Tool } from '../../contract.ts';
import type { Definition, Editor, EditorDocument, EditorPlace, EditorRequest, Goals, Hover, LiveDocument, OutlineEntry, SuggestedState } from '../../editor.ts';
import { PAUSE_MS, Pause } from '../../language-server/pause.ts';
import type { LanguageServerPeer } from '../../language-server/peer.ts';
import { definitionsOf, outlineOf } from '../../language-server/outline.ts';
import { hoverText, inward, isRecord, outward, rangeOf } from '../../language-server/places.ts';
import { firstFit } from '../../locate.ts';
import { startServer, type ServerOptions } from '../server/process.ts';
import { REPLACE_AFTER, REPLACE_AT_MB } from '../server/session.ts';
import { placeText } from './place.ts';
import { GivenText } from './text.ts';

interface Open { document: EditorDocument; given: GivenText | undefined; readonly pause: Pause; readonly quiet: Pause }

/** After a resolution without any symbol (session.ts). */
const QUIET_MS = 250;
const LEAVE_MS = 500;
/** Larger texts take Dafny minutes: they are checked by a run. */
const LARGEST_CHARACTERS = 2_000_000;
/** States on the way to a failure that are asked for. */
const COUNTEREXAMPLE_DEPTH = 5;

export function createDafnyEditor(request: EditorRequest): Promise<Editor | string> {
  const dafny = firstFit(request.tools, 'dafny'), solver = firstFit(request.tools, 'z3');
  if (!dafny) return Promise.resolve('no dafny 4 on PATH');
  if (!solver) return Promise.resolve('Dafny has no solver: no z3 on PATH');
  return Promise.resolve(new DafnyEditor(request, dafny, solver));
}

class DafnyEditor implements Editor {
  readonly abilities = { hover: true, definition: true, outline: true, counterexamples: true, goals: false };
  readonly #open = new Map<string, Open>();
  readonly #options: ServerOptions;
  #server: LanguageServerPeer | undefined;
  #starting: Promise<LanguageServerPeer | string> | undefined;
  #texts = 0;
  #disposed = false;

  constructor(private readonly request: EditorRequest, dafny: Tool, solver: Tool) {
    const { options } = request.project;
    this.#options = {
      dafny, solver, limitSeconds: request.limitSeconds, memoryMb: request.memoryMb, lines: true,
      arguments: (options.arguments as readonly string[] | undefined) ?? [], libraries: (options.libraries as readonly string[] | undefined) ?? [],
    };
  }

  open(document: EditorDocument): void {
    const one: Open = { document, given: undefined, pause: new Pause(), quiet: new Pause() };
    this.#open.set(document.file, one);
    this.#tell(blank(document, this.#server ? 'reading' : 'starting'));
    one.pause.after(0, () => { void this.#give(one); });
  }

  change(document: EditorDocument): void {
    const one = this.#open.get(document.file);
    if (!one) return;
    one.document = document;
    this.#withdraw(one);
    this.#tell(blank(document, this.#server ? 'reading' : 'starting'));
    one.pause.after(PAUSE_MS, () => { void this.#give(one); });
  }

  close(file: string): void {
    const one = this.#open.get(file);
    if (!one) return;
    this.#open.delete(file);
    one.pause.stop();
    this.#withdraw(one);
  }

  async hover(place: EditorPlace): Promise<Hover | undefined> {
    const result = await this.#ask(place, 'textDocument/hover', { position: outward(place.at) });
    const markdown = hoverText(result);
    if (markdown === undefined || /^No hover information available/.test(markdown)) return undefined;
    const range = isRecord(result) ? rangeOf(result.range) : undefined;
    return { markdown, ...(range ? { range } : {}) };
  }

  async definition(place: EditorPlace): Promise<readonly Definition[] | undefined> {
    const given = this.#open.get(place.file)?.given;
    const result = await this.#ask(place, 'textDocument/definition', { position: outward(place.at) });
    return result === undefined || !given ? undefined : definitionsOf(result, place.file, given.placed.fileOf);
  }

  async outline(document: Omit<EditorDocument, 'text'>): Promise<readonly OutlineEntry[] | undefined> {
    const result = await this.#ask(document, 'textDocument/documentSymbol', {});
    return result === undefined ? undefined : outlineOf(result);
  }

  async counterexamples(document: Omit<EditorDocument, 'text'>): Promise<readonly SuggestedState[] | undefined> {
    const result = await this.#ask(document, 'dafny/counterExample', { counterExampleDepth: COUNTEREXAMPLE_DEPTH });
    if (!Array.isArray(result)) return undefined;
    return result.flatMap((one: unknown) => {
      const at = isRecord(one) ? inward(one.position) : undefined;
      return isRecord(one) && at && typeof one.assumption === 'string' ? [{ at, text: one.assumption }] : [];
    });
  }

  goals(): Promise<Goals | undefined> { return Promise.resolve(undefined); }

  async dispose(): Promise<void> {
    this.#disposed = true;
    for (const file of [...this.#open.keys()]) this.close(file);
    await this.#starting;
    const server = this.#server;
    this.#server = undefined;
    await server?.end();
  }

  async #give(one: Open): Promise<void> {
    const { document } = one;
    const isNewest = (): boolean => one.document === document && this.#open.get(document.file) === one;
    if (document.text.length > LARGEST_CHARACTERS) { this.#tell({ ...blank(document, 'gone'), problem: 'It is too large to be checked while it is edited' }); return; }
    const server = await this.#ready();
    if (!isNewest()) return;
    if (typeof server === 'string') { this.#tell({ ...blank(document, 'gone'), problem: server }); return; }
    this.#withdraw(one);
    const placed = await placeText(this.request, document);
    if (typeof placed === 'string') { if (isNewest()) this.#tell({ ...blank(document, 'refused'), problem: placed }); return; }
    if (!isNewest() || server.ended !== undefined) { await placed.dispose(); return; }
    one.given = new GivenText(document, placed);
    this.#texts += 1;
    this.#tell(one.given.live);
    server.notify('textDocument/didOpen', { textDocument: { uri: placed.uri, languageId: 'dafny', version: document.version, text: document.text } });
  }

  #withdraw(one: Open): void {
    one.quiet.stop();
    const { given } = one;
    one.given = undefined;
    if (!given) return;
    this.#server?.notify('textDocument/didClose', { textDocument: { uri: given.placed.uri } });
    void given.placed.dispose();
  }

  #hear(method: string, params: unknown): void {
    for (const one of this.#open.values()) {
      const { given } = one;
      if (!given?.hear(method, params)) continue;
      one.quiet.stop();
      if (given.isBare) one.quiet.after(QUIET_MS, () => { given.quiet = true; if (one.given === given) this.#tell(given.live); });
      this.#tell(given.live);
    }
  }

  async #ask({ file, version }: Omit<EditorDocument, 'text'>, method: string, more: object): Promise<unknown> {
    const one = this.#open.get(file);
    const given = one?.given;
    if (!one || !given || given.document.version !== version || !this.#server) return undefined;
    // A server that says no, or dies, has no answer.
    const result = await this.#server.request(method, { textDocument: { uri: given.placed.uri }, ...more }).catch(() => undefined);
    return one.given === given ? result : undefined;
  }

  #ready(): Promise<LanguageServerPeer | string> {
    return this.#starting ??= this.#start().finally(() => { this.#starting = undefined; });
  }

  async #start(): Promise<LanguageServerPeer | string> {
    if (this.#disposed) return 'the editor is over';
    const old = this.#server;
    if (old && old.ended === undefined && this.#texts < REPLACE_AFTER && old.residentMb <= Math.min(REPLACE_AT_MB, 0.8 * this.request.memoryMb)) return old;
    if (old) await this.#retire(old);
    this.#texts = 0;
    let started: LanguageServerPeer | undefined;
    const server = await startServer(this.#options, {
      noticed: (method, params) => { this.#hear(method, params); },
      ended: (reason) => { if (started && this.#server === started) this.#died(reason); },
    });
    if (typeof server === 'string') return server;
    if (this.#disposed) { await server.end(); return 'the editor is over'; }
    started = server;
    if (server.ended !== undefined) return server.ended;
    return this.#server = server;
  }

  /** The texts that it had are given to the next one. */
  async #retire(server: LanguageServerPeer): Promise<void> {
    for (const one of this.#open.values()) {
      if (one.given) one.pause.after(0, () => { void this.#give(one); });
      this.#withdraw(one);
    }
    this.#server = undefined;
    if (server.ended === undefined) await server.leave(LEAVE_MS);
    await server.end();
  }

  #died(reason: string): void {
    this.#server = undefined;
    for (const one of this.#open.values()) {
      this.#withdraw(one);
      this.#tell({ ...blank(one.document, 'gone'), problem: `Dafny’s server: ${reason}` });
    }
  }

  #tell(live: LiveDocument): void { if (!this.#disposed) this.request.onLive(live); }
}

function blank({ file, version }: EditorDocument, phase: LiveDocument['phase']): LiveDocument {
  return { file, version, phase, symbols: [], assertions: [], diagnostics: [], working: [] };
}
