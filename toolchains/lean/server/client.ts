/**
 * The language server of Lean for one open file: diagnostics as they come, how far it is, goals at a place. For the
 * editor: what it says is live and never a verdict of the ledger.
 *
 * Protocol: LSP 3.17 with Lean's own `$/lean/plainGoal`, `$/lean/plainTermGoal`, `$/lean/fileProgress` and
 * `textDocument/waitForDiagnostics` (Lean.Data.Lsp.Extra; as recorded from a real server: initialize, didOpen, didChange
 * by ranges, plainGoal, shutdown, exit). The server's lines are 0-based and its columns UTF-16; here both are 1-based.
 * Every notice names the version of the text that it is about; notices of another version are dropped.
 */
import type { Diagnostic, Position, Range, Tool } from '../../contract.ts';
import type { Definition, OutlineEntry } from '../../editor.ts';
import { definitionsOf, outlineOf } from '../../language-server/outline.ts';
import { LanguageServerPeer } from '../../language-server/peer.ts';
import { diagnosticOf, hoverText, isRecord, outward, rangeOf } from '../../language-server/places.ts';
import type { SandboxRequest } from '../../process.ts';

export interface ServerOptions {
  /** `lake` for a package (`lake serve`), `lean` for a loose file (`lean --server`). */
  readonly tool: Tool;
  readonly cwd: string;
  /** For `lean`, after `--server`; its workers get them too. */
  readonly arguments?: readonly string[];
  readonly memoryMb: number;
  readonly env?: Readonly<Record<string, string>>;
  /** Elaboration is code of the repository. Left out in tests alone. */
  readonly sandbox?: SandboxRequest;
}

export interface FileState {
  readonly version: number;
  /** Of this version; replaced as a whole by each notice. */
  readonly diagnostics: readonly Diagnostic[];
  /** What is still being elaborated; empty: all is done. Undefined: it has not said yet. */
  readonly processing: readonly Range[] | undefined;
}

export interface Edit { readonly range: Range; readonly text: string }
export interface Goal { readonly goals: readonly string[]; readonly rendered: string }
export interface TermGoal { readonly goal: string; readonly range: Range }

/** A server that was told to leave is given this long, milliseconds. */
const LEAVE_MS = 2000;

export class LeanServer {
  #peer!: LanguageServerPeer;
  #uri = '';
  #state: FileState = { version: 0, diagnostics: [], processing: undefined };

  private constructor(private readonly onChange: (state: FileState) => void) {}

  /** Starts it and says hello. The words for why it was not started, where it was not. */
  static async start(options: ServerOptions, onChange: (state: FileState) => void, onEnd: (reason: string) => void = () => undefined): Promise<LeanServer | string> {
    const server = new LeanServer(onChange);
    const peer = await LanguageServerPeer.start(
      { file: options.tool.path, args: options.tool.id === 'lake' ? ['serve'] : ['--server', ...options.arguments ?? []], cwd: options.cwd, memoryMb: options.memoryMb, ...(options.env ? { env: options.env } : {}), ...(options.sandbox ? { sandbox: options.sandbox } : {}) },
      { noticed: (method, params) => { server.#noticed(method, params); }, ended: onEnd },
    );
    if (typeof peer === 'string') return peer;
    server.#peer = peer;
    try {
      await peer.request('initialize', { processId: null, rootUri: null, capabilities: { textDocument: { publishDiagnostics: { versionSupport: true } } }, initializationOptions: { editDelay: 0, hasWidgets: true } });
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      await peer.end();
      return why;
    }
    peer.notify('initialized', {});
    return server;
  }

  get state(): FileState { return this.#state; }
  /** Why it has ended, once it has. */
  get ended(): string | undefined { return this.#peer.ended; }

  /** The one file that it shows; its text is given, not read from the disk. */
  open(uri: string, text: string): void {
    this.#uri = uri;
    this.#become({ version: 1, diagnostics: [], processing: undefined });
    this.#peer.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'lean4', version: 1, text } });
  }

  /** Diagnostics of the text before are gone at once. */
  change(edits: readonly Edit[]): void {
    const version = this.#state.version + 1;
    this.#become({ version, diagnostics: [], processing: undefined });
    this.#peer.notify('textDocument/didChange', { textDocument: { uri: this.#uri, version }, contentChanges: edits.map(({ range, text }) => ({ range: { start: outward(range.start), end: outward(range.end) }, text })) });
  }

  /** Until all diagnostics of the text as it is now are there. False where the text was changed meanwhile. */
  async settled(): Promise<boolean> {
    const { version } = this.#state;
    await this.#peer.request('textDocument/waitForDiagnostics', { uri: this.#uri, version });
    return this.#state.version === version;
  }

  /** Undefined outside a proof; an empty list: no goals are left. */
  async goalAt(at: Position): Promise<Goal | undefined> {
    const result = await this.#peer.request('$/lean/plainGoal', this.#place(at));
    if (!isRecord(result) || !Array.isArray(result.goals) || typeof result.rendered !== 'string') return undefined;
    return { goals: result.goals.filter((goal): goal is string => typeof goal === 'string'), rendered: result.rendered };
  }

  async termGoalAt(at: Position): Promise<TermGoal | undefined> {
    const result = await this.#peer.request('$/lean/plainTermGoal', this.#place(at));
    const range = isRecord(result) ? rangeOf(result.range) : undefined;
    return isRecord(result) && typeof result.goal === 'string' && range ? { goal: result.goal, range } : undefined;
  }

  /** Markdown. */
  async hover(at: Position): Promise<string | undefined> {
    return hoverText(await this.#peer.request('textDocument/hover', this.#place(at)));
  }

  async definition(at: Position, fileOf: (uri: string) => string | undefined, own: string): Promise<readonly Definition[]> {
    return definitionsOf(await this.#peer.request('textDocument/definition', this.#place(at)), own, fileOf);
  }

  async outline(): Promise<readonly OutlineEntry[]> {
    return outlineOf(await this.#peer.request('textDocument/documentSymbol', { textDocument: { uri: this.#uri } }));
  }

  /** Asks it to leave, and ends it where it does not. */
  async dispose(): Promise<void> {
    if (this.#peer.ended === undefined) await this.#peer.leave(LEAVE_MS);
  }

  #place(at: Position): unknown { return { textDocument: { uri: this.#uri }, position: outward(at) }; }

  #noticed(method: string, params: unknown): void {
    if (!isRecord(params)) return;
    if (method === 'textDocument/publishDiagnostics') {
      if (params.uri !== this.#uri || params.version !== this.#state.version || !Array.isArray(params.diagnostics)) return;
      this.#become({ ...this.#state, diagnostics: params.diagnostics.flatMap(leanDiagnosticOf) });
    } else if (method === '$/lean/fileProgress') {
      const file = params.textDocument;
      if (!isRecord(file) || file.uri !== this.#uri || file.version !== this.#state.version || !Array.isArray(params.processing)) return;
      this.#become({ ...this.#state, processing: params.processing.flatMap((one) => (isRecord(one) ? rangeOf(one.range) ?? [] : [])) });
    }
  }

  #become(state: FileState): void {
    this.#state = state;
    this.onChange(state);
  }
}

/** `fullRange` is Lean's: `range` ends with the first line, for editors that underline. */
function leanDiagnosticOf(value: unknown): Diagnostic[] {
  const diagnostic = diagnosticOf(isRecord(value) ? { ...value, range: value.fullRange ?? value.range } : value);
  return diagnostic ? [diagnostic] : [];
}
