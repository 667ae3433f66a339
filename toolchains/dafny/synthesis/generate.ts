/** All candidates of a loop: what the strategies propose, less what a state contradicts or what says nothing. */
import { Failure } from '../interpret/values.ts';
import { conjuncts } from '../syntax/build.ts';
import { printExpression } from '../syntax/print.ts';
import { freeNames, substitute } from '../syntax/substitute.ts';
import { invariant, type Candidate, type Draft } from './candidate.ts';
import * as assigned from './families/assigned.ts';
import * as bounds from './families/bounds.ts';
import * as elements from './families/elements.ts';
import * as equalities from './families/equalities.ts';
import * as posts from './families/posts.ts';
import * as relations from './families/relations.ts';
import type { Expression } from '../syntax/tree.ts';
import { lengths, scalars } from './pool.ts';
import { covers, normal, reachOf, simplified, type Reach } from './range-claims.ts';
import { holds, isInformative, isVacuous, vectorKey, vectorOf, type Site } from './site.ts';

interface Family { readonly NAME: string; propose(site: Site): Draft[] }

const FAMILIES: readonly (readonly [Family, number])[] = [[bounds, 1], [posts, 4], [assigned, 1], [relations, 2], [equalities, 2], [elements, 3]];

/** Longer claims are accidents. */
const LONGEST = 240;

/** Time of this process, so that a loaded machine makes no fewer candidates. */
function cpuMilliseconds(): number { const { user, system } = process.cpuUsage(); return (user + system) / 1000; }

/** @param names strategies that may propose; @param milliseconds of computing for this loop, shared by weight; @param carried of the loops around it */
export function candidatesOf(site: Site, names: ReadonlySet<string>, milliseconds: number, carried: readonly Candidate[] = []): Candidate[] {
  const found: Candidate[] = [];
  const seen = new Set(site.loop.clauses.flatMap((clause) => (clause.kind === 'invariant' ? clause.values.flatMap((value) => conjuncts(value).map((one) => `invariant ${printExpression(one)}`)) : [])));
  const accepted = new Set(seen);
  const aliases = aliasesOf(site);
  const keys = new Set<string>();
  const reaches = new Map<Candidate, Reach>();
  /** False where another one says the same. */
  const isFirst = (expression: Expression): boolean => {
    const key = printExpression(normal(substitute(expression, aliases))).replaceAll(/old\(multiset\(([^()]*)\)\)/g, 'multiset(old($1))');
    if (keys.has(key)) return false;
    keys.add(key);
    return true;
  };
  const used = FAMILIES.filter(([family]) => names.has(family.NAME));
  const unit = milliseconds / used.reduce((sum, [, weight]) => sum + weight, 0);
  let end = cpuMilliseconds();
  for (const [family, weight] of used) {
    // What one does not use goes to the next ones.
    end = Math.max(end, cpuMilliseconds() - 2 * unit) + weight * unit;
    const drafts = [...family.propose(site)].sort((a, b) => a.tier - b.tier || (a.order ?? 50) - (b.order ?? 50));
    for (const draft of drafts) for (const conjunct of conjuncts(draft.expression)) {
      if (cpuMilliseconds() > end) break;
      const part = simplified(site, conjunct);
      const candidate = invariant(site, family.NAME, { ...draft, expression: part });
      if (seen.has(candidate.text) || candidate.text.length > LONGEST) continue;
      seen.add(candidate.text);
      const told = site.states.length < 3 ? undefined : holds(site, part);
      if (told === false) continue;
      if (told === undefined && site.states.length >= 3 && [...freeNames(part)].some((name) => isUnassigned(site, name))) continue;
      if (told === undefined) { if (draft.tier <= 1 && family !== elements) found.push({ ...candidate, tier: draft.tier + 1 }); continue; }
      if (!isMeant(site, family, part) && (isVacuous(site, part) || !speaks(site, part))) continue;
      if (!isFirst(part)) continue;
      // `… < i - 1` beside `… < i`: the weaker of two.
      const isWeaker = [...candidate.text.matchAll(/ - 1\b| \+ 1\b(?=[,)]| <=)/g)].some((match) => accepted.has(candidate.text.slice(0, match.index) + candidate.text.slice(match.index + match[0].length)));
      accepted.add(candidate.text);
      const kept = isWeaker ? { ...candidate, tier: candidate.tier + 2 } : candidate;
      const reach = reachOf(site, part);
      if (reach) reaches.set(kept, reach);
      found.push(kept);
    }
  }
  for (const { family, tier, claim } of carried) {
    const candidate = claim && invariant(site, family, { expression: claim, tier, order: 63 });
    if (!candidate || seen.has(candidate.text) || site.states.length < 3 || !holds(site, claim) || !isFirst(claim)) continue;
    seen.add(candidate.text);
    found.push(candidate);
  }
  const all = [...reaches.values()];
  return found.map((one) => {
    const reach = reaches.get(one), at = all.indexOf(reach!);
    return reach && all.some((other, index) => other !== reach && covers(other, reach) && (index < at || !covers(reach, other))) ? { ...one, tier: one.tier + 1 } : one;
  });
}

/** Variables that stay and always are a length: `n` of `var n := a.Length`. The verifier knows that as well. */
function aliasesOf(site: Site): Map<string, Expression> {
  const aliases = new Map<string, Expression>();
  if (site.states.length < 3) return aliases;
  const stable = lengths(site).filter((length) => [...freeNames(length)].every((name) => !site.modified.has(name))).flatMap((length) => { const vector = vectorOf(site, length); return vector ? [{ length, key: vectorKey(vector) }] : []; });
  for (const variable of scalars(site)) {
    const text = printExpression(variable), vector = vectorOf(site, variable);
    if (site.modified.has(text) || !vector || new Set(vector).size < 3) continue;
    const own = stable.find(({ key }) => key === vectorKey(vector));
    if (own) aliases.set(text, own.length);
  }
  return aliases;
}

/** A local or result that has no value yet where the loop begins. */
function isUnassigned(site: Site, name: string): boolean { return site.callable.results.some((result) => result.name === name) && !site.variables.has(name); }

/** It only says that something stays, which every state of every run shows. */
function isMeant(site: Site, family: Family, expression: Expression): boolean { return family === elements && site.written.size > 0 && /== old\(/.test(printExpression(expression)); }

function speaks(site: Site, expression: Expression): boolean {
  try { return isInformative(site, expression); } catch (error) { if (error instanceof Failure) return true; throw error; }
}
