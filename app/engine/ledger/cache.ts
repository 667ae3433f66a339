/**
 * Which kept verdicts may stand for a check that is asked for now. Everything a verdict depends on is either
 * in the unit key (content, options, environment, platform) or in the rule of {@link reusable} (tools, limits).
 */
import type { JsonObject, Limits } from '../../../toolchains/contract.ts';
import { REASON } from '../../../toolchains/verdict.ts';
import type { Verdict } from '../../../toolchains/verdict.ts';
import { canonicalJson, sha256 } from './canonical.ts';
import type { CachedResult, HashedInput, UnitKey } from './types.ts';

/** What a unit's verdicts depend on, besides tools and limits. */
export interface KeyMaterial {
  readonly toolchain: string;
  readonly revision: number;
  /** Unit.id, which is relative to the repository's root: a copy of the repository has the same keys. */
  readonly unit: string;
  readonly options: JsonObject;
  /** Files with their hashes, and names that were looked for and not found (hash {@link ABSENT} of files.ts). */
  readonly inputs: readonly HashedInput[];
  /** The allow-listed environment that tools are given. */
  readonly environment: Readonly<Record<string, string>>;
  /** `${process.platform}-${process.arch}` */
  readonly platform: string;
  readonly limits: Pick<Limits, 'depth' | 'expect'>;
  /** Only where the unit executes code of the repository: what trusted code decided is not for an untrusted run. */
  readonly trusted?: boolean;
}

/** Raised when the meaning of a key changes. */
const KEY_VERSION = 1;

export function unitKey(material: KeyMaterial): UnitKey {
  const { toolchain, revision, unit, options, platform, limits, trusted } = material;
  const inputs = [...material.inputs].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0)).map((input) => [input.path, input.sha256]);
  return sha256([
    JSON.stringify([KEY_VERSION, toolchain, revision, unit, platform, limits.depth ?? null, limits.expect ?? null, trusted ?? null, inputs]),
    canonicalJson(options), environmentText(material.environment),
  ].join('\n'));
}

/** The same object is given for every unit of a run. */
const environments = new WeakMap<object, string>();
function environmentText(environment: Readonly<Record<string, string>>): string {
  let text = environments.get(environment);
  if (text === undefined) environments.set(environment, text = canonicalJson(environment));
  return text;
}

/** What is asked for now. */
export interface ReuseRequest {
  readonly limits: Limits;
  /** Hash of all usable tools, as it is stored with verdicts. */
  readonly toolSet: string;
  /** Of every usable tool and embedded engine now. */
  readonly installedFingerprints: ReadonlySet<string>;
}

/**
 * How long a verdict holds while content, options and platform stay the same.
 *
 * - `decided`: a fact about the content. More time or another tool cannot make it untrue; it needs only that
 *   the tools its evidence names are still here, so that it can be shown again.
 * - `open`: what these tools said within these limits. `timeout`, `out-of-resource` and `unknown` by nature.
 *   `failed` too, since "cannot show it" may turn with another solver, seed or more time, and so may
 *   `unreachable`. `bounded` with a reason is a proof that stopped early. `malformed` and `nothing-to-prove`
 *   follow from content and tools alone, yet another version of a tool may read the file: the same rule, and
 *   only where a tool ran to its own end, since a full disk also makes a file unreadable.
 * - `never`: says something about the moment (crash, memory, cancel, missing tool, not run) or is a
 *   contradiction that must stay in sight (`unknown: disputed`).
 */
export type Lifetime = 'decided' | 'open' | 'never';

export function lifetimeOf(verdict: Verdict): Lifetime {
  switch (verdict.kind) {
    case 'proved': case 'refuted': case 'covered': return 'decided';
    case 'bounded': return verdict.reason === undefined ? 'decided' : 'open';
    case 'unknown': return verdict.reason.startsWith(REASON.disputed) ? 'never' : 'open';
    case 'timeout': case 'out-of-resource': case 'failed': case 'unreachable': case 'malformed': case 'nothing-to-prove': return 'open';
    case 'out-of-memory': case 'crashed': case 'tool-missing': case 'cancelled': case 'not-run': return 'never';
  }
}

