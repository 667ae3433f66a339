/** The properties of a netlist as the toolchain's report knows them. */
import type { ElaboratedProperty, SourcePlace } from '../design.ts';
import type { SystemProperty } from '../aiger/system.ts';

export function elaborated(property: SystemProperty): ElaboratedProperty {
  return { id: property.cell, kind: property.kind, name: nameFor(property), cell: property.cell, places: placesOf(property.attributes['src']) };
}

/** "u1.u2.label" as written; a cell that yosys named is called by its kind: "u1.assert". */
function nameFor(property: SystemProperty): string {
  const cell = property.cell.replace(/^\\/, '');
  if (!cell.includes('$')) return cell;
  // flatten puts the path of an unnamed cell between "$flatten\" and ".$assert$…".
  const path = /^\$flatten\\(.+)\.\$[a-z]+\$/.exec(property.cell)?.[1];
  return path === undefined ? property.kind : `${path.replaceAll('.\\', '.')}.${property.kind}`;
}

/** yosys' `src`: "file:3.1-3.20", several parted by "|". */
export function placesOf(source: string | undefined): readonly SourcePlace[] {
  return (source ?? '').split('|').flatMap((part) => {
    const match = /^(.+):(\d+)\.(\d+)-(\d+)\.(\d+)$/s.exec(part);
    if (!match) return [];
    return [{ file: match[1]!, range: { start: { line: Number(match[2]), column: Number(match[3]) }, end: { line: Number(match[4]), column: Number(match[5]) } } }];
  });
}
