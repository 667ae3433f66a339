/**
 * The language server of Lean for one open file: diagnostics as they come, how far it is, goals at a place. For the
 * editor: what it says is live and never a verdict of the ledger.
 *
 * Protocol: LSP 3.17 with Lean's own `$/lean/plainGoal`, `$/lean/plainTermGoal`, `$/lean/fileProgress` and
 * `textDocument/waitForDiagnostics` (Lean.Data.Lsp.Extra; as recorded from a real server: initialize, didOpen, didChange
 * by ranges, plainGoal, shutdown, exit). The server's lines are 0-based and its columns UTF-16; here both are 1-based.
 * Every notice names the version of the text that it is about; notices of another version are dropped.
 */
import type { Diagnostic, Position, Range, Severity, Tool } from '../../contract.ts';
import type { SandboxRequest } from '../../process.ts';
import { Service } from '../../process/service.ts';
import { frame, FrameReader, type RpcMessage } from './framing.ts';

export interface ServerOptions {
  /** `lake` for a package (`lake serve`), `lean` for a loose file (`lean --server`). */
  readonly tool: Tool;
  readonly cwd: string;
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

/** Of a request that the server answered with an error, or could not answer before it ended. */
export class ServerError extends Error {}

/** A server that was told to leave is given this long, milliseconds. */
const LEAVE_MS = 2000;

export class LeanServer {
  readonly #reader = new FrameReader();
  readonly #waiting = new Map<number, { resolve: (result: unknown) => void; reject: (error: Error) => void }>();
  #service: Service | undefined;
  #next = 1;
  #uri = '';
  #state: FileState = { version: 0, diagnostics: [], processing: undefined };
  #ended: string | undefined;

  private constructor(private readonly onChange: (state: FileState) => void) {}