/** May this kept result stand for the check that is asked for? The unit key is equal already. */
export function reusable(cached: CachedResult, request: ReuseRequest): boolean {
  const { verdict, parts } = cached.result;
  const lifetimes = [lifetimeOf(verdict), ...(parts ?? []).map((part) => lifetimeOf(part.verdict))];
  if (lifetimes.includes('never')) return false;
  if (cached.usedTools.length === 0) return false; // no attempt stands behind it
  if (cached.limits.depth !== request.limits.depth || cached.limits.expect !== request.limits.expect) return false;
  if (!cached.usedTools.every((fingerprint) => request.installedFingerprints.has(fingerprint))) return false;
  if (lifetimes[0] === 'decided') return true;
  if ((verdict.kind === 'malformed' || verdict.kind === 'nothing-to-prove') && !cached.result.attempts.every((attempt) => attempt.exit.reason === 'exited')) return false;
  return cached.toolSet === request.toolSet && within(request.limits, cached.limits);
}

/** Every limit that is asked for is at most the stored one; an absent resource limit is the largest. */
function within(asked: Limits, stored: Limits): boolean {
  return asked.wallSeconds <= stored.wallSeconds && asked.memoryMb <= stored.memoryMb && asked.effort <= stored.effort
    && (asked.resource ?? Infinity) <= (stored.resource ?? Infinity);
}

/**
 * The results that stand for a unit, one an obligation: decided ones before open ones, newer before older. An
 * obligation whose kept results contradict each other has none.
 * @param known of one unit key, newest first, as the store's `lookUp` returns them
 */
export function reuse(known: readonly CachedResult[], request: ReuseRequest): Map<string, CachedResult> {
  const chosen = new Map<string, CachedResult>();
  const disputed = new Set<string>();
  const decided = new Map<string, CachedResult[]>();
  for (const cached of known) {
    const id = cached.obligation.id;
    const lifetime = lifetimeOf(cached.result.verdict);
    if (lifetime === 'decided') {
      const others = decided.get(id);
      if (others?.some((other) => contradict(other.result.verdict, cached.result.verdict))) disputed.add(id);
      if (others) others.push(cached); else decided.set(id, [cached]);
    }
    if (!reusable(cached, request)) continue;
    const before = chosen.get(id);
    if (!before || (lifetime === 'decided' && lifetimeOf(before.result.verdict) === 'open')) chosen.set(id, cached);
  }
  for (const id of disputed) chosen.delete(id);
  return chosen;
}

/** Both cannot be true of the same content. */
export function contradict(one: Verdict, other: Verdict): boolean {
  return refutes(one, other) || refutes(other, one);
}

function refutes(one: Verdict, other: Verdict): boolean {
  if (one.kind !== 'refuted') return false;
  if (other.kind === 'proved' || other.kind === 'covered') return true;
  const step = one.counterexample?.failingStep;
  return other.kind === 'bounded' && step !== undefined && step < other.depth;
}

/**
 * A re-check of the same content by the same tools said something else. A search that ended open this time
 * (the machine was busy, the run was cancelled) does not speak against the kept verdict.
 */
export function disagrees(kept: Verdict, fresh: Verdict): boolean {
  if (kept.kind === fresh.kind) return kept.kind === 'bounded' && fresh.kind === 'bounded' && fresh.depth < kept.depth && fresh.reason === undefined;
  switch (fresh.kind) {
    case 'proved': case 'refuted': case 'covered': case 'failed': case 'unreachable': case 'malformed': case 'nothing-to-prove':
      return !(kept.kind === 'bounded' && fresh.kind === 'proved') && lifetimeOf(kept) === 'decided';
    case 'bounded': return kept.kind === 'refuted' || kept.kind === 'covered';
    case 'unknown': return fresh.reason.startsWith(REASON.disputed);
    case 'timeout': case 'out-of-resource': case 'out-of-memory': case 'crashed': case 'tool-missing': case 'cancelled': case 'not-run': return false;
  }
}

/**
 * A random share of reused units, to be checked again after the answer was given. Each is drawn on its own, so
 * that small runs are re-checked now and then too; the same seed draws the same ones of the same list.
 * @param share from 0 to 1
 */
export function chooseRechecks<Item>(items: readonly Item[], share: number, seed: string): Item[] {
  if (share <= 0) return [];
  let state = Number.parseInt(sha256(seed).slice(0, 8), 16);
  return items.filter(() => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0; // a linear congruential generator: Numerical Recipes, 2nd edition, 7.1
    return state / 2 ** 32 < share;
  });
}
