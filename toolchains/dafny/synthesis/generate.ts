/** All candidates of a loop: what the strategies propose, less what a state contradicts or what says nothing. */
import { Failure } from '../interpret/values.ts';
import { conjuncts } from '../syntax/build.ts';
import { printExpression } from '../syntax/print.ts';
import { freeNames } from '../syntax/substitute.ts';
import { invariant, type Candidate, type Draft } from './candidate.ts';
import * as assigned from './families/assigned.ts';
import * as bounds from './families/bounds.ts';
import * as elements from './families/elements.ts';
import * as equalities from './families/equalities.ts';
import * as posts from './families/posts.ts';
import * as relations from './families/relations.ts';
import type { Expression } from '../syntax/tree.ts';
import { holds, isInformative, isVacuous, type Site } from './site.ts';

interface Family { readonly NAME: string; propose(site: Site): Draft[] }

const FAMILIES: readonly (readonly [Family, number])[] = [[bounds, 1], [posts, 4], [assigned, 1], [relations, 2], [equalities, 2], [elements, 3]];

/** Longer claims are accidents. */
const LONGEST = 240;

/** Time of this process, so that a loaded machine makes no fewer candidates. */
function cpuMilliseconds(): number { const { user, system } = process.cpuUsage(); return (user + system) / 1000; }

/** @param names strategies that may propose; @param milliseconds of computing for this loop, shared by weight */
export function candidatesOf(site: Site, names: ReadonlySet<string>, milliseconds: number): Candidate[] {
  const found: Candidate[] = [];
  const seen = new Set(site.loop.clauses.flatMap((clause) => (clause.kind === 'invariant' ? clause.values.flatMap((value) => conjuncts(value).map((one) => `invariant ${printExpression(one)}`)) : [])));
  const accepted = new Set(seen);
  const used = FAMILIES.filter(([family]) => names.has(family.NAME));
  const unit = milliseconds / used.reduce((sum, [, weight]) => sum + weight, 0);
  let end = cpuMilliseconds();
  for (const [family, weight] of used) {
    // What one does not use goes to the next ones.
    end = Math.max(end, cpuMilliseconds() - 2 * unit) + weight * unit;
    const drafts = [...family.propose(site)].sort((a, b) => a.tier - b.tier || (a.order ?? 50) - (b.order ?? 50));
    for (const draft of drafts) for (const part of conjuncts(draft.expression)) {
      if (cpuMilliseconds() > end) break;
      const candidate = invariant(site, family.NAME, { ...draft, expression: part });
      if (seen.has(candidate.text) || candidate.text.length > LONGEST) continue;
      seen.add(candidate.text);
      const told = site.states.length < 3 ? undefined : holds(site, part);
      if (told === false) continue;
      if (told === undefined && site.states.length >= 3 && [...freeNames(part)].some((name) => isUnassigned(site, name))) continue;
      if (told === undefined) { if (draft.tier <= 1 && family !== elements) found.push({ ...candidate, tier: draft.tier + 1 }); continue; }
      if (!isMeant(site, family, part) && (isVacuous(site, part) || !speaks(site, part))) continue;
      // `… < i - 1` beside `… < i`: the weaker of two.
      const isWeaker = [...candidate.text.matchAll(/ [-+] 1\b/g)].some((match) => accepted.has(candidate.text.slice(0, match.index) + candidate.text.slice(match.index + match[0].length)));
      accepted.add(candidate.text);
      found.push(isWeaker ? { ...candidate, tier: candidate.tier + 2 } : candidate);
    }
  }
  return found;
}

/** A local or result that has no value yet where the loop begins. */
function isUnassigned(site: Site, name: string): boolean { return site.callable.results.some((result) => result.name === name) && !site.variables.has(name); }

/** It only says that something stays, which every state of every run shows. */
function isMeant(site: Site, family: Family, expression: Expression): boolean { return family === elements && site.written.size > 0 && /== old\(/.test(printExpression(expression)); }

function speaks(site: Site, expression: Expression): boolean {
  try { return isInformative(site, expression); } catch (error) { if (error instanceof Failure) return true; throw error; }
}
