/**
 * What stands between a candidate and the user's files: the guard on the texts, the tool's own word that only proof text
 * changed, and a clean run in fresh processes. All of them, always; a toolchain without a guard gets nothing accepted.
 */
import type { Confirmation } from '../../../toolchains/guard.ts';
import { scratchContext } from './scratch.ts';
import { cleanRun, type CleanRequest } from './clean.ts';
import type { Settled } from '../running/settle.ts';

export interface Acceptance {
  readonly settled: readonly Settled[];
  /** What the guard's halves compared, one sentence each. */
  readonly guard: readonly string[];
  /** Why the second half could not be asked; absent where it agreed. */
  readonly unconfirmed?: string;
  readonly seconds: number;
}

export type Judgement = { readonly kind: 'accepted'; readonly acceptance: Acceptance } | { readonly kind: 'refused'; readonly by: 'guard' | 'compiler' | 'clean run'; readonly why: string };

export interface AcceptRequest extends CleanRequest {
  readonly base: ReadonlyMap<string, string>;
  /** Seconds that are left for all of it. */
  readonly secondsLeft: () => number;
}

export async function judge(request: AcceptRequest): Promise<Judgement> {
  const { planned, opened, base, files } = request;
  const { toolchain } = planned;
  if (!toolchain.guard) return { kind: 'refused', by: 'guard', why: `there is no guard for ${toolchain.name}: nothing can be accepted` };
  const asked = { tree: opened.repository.tree, project: planned.project, before: base, after: files, caps: {}, allowedImports: new Set<string>() };
  const answer = await toolchain.guard(asked);
  if (answer.kind === 'refused') return { kind: 'refused', by: 'guard', why: answer.reasons.map((reason) => `${reason.rule}: ${reason.why}`).join('; ') };
  const guard = [`only proof text was added (${answer.added.length} ${answer.added.length === 1 ? 'piece' : 'pieces'})`];
  const [clean, confirmed] = await Promise.all([cleanRun(request), confirmation()]);
  if (clean.kind === 'not-proved') return { kind: 'refused', by: 'clean run', why: clean.why };
  if (confirmed?.kind === 'refused') return { kind: 'refused', by: 'compiler', why: confirmed.reasons.map((reason) => `${reason.rule}: ${reason.why}`).join('; ') };
  const unconfirmed = confirmed === undefined ? 'the toolchain has no second guard' : confirmed.kind === 'open' ? confirmed.why : undefined;
  return {
    kind: 'accepted',
    acceptance: { settled: clean.settled, guard: [...guard, ...confirmed?.kind === 'confirmed' ? confirmed.by : []], seconds: clean.seconds, ...(unconfirmed === undefined ? {} : { unconfirmed }) },
  };

  async function confirmation(): Promise<Confirmation | undefined> {
    if (!toolchain.confirm) return undefined;
    const scratch = scratchContext(request);
    try { return await toolchain.confirm(asked, scratch); } finally { await scratch.dispose(); }
  }
}
