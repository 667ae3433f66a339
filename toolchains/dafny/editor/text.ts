/** One version of an open document in Dafny's server, and what was said of it: pure but for its place. */
import type { Diagnostic } from '../../contract.ts';
import type { EditorDocument, LiveAssertion, LiveDocument, LiveStatus } from '../../editor.ts';
import { decodedUri, isRecord } from '../../language-server/places.ts';
import { DocumentReader, type ServerSymbol, type SymbolState } from '../server/reader.ts';
import { assertionsOf, LINE_STATUS } from './lines.ts';
import type { Placed } from './place.ts';

const STATUS: Readonly<Record<SymbolState, LiveStatus>> = { stale: 'waiting', queued: 'waiting', running: 'checking', error: 'fails', correct: 'holds' };

export class GivenText {
  readonly #reader: DocumentReader;
  #assertions: readonly LiveAssertion[] = [];
  /** No symbol was named for a while after the resolution: there is none. */
  quiet = false;

  constructor(readonly document: EditorDocument, readonly placed: Placed) {
    this.#reader = new DocumentReader(placed.uri, document.version, document.text);
  }

  /** True where it is about this text. */
  hear(method: string, params: unknown): boolean {
    if (method !== LINE_STATUS) return this.#reader.hear(method, params);
    if (!isRecord(params) || params.version !== this.document.version || decodedUri(params.uri) !== decodedUri(this.placed.uri)) return false;
    this.#assertions = assertionsOf(params);
    return true;
  }

  /** Resolved, and no symbol was named: one may still be, within 100 ms (reader.ts). */
  get isBare(): boolean { return this.#reader.end?.kind === 'finished' && this.#reader.symbols?.length === 0; }

  get live(): LiveDocument {
    const { end, symbols } = this.#reader;
    const { file, version } = this.document;
    const diagnostics = this.#reader.diagnostics.map((one) => placedDiagnostic(one, this.placed));
    const nothing = { symbols: [], assertions: [], working: [] };
    if (end?.kind === 'refused') return { file, version, phase: 'refused', diagnostics, ...nothing };
    if (end?.kind === 'broken') return { file, version, phase: 'refused', problem: end.reason ?? 'Dafny could not go on', diagnostics, ...nothing };
    // Before this text is resolved the server repeats what it said of others.
    if (!symbols) return { file, version, phase: 'reading', diagnostics: [], ...nothing };
    return {
      file, version, phase: end && (!this.isBare || this.quiet) ? 'settled' : 'checking', diagnostics, assertions: this.#assertions,
      symbols: symbols.map((symbol) => ({ name: symbol.name, nameRange: symbol.nameRange, status: statusOf(symbol) })),
      working: symbols.filter(({ state }) => state === 'running').map(({ nameRange }) => nameRange),
    };
  }
}

function statusOf({ state, limit }: ServerSymbol): LiveStatus { return limit === undefined ? STATUS[state] : 'undecided'; }

function placedDiagnostic(diagnostic: Diagnostic, { fileOf }: Placed): Diagnostic {
  if (!diagnostic.notes) return diagnostic;
  return { ...diagnostic, notes: diagnostic.notes.map(({ file, ...note }) => { const named = file === undefined ? undefined : fileOf(file); return named === undefined ? note : { ...note, file: named }; }) };
}
