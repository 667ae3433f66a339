/** Solvers that stay warm, natively and embedded. */
import { Kept } from '../kept.ts';

export const kept = new Kept();
