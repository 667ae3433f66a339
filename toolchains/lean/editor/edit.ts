/** The one change that makes a text into the next: what lies between their common beginning and their common end. */
import { Places } from '../../places.ts';
import type { Edit } from '../server/client.ts';

export function editBetween(before: string, after: string): Edit {
  const most = Math.min(before.length, after.length);
  let head = 0;
  while (head < most && before[head] === after[head]) head++;
  let tail = 0;
  while (tail < most - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  // Never between the halves of one character, or between the two of a line end.
  if (head > 0 && (isHigh(before, head - 1) || before[head - 1] === '\r')) head--;
  const [kept, keptAfter] = [before.length - tail, after.length - tail];
  if (tail > 0 && (isLow(before, kept) || (before[kept] === '\n' && (before[kept - 1] === '\r' || after[keptAfter - 1] === '\r')))) tail--;
  const places = new Places(before);
  return { range: places.range(head, before.length - tail), text: after.slice(head, after.length - tail) };
}

const isHigh = (text: string, at: number): boolean => /[\uD800-\uDBFF]/.test(text[at] ?? '');
const isLow = (text: string, at: number): boolean => /[\uDC00-\uDFFF]/.test(text[at] ?? '');
