/** What the window asks of a report: the ledger as it shows it, frozen, in a form that others read. */
import { z } from 'zod';
import { obligationId } from './ledger.ts';

export const reportFormat = z.enum(['html', 'pdf', 'json', 'sarif', 'junit', 'badge']);
export type ReportFormat = z.infer<typeof reportFormat>;

/** `ids`: only these obligations; all where it is left out. */
export const reportRequest = z.object({ format: reportFormat, ids: z.array(obligationId).max(200_000).optional() });

/** Its bytes are read with `report.read`, as long as no four newer ones were made. */
export const madeReport = z.object({
  report: z.string().max(64), format: reportFormat, name: z.string(), type: z.string(), bytes: z.int(),
  /** How much is shown, under what, and what needs a look. */
  headline: z.string(), obligations: z.int(), madeAt: z.string(),
});
export type MadeReport = z.infer<typeof madeReport>;
