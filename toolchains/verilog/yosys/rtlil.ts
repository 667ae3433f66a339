/**
 * Reads and rewrites yosys's own text format (RTLIL) of a flat design. Property cells get names with a random
 * part, and lose their source attribute, so that an engine's line about one of them names exactly that one and
 * nothing in the input can imitate it.
 *
 * The format is line based: `attribute \name value` lines stand before the `cell`, `wire`, `process` or `module`
 * they belong to; names hold no white space; strings escape line ends.
 */
import { ClockReader, type Clocks } from './clocks.ts';
import type { ElaboratedProperty, PropertyKind, SourcePlace } from '../design.ts';

export interface Instrumented {
  readonly text: string;
  readonly properties: readonly ElaboratedProperty[];
  readonly modules: readonly string[];
  readonly clocks: Clocks;
  /** Unmapped processes or other cells that the formal passes would not read. */
  readonly hasProcesses: boolean;
}

const PROPERTY_CELLS: Readonly<Record<string, PropertyKind>> = { $assert: 'assert', $assume: 'assume', $cover: 'cover', $live: 'live', $fair: 'fair' };

export function instrument(rtlil: string, nonce: string): Instrumented {
  const properties: ElaboratedProperty[] = [];
  const modules: string[] = [];
  const clocks = new ClockReader();
  const out: string[] = [];
  let hasProcesses = false;
  let attributes: string[] = [];
  let inBlackBox = false;
  const lines = rtlil.split('\n');
  for (const [index, line] of lines.entries()) {
    const word = /^\s*(\S*)/.exec(line)![1]!;
    // Empty modules count as black boxes; those with a cell left were refused before.
    if (inBlackBox) { inBlackBox = line !== 'end'; continue; }
    if (word === 'attribute') { attributes.push(line); continue; }
    if (word === 'module' && attributes.some(one => /^attribute \\blackbox 1/.test(one))) { inBlackBox = true; attributes = []; continue; }
    if (word === 'cell') {
      const [, type, name] = /^\s*cell (\S+) (\S+)$/.exec(line) ?? [];
      const kind = type === '$check' ? flavorOf(lines, index) : type !== undefined && Object.hasOwn(PROPERTY_CELLS, type) ? PROPERTY_CELLS[type] : undefined;
      if (kind && name !== undefined) {
        const id = `assay_${nonce}_${properties.length}`;
        properties.push({ id, kind, cell: name, name: readableName(name, kind), places: placesOf(attributes) });
        attributes = attributes.filter(one => !/^\s*attribute \\(src|hdlname) /.test(one));
        // Without it, equal properties of two instances would be merged into one.
        out.push(...attributes, '  attribute \\keep 1', `  cell ${type} \\${id}`);
        attributes = [];
        clocks.line(word, line);
        continue;
      }
    } else if (word === 'module') modules.push(line.slice(line.indexOf('module ') + 7).trim());
    else if (word === 'process') hasProcesses = true;
    clocks.line(word, line);
    out.push(...attributes, line);
    attributes = [];
  }
  return { text: out.join('\n'), properties, modules, clocks: clocks.found(), hasProcesses };
}

/** From 0.37 on, one cell type stands for all kinds until async2sync or clk2fflogic lowers it; a parameter says which. */
function flavorOf(lines: readonly string[], cell: number): PropertyKind | undefined {
  for (let at = cell + 1; at < lines.length && !/^\s*end\b/.test(lines[at]!); at++) {
    const flavor = /^\s*parameter \\FLAVOR "(\w+)"/.exec(lines[at]!)?.[1];
    if (flavor !== undefined) return Object.hasOwn(PROPERTY_CELLS, `$${flavor}`) ? PROPERTY_CELLS[`$${flavor}`] : undefined;
  }
  return undefined;
}

/** `\u1.label` → "u1.label"; `$flatten\u1.$assert$a.sv:3$7` → "u1.assert". */
function readableName(cell: string, kind: PropertyKind): string {
  if (cell.startsWith('\\')) return cell.slice(1);
  const inside = /^\$flatten\\(.*?)\.\$/.exec(cell);
  return inside ? `${inside[1]}.${kind}` : kind;
}

/** `attribute \src "a.sv:3.1-3.9|b.sv:4.1-4.8"`: one place each. */
function placesOf(attributes: readonly string[]): SourcePlace[] {
  const line = attributes.find(one => /^\s*attribute \\src "/.test(one));
  if (!line) return [];
  const text = line.slice(line.indexOf('"') + 1, line.lastIndexOf('"')).replace(/\\(.)/g, '$1');
  return text.split('|').flatMap(readPlace);
}

export function readPlace(text: string): SourcePlace[] {
  const match = /^(.*):(\d+)\.(\d+)-(\d+)\.(\d+)$/.exec(text);
  if (match) {
    const [, file, line, column, endLine, endColumn] = match as unknown as [string, string, string, string, string, string];
    return [{ file, range: { start: { line: Number(line), column: Number(column) }, end: { line: Number(endLine), column: Number(endColumn) } } }];
  }
  const short = /^(.*):(\d+)$/.exec(text);
  if (!short) return [];
  const at = { line: Number(short[2]), column: 1 };
  return [{ file: short[1]!, range: { start: at, end: at } }];
}
