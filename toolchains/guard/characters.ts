/** Characters that read as something else. Compared with the base: what stands there already is the user's own. */
import type { Range } from '../contract.ts';
import { Places } from '../places.ts';

export interface StrangeCharacter { readonly range: Range; readonly why: string }

/** Unicode 15.1: bidirectional controls, joiners, variation selectors, tags, byte-order marks, other default-ignorables. */
const INVISIBLE = /[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\ufff0-\ufffb\uffa0]|[\u{e0000}-\u{e0fff}]/u;
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u0085]/;

/**
 * Characters of `after` beyond those of `before`, each kind counted, that may not be added.
 * @param allows further characters beyond ASCII that the language's proofs are written with
 */
export function strangeCharacters(before: string, after: string, allows: (character: string) => boolean = () => false): StrangeCharacter[] {
  const spare = new Map<string, number>();
  for (const character of before) if (isOdd(character)) spare.set(character, (spare.get(character) ?? 0) + 1);
  const found: StrangeCharacter[] = [];
  const places = new Places(after);
  let offset = 0;
  for (const character of after) {
    const start = offset;
    offset += character.length;
    if (!isOdd(character)) continue;
    const left = spare.get(character) ?? 0;
    if (left > 0) { spare.set(character, left - 1); continue; }
    const code = `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;
    if (CONTROL.test(character) || INVISIBLE.test(character)) found.push({ range: places.range(start, offset), why: `adds the invisible character ${code}` });
    else if (!allows(character)) found.push({ range: places.range(start, offset), why: `adds the character ${code}, which can be taken for another` });
  }
  return found;
}

function isOdd(character: string): boolean {
  return CONTROL.test(character) || character.codePointAt(0)! > 126;
}
