/** Names of a program by the words before them: more robust than a reading of declarations, and only ever compared. */
import type { Token } from '../source/tokens.ts';

export interface ProgramNames { readonly lemmas: ReadonlySet<string>; readonly runnable: ReadonlySet<string>; readonly pure: ReadonlySet<string> }

export function namesOf(files: readonly (readonly Token[])[]): ProgramNames {
  const lemmas = new Set<string>(), runnable = new Set<string>(), pure = new Set<string>();
  for (const tokens of files) tokens.forEach((token, at) => {
    if (token.kind === 'symbol' && (token.text === '=' || token.text === '|') && tokens[at + 1]?.kind === 'word') pure.add(tokens[at + 1]!.text);
    if (token.kind !== 'word') return;
    let name = at + 1;
    while (tokens[name]?.text === '{:') { while (name < tokens.length && tokens[name]!.text !== '}') name++; name++; }
    const declared = tokens[name]?.kind === 'word' ? tokens[name]!.text : undefined;
    if (declared === undefined) return;
    switch (token.text) {
      case 'lemma': case 'colemma': lemmas.add(declared); break;
      case 'method': case 'constructor': case 'iterator': case 'comethod': runnable.add(declared); break;
      case 'function': case 'predicate': case 'copredicate': pure.add(declared); break;
    }
  });
  return { lemmas, runnable, pure };
}

export function wordsOf(tokens: readonly Token[]): Set<string> {
  return new Set(tokens.filter((token) => token.kind === 'word').map((token) => token.text));
}
