/**
 * What Lean's server says of a text, by declaration. The server speaks of places alone: a declaration is being worked on
 * where its place is; fails where it has an error; is undecided where it has a `sorry`, which Lean tells as a warning.
 */
import type { Diagnostic, Range } from '../../contract.ts';
import type { EditorDocument, LiveDocument, LiveStatus, LiveSymbol } from '../../editor.ts';
import { before } from '../../language-server/places.ts';
import { Places } from '../../places.ts';
import { readModule } from '../source/declarations.ts';
import type { FileState } from '../server/client.ts';

/** From Lean 4.9 on a kind says it as well (`hasSorry`); the server of any version says these words. */
const SORRY = /^declaration uses '?`?sorry/;

/** The declarations of one version: read once, asked with each notice. */
export class LiveText {
  readonly #declarations: readonly { readonly name: string; readonly nameRange: Range; readonly range: Range }[];

  constructor(readonly document: EditorDocument) {
    const places = new Places(document.text);
    const { tokens, declarations } = readModule(document.text);
    this.#declarations = declarations.map(({ name, nameToken, command }) => ({
      name, nameRange: places.range(tokens[nameToken]!.start, tokens[nameToken]!.end), range: places.range(tokens[command.from]!.start, tokens[command.to]!.end),
    }));
  }

  /** @param settled all diagnostics of this text are there */
  live({ diagnostics, processing }: FileState, settled: boolean): LiveDocument {
    const { file, version } = this.document;
    const common = { file, version, assertions: [], diagnostics };
    if (processing === undefined && !settled) return { ...common, phase: 'reading', symbols: [], working: [] };
    const working = settled ? [] : processing ?? [];
    const symbols = this.#declarations.map(({ name, nameRange, range }): LiveSymbol => ({ name, nameRange, status: statusOf(range, diagnostics, working) }));
    return { ...common, phase: settled ? 'settled' : 'checking', symbols, working };
  }
}

function statusOf(range: Range, diagnostics: readonly Diagnostic[], working: readonly Range[]): LiveStatus {
  if (working.some((one) => meets(one, range))) return working.some(({ start }) => !before(start, range.start) && before(start, range.end)) ? 'checking' : 'waiting';
  const own = diagnostics.filter((one) => one.range && meets(one.range, range));
  if (own.some(({ severity }) => severity === 'error')) return 'fails';
  return own.some(({ severity, message }) => severity === 'warning' && SORRY.test(message)) ? 'undecided' : 'holds';
}

function meets(a: Range, b: Range): boolean { return !before(a.end, b.start) && !before(b.end, a.start); }
