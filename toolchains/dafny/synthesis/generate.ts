/** All candidates of a loop: what the strategies propose, less what a state contradicts or what says nothing. */
import { Failure } from '../interpret/values.ts';
import { conjuncts } from '../syntax/build.ts';
import { printExpression } from '../syntax/print.ts';
import { invariant, type Candidate, type Draft } from './candidate.ts';
import * as assigned from './families/assigned.ts';
import * as bounds from './families/bounds.ts';
import * as elements from './families/elements.ts';
import * as equalities from './families/equalities.ts';
import * as posts from './families/posts.ts';
import * as relations from './families/relations.ts';
import { holds, isInformative, type Site } from './site.ts';

interface Family { readonly NAME: string; propose(site: Site): Draft[] }

const FAMILIES: readonly Family[] = [bounds, posts, assigned, relations, equalities, elements];

/** Longer claims are accidents. */
const LONGEST = 240;

/** @param names strategies that may propose; @param milliseconds for this loop */
export function candidatesOf(site: Site, names: ReadonlySet<string>, milliseconds: number): Candidate[] {
  const end = performance.now() + milliseconds;
  const found: Candidate[] = [];
  const seen = new Set(site.loop.clauses.flatMap((clause) => (clause.kind === 'invariant' ? clause.values.flatMap((value) => conjuncts(value).map((one) => `invariant ${printExpression(one)}`)) : [])));
  for (const family of FAMILIES) {
    if (!names.has(family.NAME)) continue;
    for (const draft of family.propose(site)) {
      for (const part of conjuncts(draft.expression)) {
        if (performance.now() > end) return found;
        const candidate = invariant(site, family.NAME, { ...draft, expression: part });
        if (seen.has(candidate.text) || candidate.text.length > LONGEST) continue;
        seen.add(candidate.text);
        const told = site.states.length < 3 ? undefined : holds(site, part);
        if (told === false) continue;
        if (told === undefined) { if (draft.tier <= 1 && family !== elements) found.push({ ...candidate, tier: draft.tier + 1 }); continue; }
        if (!speaks(site, part)) continue;
        found.push(candidate);
      }
    }
  }
  return found;
}

function speaks(site: Site, expression: Parameters<typeof isInformative>[1]): boolean {
  try { return isInformative(site, expression); } catch (error) { if (error instanceof Failure) return true; throw error; }
}
