/** The cheap checks of a draft, before a verifier sees it: can it be read, is it new, does the guard let it pass. */
import type { SynthesisContext } from '../../../synthesis.ts';
import { Places } from '../../../places.ts';
import type { Syntax } from '../../syntax/program.ts';
import { guardDafny } from '../../guard/guard.ts';
import { draftKey, readAnswer } from './answer.ts';

export type Judged =
  | { readonly kind: 'checkable'; readonly text: string; /** What was added, piece by piece. */ readonly pieces: readonly string[] }
  | { readonly kind: 'repeated' }
  /** `why` is told to the model. */
  | { readonly kind: 'refused'; readonly by: 'reader' | 'guard'; readonly why: string };

const MOST_REASONS = 4;

/** @param seen keys of what came before; gets this one's */
export async function judgeDraft(context: Pick<SynthesisContext, 'tree' | 'project'>, base: Syntax, answer: string, seen: Set<string>): Promise<Judged> {
  const { path, text: own } = base.file;
  const read = readAnswer(base, answer);
  const key = read.kind === 'text' ? draftKey(read.text) : `unreadable ${read.why}`;
  if (seen.has(key)) return { kind: 'repeated' };
  seen.add(key);
  if (read.kind === 'unreadable') return { kind: 'refused', by: 'reader', why: read.why };
  if (key === draftKey(own)) return { kind: 'refused', by: 'reader', why: 'the answer adds nothing to the file' };
  const guard = await guardDafny({ tree: context.tree, project: context.project, before: new Map([[path, own]]), after: new Map([[path, read.text]]), caps: {}, allowedImports: new Set() });
  if (guard.kind === 'refused') return { kind: 'refused', by: 'guard', why: guard.reasons.slice(0, MOST_REASONS).map((reason) => `line ${reason.range.start.line}: ${reason.rule}: ${reason.why}`).join('; ') };
  const places = new Places(read.text);
  return { kind: 'checkable', text: read.text, pieces: guard.added.map(({ range }) => read.text.slice(places.offset(range.start), places.offset(range.end)).trim()) };
}
