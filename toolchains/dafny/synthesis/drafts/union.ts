/** The invariants of several drafts as candidates of the base: each draft may have a part of the proof and a mistake. */
import { printExpression } from '../../syntax/print.ts';
import { readSyntax } from '../../syntax/program.ts';
import type { Callable } from '../../syntax/tree.ts';
import type { Candidate } from '../candidate.ts';
import { indentAt } from '../candidate.ts';
import { loopsOf } from '../site.ts';

/** @param drafts texts that differ from the base in proof text alone, so that their loops are those of the base, in order */
export function unionOf(path: string, base: string, callable: Callable, drafts: readonly string[]): Candidate[] {
  const loops = loopsOf(callable);
  const seen = new Set(loops.flatMap(({ loop }, index) => loop.clauses.flatMap((clause) => clause.values.map((value) => `${index} ${clause.kind} ${printExpression(value)}`))));
  const candidates: Candidate[] = [];
  for (const text of drafts) {
    const own = readSyntax(path, text).callables.find((one) => one.path === callable.path);
    const theirs = own ? loopsOf(own) : [];
    if (theirs.length !== loops.length) continue;
    for (const [index, { loop }] of theirs.entries()) for (const clause of loop.clauses) {
      if (clause.kind !== 'invariant') continue;
      for (const value of clause.values) {
        const printed = printExpression(value), key = `${index} invariant ${printed}`;
        if (seen.has(key)) continue;
        seen.add(key);
        const place = loops[index]!.loop;
        candidates.push({ offset: place.body!.start, order: candidates.length, text: `invariant ${printed}`, family: 'drafts', tier: 1, indent: `${indentAt(base, place.start)}  `, path: callable.path, kind: 'invariant' });
      }
    }
  }
  return candidates;
}
