/**
 * What the window knows of documents while they are edited: a tool's language server's word, live and for the eye. No
 * verdict's word is among it, and it enters no ledger. Each state and answer is about one version of one opening.
 */
import { z } from 'zod';
import { diagnostic, position, range } from '../engine/report/schema.ts';

/** One opening of one document: what is said of another is dropped. */
export const liveToken = z.string().regex(/^[0-9a-f]{16}$/);
/** As the editor counts its changes. */
export const textVersion = z.int().nonnegative();
/** Larger texts are not checked while they are edited. */
export const LIVE_TEXT_AT_MOST = 2_000_000;

export const liveStatus = z.enum(['waiting', 'checking', 'holds', 'fails', 'undecided']);
export type LiveStatusView = z.infer<typeof liveStatus>;

export const liveDocument = z.object({
  file: z.string(), version: textVersion,
  phase: z.enum(['starting', 'reading', 'checking', 'settled', 'refused', 'gone']),
  problem: z.string().optional(),
  symbols: z.array(z.object({ name: z.string(), nameRange: range, status: liveStatus })),
  assertions: z.array(z.object({ range, status: liveStatus })),
  diagnostics: z.array(diagnostic),
  working: z.array(range),
});
export type LiveView = z.infer<typeof liveDocument>;

export const liveAbilities = z.object({ hover: z.boolean(), definition: z.boolean(), outline: z.boolean(), counterexamples: z.boolean(), goals: z.boolean() });
export type LiveAbilities = z.infer<typeof liveAbilities>;

export const liveOpening = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('open'), token: liveToken, abilities: liveAbilities }),
  /** `why` is absent where no toolchain of the file has live answers. */
  z.object({ kind: z.literal('none'), why: z.string().optional() }),
]);

export const livePlace = z.object({ token: liveToken, version: textVersion, at: position });
export const liveVersion = z.object({ token: liveToken, version: textVersion });
export const liveText = liveVersion.extend({ text: z.string().max(LIVE_TEXT_AT_MOST) });

export const hover = z.object({ markdown: z.string(), range: range.optional() });
export const definition = z.object({ file: z.string(), range });
export const suggestedState = z.object({ at: position, text: z.string() });
export const goals = z.object({ goals: z.array(z.string()), markdown: z.string(), expected: z.string().optional() });
export type GoalsView = z.infer<typeof goals>;

export interface OutlineView { name: string; kind: string; detail?: string | undefined; range: z.infer<typeof range>; nameRange: z.infer<typeof range>; children: OutlineView[] }
export const outlineEntry: z.ZodType<OutlineView> = z.lazy(() => z.object({ name: z.string(), kind: z.string(), detail: z.string().optional(), range, nameRange: range, children: z.array(outlineEntry) }));
