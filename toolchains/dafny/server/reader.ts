/**
 * What `dafny server` says of one version of one document. Pure; the order of its notices was read from recorded and
 * live sessions of 4.11 and from its source:
 *  - it publishes states, at most every 100 ms: for each first the diagnostics, then the status of the symbols, then the
 *    status of the compilation, and each only where it differs from what was published before, of whatever version;
 *  - a new version starts with what is left of the one before it (statuses and diagnostics marked as outdated), so that
 *    nothing counts before the resolution of this version is known to have succeeded;
 *  - the first statuses of a version may be an empty list, and an empty list is not published where there was none before;
 *  - the status of a symbol is the least of its proof tasks: 4 and 5 come when all of them have ended. 5 is also what a
 *    symbol without a task has, and one with {:verify false};
 *  - warnings that come from the proof as a whole (contradictions) are in the same state as the last status.
 * Notices of another document or version are not heard.
 */
import type { Diagnostic, Range } from '../../contract.ts';
import { decodedUri, diagnosticOf, isRecord, rangeOf } from '../../language-server/places.ts';

export type SymbolState = 'stale' | 'queued' | 'running' | 'error' | 'correct';

export interface ServerSymbol {
  /** The text at `nameRange`. */
  readonly name: string;
  readonly nameRange: Range;
  readonly state: SymbolState;
  /** Of an error: what its tasks ran out of. It is then no statement about the program. */
  readonly limit?: 'time' | 'resource' | 'memory';
}

/** `finished`: every symbol that was named has ended. `refused`: it does not parse or resolve. */
export interface DocumentEnd { readonly kind: 'finished' | 'refused' | 'broken'; readonly reason?: string }

const STATES: Readonly<Record<number, SymbolState>> = { 0: 'stale', 1: 'queued', 2: 'running', 4: 'error', 5: 'correct' };
const LIMITS: readonly (readonly [RegExp, NonNullable<ServerSymbol['limit']>])[] = [
  [/^Verification of '.*' timed out after /, 'time'], [/^Verification out of resource \(/, 'resource'], [/^Verification out of memory \(/, 'memory'],
];
/** The sources whose word is of Dafny itself; a name: no keyword, as a constructor without a name has it. */
const NAME = /^(?:[\p{L}_?'][\p{L}\p{N}_?']*)$/u;

export class DocumentReader {
  #compilation: string | undefined;
  #symbols: readonly ServerSymbol[] = [];
  #diagnostics: readonly Diagnostic[] = [];
  #broken: string | undefined;
  readonly #lines: readonly string[];
  readonly #uri: string;

  constructor(uri: string, private readonly version: number, text: string) {
    this.#uri = decodedUri(uri);
    this.#lines = text.split(/\r\n|\n|\r/);
  }

  /** True where it is about this document and version. */
  hear(method: string, params: unknown): boolean {
    if (!isRecord(params) || params.version !== this.version || decodedUri(params.uri) !== this.#uri) return false;
    switch (method) {
      case 'dafny/compilation/status':
        if (typeof params.status === 'string') this.#compilation = params.status;
        return true;
      case 'dafny/textDocument/symbolStatus':
        this.#symbols = Array.isArray(params.namedVerifiables) ? params.namedVerifiables.flatMap((one) => this.#symbolOf(one)) : [];
        return true;
      case 'textDocument/publishDiagnostics':
        // Said whenever a symbol has as many errors as the limit of 0 allows: of every success (IdeState, `hitErrorLimit`).
        this.#diagnostics = Array.isArray(params.diagnostics) ? params.diagnostics.flatMap((one) => (isRecord(one) && one.code === 'errorLimitHit' ? [] : diagnosticOf(one) ?? [])) : [];
        return true;
      default: return false;
    }
  }

  get diagnostics(): readonly Diagnostic[] { return this.#diagnostics; }

  /** As they are now; undefined before the text was resolved. None were published where there are none. */
  get symbols(): readonly ServerSymbol[] | undefined {
    return this.#compilation === 'ResolutionSucceeded' ? this.#symbols.map((symbol) => this.#withLimit(symbol)) : undefined;
  }

  /** Undefined while it goes on. Finished with no symbol at all may be a list that is yet to come. */
  get end(): DocumentEnd | undefined {
    if (this.#broken !== undefined) return { kind: 'broken', reason: this.#broken };
    switch (this.#compilation) {
      case 'ParsingFailed': case 'ResolutionFailed': {
        const error = this.#diagnostics.find((one) => one.severity === 'error');
        return { kind: 'refused', ...(error ? { reason: error.message.split('\n')[0]! } : {}) };
      }
      case 'InternalException': return { kind: 'broken', reason: this.#diagnostics.find((one) => one.severity === 'error')?.message.split('\n').slice(0, 2).join(' ') ?? 'an internal error of Dafny' };
      case 'ResolutionSucceeded': return this.#symbols.every(({ state }) => state === 'correct' || state === 'error') ? { kind: 'finished' } : undefined;
      default: return undefined;
    }
  }

  #symbolOf(value: unknown): ServerSymbol[] {
    const nameRange = isRecord(value) ? rangeOf(value.nameRange) : undefined;
    const state = isRecord(value) ? STATES[value.status as number] : undefined;
    const name = nameRange && nameRange.start.line === nameRange.end.line ? this.#lines[nameRange.start.line - 1]?.slice(nameRange.start.column - 1, nameRange.end.column - 1) : undefined;
    if (!nameRange || !state || name === undefined || !NAME.test(name)) {
      this.#broken ??= state ? 'it gave a status to a symbol that is not in the text' : 'it gave a symbol a status that is not known';
      return [];
    }
    return [{ name, nameRange, state }];
  }

  #withLimit(symbol: ServerSymbol): ServerSymbol {
    if (symbol.state !== 'error') return symbol;
    const at = symbol.nameRange.start;
    const own = this.#diagnostics.filter(({ range }) => range?.start.line === at.line && range.start.column === at.column);
    const limit = LIMITS.find(([said]) => own.some(({ message }) => said.test(message)))?.[1];
    return limit ? { ...symbol, limit } : symbol;
  }
}
