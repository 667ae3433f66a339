/** What the window knows of signatures: who signed which assumption or failure, and whether it counts. */
import { z } from 'zod';
import { justification } from '../engine/report/schema.ts';
import { writeResult } from './repository.ts';

/** Ids of assumptions or, of failures, of obligations. */
const subjects = z.array(z.string().min(1).max(4096)).min(1).max(10_000);

export const signatureFile = z.object({
  name: z.string(), exists: z.boolean(),
  /** Where it is broken: none of its signatures counts. */
  problem: z.object({ line: z.int(), message: z.string() }).optional(),
  /** Entries that do not count, whatever they are of. */
  odd: z.array(z.object({ ...justification.shape, of: z.enum(['assumption', 'failure']), kind: z.string(), symbol: z.string() })),
});
export type SignatureFile = z.infer<typeof signatureFile>;

export const entriesRequest = z.object({ subjects, reviewer: z.string().max(200), reason: z.string().max(10_000) });
/** `left`: ids of these that cannot be signed, or are signed and unchanged. */
export const entriesAnswer = z.object({ text: z.string(), count: z.int(), left: z.array(z.string()) });
export type EntriesAnswer = z.infer<typeof entriesAnswer>;

export const appendRequest = z.object({ subjects, reviewer: z.string().trim().min(1).max(200), reason: z.string().trim().min(1).max(10_000) });
export const appendAnswer = writeResult;
