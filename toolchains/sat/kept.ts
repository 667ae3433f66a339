/** Threads that stay warm. */
import { Kept } from '../kept.ts';

export const kept = new Kept();
