/**
 * The terms of a text that premises are found by: identifiers in lower case and, where they are put together, their parts
 * ("lemmaSeqPush", "lemma_seq_push" and "LemmaSeqPush'" share seq and push). Numbers, operators and the words that every
 * proof has say nothing and are left out.
 */

const IDENTIFIER = /[\p{L}_][\p{L}\p{N}_'?]*/gu;
/** Parts begin at a capital after a small letter, at the last capital before a small one, and between letters and digits. */
const PARTS = /\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+|\p{L}+|\p{N}+/gu;

/** Words of the languages and of proofs at large. */
const SILENT = new Set(('a as assert assume be bool break by case char const continue datatype decreases do else ensures enum exec exists false fn for forall fresh fun function ghost have if impl import in include int '
  + 'invariant is lemma let loop map match method modifies module mut nat new none null object old open opens or pub predicate print proof reads real ref rename rename requires result return returns seq set self show '
  + 'some spec static string struct then theorem this to true trait type u16 u32 u64 u8 unit usize use using var void while with').split(' '));

const MOST_PART_LETTERS = 40;

/** Calls `take` for each term in the order of the text, repetitions included. */
export function eachTerm(text: string, take: (term: string) => void): void {
  for (const [identifier] of text.matchAll(IDENTIFIER)) {
    const whole = identifier.toLowerCase();
    if (SILENT.has(whole)) continue;
    if (whole.length > 1) take(whole);
    const parts = identifier.match(PARTS);
    if (!parts || parts.length < 2) continue;
    for (const part of parts) {
      const term = part.toLowerCase();
      if (term.length > 1 && term.length <= MOST_PART_LETTERS && term !== whole && !SILENT.has(term)) take(term);
    }
  }
}
