/**
 * The query files of `verus --log smt`: which check-sat asks for which function. A section begins with a line
 * ";; Function-Def crate::fn" and a place; the first check behind each (push) is the question, those after a model look for
 * further errors, and sections of recommends ask nothing that a proof needs.
 */
import { readScript, type Check, type Script } from '../smt/script.ts';

export interface Query {
  readonly check: Check;
  /** As Verus names it. */
  readonly function: string;
  readonly section: 'Function-Def' | 'Spec-Termination';
  /** "assertions.rs:8:1" of the function. */
  readonly place?: { readonly file: string; readonly line: number; readonly column: number };
}

export interface QueryFile { readonly script: Script; readonly queries: readonly Query[] }

const SECTION = /^;; (Function-Def|Spec-Termination|Function-[\w-]+|Spec-[\w-]+|[A-Z][\w-]*) (\S+)$/;
const PLACE = /^;; (.+?):(\d+):(\d+): \d+:\d+ \(#\d+\)$/;

export function readQueries(bytes: Buffer): QueryFile {
  const script = readScript(bytes);
  const queries: Query[] = [];
  const lines = bytes.toString('utf8').split('\n');
  const byLine = new Map(script.checks.map((check) => [check.range.start.line, check]));
  let section: string | undefined;
  let name = '';
  let place: Query['place'];
  let asked = false;
  lines.forEach((line, index) => {
    if (line.startsWith(';; ')) {
      const head = SECTION.exec(line);
      if (head) { section = head[1]; name = head[2]!; place = undefined; asked = false; return; }
      const where = PLACE.exec(line);
      if (where) place = { file: where[1]!, line: Number(where[2]), column: Number(where[3]) };
      return;
    }
    if (line.trim() === '(push)') asked = false;
    const check = byLine.get(index + 1);
    if (!check) return;
    if (!asked && (section === 'Function-Def' || section === 'Spec-Termination')) queries.push({ check, function: name, section, ...(place ? { place } : {}) });
    asked = true;
  });
  return { script, queries };
}