  /** Starts it and says hello. The words for why it was not started, where it was not. */
  static async start(options: ServerOptions, onChange: (state: FileState) => void): Promise<LeanServer | string> {
    const server = new LeanServer(onChange);
    const service = await Service.start(
      { file: options.tool.path, args: options.tool.id === 'lake' ? ['serve'] : ['--server'], cwd: options.cwd, memoryMb: options.memoryMb, ...(options.env ? { env: options.env } : {}), ...(options.sandbox ? { sandbox: options.sandbox } : {}) },
      { output: (chunk) => { server.#hear(chunk); }, ended: (reason) => { server.#end(reason); } },
    );
    if (typeof service === 'string') return service;
    server.#service = service;
    try {
      await server.#request('initialize', { processId: null, rootUri: null, capabilities: { textDocument: { publishDiagnostics: { versionSupport: true } } }, initializationOptions: { editDelay: 0, hasWidgets: true } });
    } catch (error) {
      await service.end();
      return error instanceof Error ? error.message : String(error);
    }
    server.#notify('initialized', {});
    return server;
  }

  get state(): FileState { return this.#state; }
  /** Why it has ended, once it has. */
  get ended(): string | undefined { return this.#ended; }

  /** The one file that it shows; its text is given, not read from the disk. */
  open(uri: string, text: string): void {
    this.#uri = uri;
    this.#become({ version: 1, diagnostics: [], processing: undefined });
    this.#notify('textDocument/didOpen', { textDocument: { uri, languageId: 'lean4', version: 1, text } });
  }

  /** Diagnostics of the text before are gone at once. */
  change(edits: readonly Edit[]): void {
    const version = this.#state.version + 1;
    this.#become({ version, diagnostics: [], processing: undefined });
    this.#notify('textDocument/didChange', { textDocument: { uri: this.#uri, version }, contentChanges: edits.map(({ range, text }) => ({ range: { start: outward(range.start), end: outward(range.end) }, text })) });
  }

  /** Until all diagnostics of the text as it is now are there. False where the text was changed meanwhile. */
  async settled(): Promise<boolean> {
    const { version } = this.#state;
    await this.#request('textDocument/waitForDiagnostics', { uri: this.#uri, version });
    return this.#state.version === version;
  }

  /** Undefined outside a proof; an empty list: no goals are left. */
  async goalAt(at: Position): Promise<Goal | undefined> {
    const result = await this.#request('$/lean/plainGoal', this.#place(at));
    if (!isRecord(result) || !Array.isArray(result.goals) || typeof result.rendered !== 'string') return undefined;
    return { goals: result.goals.filter((goal): goal is string => typeof goal === 'string'), rendered: result.rendered };
  }

  async termGoalAt(at: Position): Promise<TermGoal | undefined> {
    const result = await this.#request('$/lean/plainTermGoal', this.#place(at));
    const range = isRecord(result) ? rangeOf(result.range) : undefined;
    return isRecord(result) && typeof result.goal === 'string' && range ? { goal: result.goal, range } : undefined;
  }

  /** Markdown. */
  async hover(at: Position): Promise<string | undefined> {
    const result = await this.#request('textDocument/hover', this.#place(at));
    const contents = isRecord(result) ? result.contents : undefined;
    return isRecord(contents) && typeof contents.value === 'string' ? contents.value : undefined;
  }

  /** Asks it to leave, and ends it where it does not. */
  async dispose(): Promise<void> {
    if (this.#ended !== undefined) return;
    await this.#request('shutdown', null).catch(() => undefined);
    this.#notify('exit', null);
    await this.#service?.leave(LEAVE_MS);
  }

  #place(at: Position): unknown { return { textDocument: { uri: this.#uri }, position: outward(at) }; }

  #request(method: string, params: unknown): Promise<unknown> {
    if (this.#ended !== undefined) return Promise.reject(new ServerError(this.#ended));
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#service!.write(frame({ jsonrpc: '2.0', id, method, params }));
    });
  }

  #notify(method: string, params: unknown): void { this.#service?.write(frame({ jsonrpc: '2.0', method, params })); }

  #hear(chunk: Buffer): void {
    let messages: readonly RpcMessage[];
    try {
      messages = this.#reader.push(chunk);
    } catch (error) {
      this.#end(`it broke its protocol: ${error instanceof Error ? error.message : String(error)}`);
      void this.#service?.end();
      return;
    }
    for (const message of messages) {
      if (message.method === undefined) this.#answered(message);
      // A request of the server's own (to register for file changes, say): nothing of it is offered.
      else if (message.id !== undefined) this.#service?.write(frame({ jsonrpc: '2.0', id: message.id, error: { code: -32601, message: 'not offered' } }));
      else this.#noticed(message.method, message.params);
    }
  }

  #answered({ id, result, error }: RpcMessage): void {
    const waiting = typeof id === 'number' ? this.#waiting.get(id) : undefined;
    if (!waiting) return;
    this.#waiting.delete(id as number);
    if (error) waiting.reject(new ServerError(error.message)); else waiting.resolve(result ?? null);
  }

  #noticed(method: string, params: unknown): void {
    if (!isRecord(params)) return;
    if (method === 'textDocument/publishDiagnostics') {
      if (params.uri !== this.#uri || params.version !== this.#state.version || !Array.isArray(params.diagnostics)) return;
      this.#become({ ...this.#state, diagnostics: params.diagnostics.flatMap(diagnosticOf) });
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

  #end(reason: string): void {
    this.#ended ??= reason;
    for (const { reject } of this.#waiting.values()) reject(new ServerError(this.#ended));
    this.#waiting.clear();
  }
}

const SEVERITIES: Readonly<Record<number, Severity>> = { 1: 'error', 2: 'warning', 3: 'info', 4: 'info' };

/** `fullRange` is Lean's: `range` ends with the first line, for editors that underline. */
function diagnosticOf(value: unknown): Diagnostic[] {
  if (!isRecord(value) || typeof value.message !== 'string') return [];
  const range = rangeOf(value.fullRange) ?? rangeOf(value.range);
  const severity = SEVERITIES[typeof value.severity === 'number' ? value.severity : 1] ?? 'info';
  return [{ severity, message: value.message, ...(range ? { range } : {}), ...(typeof value.code === 'string' ? { code: value.code } : {}) }];
}

function rangeOf(value: unknown): Range | undefined {
  if (!isRecord(value)) return undefined;
  const [start, end] = [inward(value.start), inward(value.end)];
  return start && end && { start, end };
}

function inward(value: unknown): Position | undefined {
  return isRecord(value) && typeof value.line === 'number' && typeof value.character === 'number' ? { line: value.line + 1, column: value.character + 1 } : undefined;
}

function outward({ line, column }: Position): unknown { return { line: line - 1, character: column - 1 }; }

function isRecord(value: unknown): value is Record<string, unknown> { return typeof value === 'object' && value !== null && !Array.isArray(value); }
