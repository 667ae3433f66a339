/** `textDocument/documentSymbol` and `textDocument/definition` of LSP 3.17 in Assay's places. */
import type { Definition, OutlineEntry } from '../editor.ts';
import { isRecord, rangeOf } from './places.ts';

/** SymbolKind of LSP 3.17. */
const KINDS: Readonly<Record<number, string>> = {
  1: 'file', 2: 'module', 3: 'namespace', 4: 'package', 5: 'class', 6: 'method', 7: 'property', 8: 'field', 9: 'constructor', 10: 'enum', 11: 'interface', 12: 'function', 13: 'variable', 14: 'constant',
  15: 'string', 16: 'number', 17: 'boolean', 18: 'array', 19: 'object', 20: 'key', 21: 'null', 22: 'enum member', 23: 'struct', 24: 'event', 25: 'operator', 26: 'type parameter',
};

export function outlineOf(value: unknown): readonly OutlineEntry[] {
  return Array.isArray(value) ? value.flatMap(entryOf) : [];
}

function entryOf(value: unknown): OutlineEntry[] {
  if (!isRecord(value) || typeof value.name !== 'string') return [];
  const range = rangeOf(value.range ?? (isRecord(value.location) ? value.location.range : undefined));
  if (!range) return [];
  return [{
    name: value.name, kind: KINDS[value.kind as number] ?? 'symbol', ...(typeof value.detail === 'string' && value.detail !== '' ? { detail: value.detail } : {}),
    range, nameRange: rangeOf(value.selectionRange) ?? range, children: outlineOf(value.children),
  }];
}

/** Location, Location[] or LocationLink[]. @param fileOf the file of a URI; undefined: the document that was asked about */
export function definitionsOf(value: unknown, own: string, fileOf: (uri: string) => string | undefined): readonly Definition[] {
  return (Array.isArray(value) ? value : [value]).flatMap((one): Definition[] => {
    if (!isRecord(one)) return [];
    const uri = one.uri ?? one.targetUri;
    const range = rangeOf(one.range ?? one.targetSelectionRange);
    return typeof uri === 'string' && range ? [{ file: fileOf(uri) ?? own, range }] : [];
  });
}
