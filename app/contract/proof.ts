/** What the window knows of a search for proofs: its race, its budget, and what may be written. */
import { z } from 'zod';
import { diagnostic, range } from '../engine/report/schema.ts';
import { obligationId, sha256, verdictKind } from './ledger.ts';
import { filePath } from './repository.ts';

/** Wall: for all of it, the first run and the clean run too. Calls: of the verifier in the search. */
export const proofBudget = z.object({ wallSeconds: z.number().min(1).max(604_800), calls: z.int().min(1).max(1_000_000).optional() });
export type ProofBudget = z.infer<typeof proofBudget>;

export const proofId = z.string().min(1).max(64);
const addition = z.object({ strategy: z.string(), text: z.string(), obligation: obligationId });
export type ProofAddition = z.infer<typeof addition>;

/** One strategy of a goal's race; `used`: in the proof that was accepted. What holds is no verdict. */
const strategyCount = z.object({ strategy: z.string(), offered: z.int(), checked: z.int(), holds: z.int(), used: z.int() });

export const proofGoal = z.object({
  obligation: obligationId, symbol: z.string(), file: z.string(), range, toolchain: z.string(), before: verdictKind,
  /** `found`: an accepted proof waits to be written; the verdict is the ledger's, and changes only by a run of the written file. */
  state: z.enum(['waiting', 'searching', 'judging', 'found', 'not-found', 'untried']),
  /** Why nothing was tried. */
  why: z.string().optional(),
  passes: z.int(), strategies: z.array(strategyCount),
  /** What holds and may help, what blocks with it in place, and what else was learned. */
  strongest: z.array(z.string()), open: z.array(diagnostic), notes: z.array(z.string()),
});
export type ProofGoal = z.infer<typeof proofGoal>;

/** A proof that passed the guard and a clean run. `unconfirmed`: why the tool's own word on the compiled code could not be had. */
export const proofCandidate = z.object({
  id: z.string().min(1).max(64), proves: z.array(obligationId), files: z.array(filePath), additions: z.array(addition),
  guard: z.array(z.string()), unconfirmed: z.string().optional(), cleanSeconds: z.number(), seconds: z.number(), calls: z.int(),
  /** `undone`: it was written, and the files are as they were before. */
  fate: z.enum(['offered', 'written', 'rejected', 'undone']),
});
export type ProofCandidate = z.infer<typeof proofCandidate>;

export const proofState = z.object({
  proof: proofId,
  state: z.enum(['running', 'cancelling', 'finished', 'cancelled', 'failed']),
  step: z.enum(['first-run', 'search', 'ended']),
  startedAt: z.string(), budget: proofBudget, spent: z.object({ seconds: z.number(), calls: z.int() }),
  /** Not green when the search began; green before. */
  goals: z.int(), already: z.int(), found: z.int(),
  candidates: z.array(proofCandidate),
  refused: z.array(z.object({ by: z.string(), why: z.string(), proves: z.array(obligationId), additions: z.array(addition) })),
  /** Why it is `failed`. */
  problem: z.string().optional(),
});
export type ProofState = z.infer<typeof proofState>;

/** The texts before and after, of each file that a candidate changes. */
export const candidateTexts = z.object({
  files: z.array(z.object({ path: filePath, base: sha256, before: z.string(), after: z.string() })),
  /** As `git apply` reads it. */
  patch: z.string(),
});
export type CandidateTexts = z.infer<typeof candidateTexts>;

export const candidateWritten = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('written'), files: z.array(z.object({ path: filePath, sha256 })) }),
  /** This file is not what was proved (or, of an undo, not what was written): nothing was written. */
  z.object({ kind: z.literal('conflict'), path: filePath }),
]);
export type CandidateWritten = z.infer<typeof candidateWritten>;
