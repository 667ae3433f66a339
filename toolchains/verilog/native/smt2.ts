/**
 * The SMT-LIB model of yosys as a text of which asserts and covers can be left out, so that a run can be made on
 * exactly the properties that its success is to stand for.
 *
 * yosys writes `; yosys-smt2-assert N NAME` before the definition of each and joins them in `|top_a|`.
 */
export interface Smt2Model {
  /** Names of the asserts or covers in the model, in order. */
  readonly asserts: readonly string[];
  readonly covers: readonly string[];
  readonly assumes: number;
  /** The model with these asserts or covers only. */
  only(names: ReadonlySet<string>): string;
}

const PROPERTY = /^; yosys-smt2-(assert|cover) (\d+) (\S+)/;
const CONJUNCT = /^\s+\((\|.*_a (\d+)\| state)\)$/;

export function smt2Model(text: string): Smt2Model {
  const lines = text.split('\n');
  const named = { assert: [] as string[], cover: [] as string[] };
  const byNumber = new Map<string, string>();
  let assumes = 0;
  let head = '';
  for (const line of lines) {
    const match = PROPERTY.exec(line);
    if (match) {
      named[match[1] as 'assert' | 'cover'].push(match[3]!);
      if (match[1] === 'assert') byNumber.set(match[2]!, match[3]!);
    } else if (line.startsWith('; yosys-smt2-assume ')) assumes++;
    else if (line.startsWith('; yosys-smt2-module ')) { const module = line.slice('; yosys-smt2-module '.length); head = `(define-fun |${module}_a| ((state |${module}_s|)) Bool `; }
  }
  return {
    asserts: named.assert, covers: named.cover, assumes,
    only(names) {
      const out: string[] = [];
      let joining: string[] | undefined;
      for (const line of lines) {
        const conjunct = joining && CONJUNCT.exec(line);
        if (conjunct) { if (names.has(byNumber.get(conjunct[2]!) ?? '')) joining!.push(`(${conjunct[1]})`); continue; }
        if (joining) {
          // The closing line: ")" or "))" by how many there were.
          out.push(`${head}${joining.length === 0 ? 'true' : joining.length === 1 ? joining[0] : `(and ${joining.join(' ')})`})`);
          joining = undefined;
          continue;
        }
        const property = PROPERTY.exec(line);
        if (property && !names.has(property[3]!)) continue; // its definition stays; without this line smtbmc does not know it
        if (line.startsWith(head) && !line.endsWith(' true)')) { joining = []; continue; }
        out.push(line);
      }
      return out.join('\n');
    },
  };
}
