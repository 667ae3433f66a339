/**
 * Is the candidate the base with whole pieces of proof text put in? A piece is a node of the candidate's syntax that the
 * language allows to be left out; the candidate is accepted only if leaving out some set of pieces, each of which may be
 * added by itself, gives exactly the tokens of the base. What was added is thereby known, and nothing else can have changed.
 */
export interface Piece {
  /** Tokens of the candidate [first, end). */
  readonly first: number;
  readonly end: number;
  /** Pieces within it, in order, without overlap. */
  readonly children: readonly Piece[];
  /** What the base has where this piece is left out: `assert P;` for `assert P by { … }`. */
  readonly instead?: string;
}

export interface Aligned<P extends Piece> {
  /** Outermost pieces that the base does not have, in the order of the file. */
  readonly added: readonly P[];
  /** For each token of the candidate: does the base have it? */
  readonly kept: readonly boolean[];
  /** Index in the base of each kept token of the candidate; -1 for the others. */
  readonly base: readonly number[];
}

export interface Misaligned<P extends Piece, R> {
  /** Where the longest reading ended: a token of the candidate and the one of the base that should stand there. */
  readonly candidate: number;
  readonly base: number;
  /** Pieces around or at that place that would have to be additions and may not be, the innermost first. */
  readonly refused: readonly { readonly piece: P; readonly reason: R }[];
}

type Step<P> =
  | { readonly kind: 'token'; readonly at: number }
  | { readonly kind: 'instead'; readonly text: string }
  | { readonly kind: 'open'; readonly piece: P; past: number }
  | { readonly kind: 'jump'; to: number };

/** @param refusal why this piece, as it stands in the candidate, is no proof text; undefined where it is */
export function align<P extends Piece, R>(roots: readonly P[], candidate: readonly string[], base: readonly string[], refusal: (piece: P) => R | undefined): Aligned<P> | Misaligned<P, R> {
  const steps = stepsOf(roots, candidate.length);
  const reasons = new Map<P, R | undefined>();
  const reasonOf = (piece: P): R | undefined => {
    if (!reasons.has(piece)) reasons.set(piece, refusal(piece));
    return reasons.get(piece);
  };
  /** Places (step, base token) from which no reading leads to the end. */
  const dead = new Set<number>();
  const width = base.length + 1;
  const choices: { readonly step: number; readonly at: number; readonly added: number }[] = [];
  const added: P[] = [];
  const refused: { readonly piece: P; readonly at: number }[] = [];
  let [furthest, furthestStep] = [-1, 0];
  let [step, at] = [0, 0];
  for (;;) {
    let stuck = false;
    const current = steps[step];
    if (!current) {
      if (at === base.length) return finished(added, candidate, base);
      stuck = true;
    } else if (current.kind === 'jump') step = current.to;
    else if (current.kind === 'open') {
      if (dead.has(step * width + at)) stuck = true;
      else { choices.push({ step, at, added: added.length }); step++; }
    } else {
      const text = current.kind === 'token' ? candidate[current.at]! : current.text;
      if (text === base[at]) { at++; step++; } else stuck = true;
    }
    if (!stuck) continue;
    if (at > furthest) [furthest, furthestStep] = [at, step];
    // The latest choice that can still be made the other way: the piece is no part of the base.
    for (;;) {
      const choice = choices.pop();
      if (!choice) return mismatch(steps, candidate.length, furthest, furthestStep, refused, reasonOf);
      const opened = steps[choice.step] as Extract<Step<P>, { kind: 'open' }>;
      dead.add(choice.step * width + choice.at);
      added.length = choice.added;
      if (reasonOf(opened.piece) !== undefined) { refused.push({ piece: opened.piece, at: choice.at }); continue; }
      added.push(opened.piece);
      [step, at] = [opened.past, choice.at];
      break;
    }
  }
}

export function isAligned<P extends Piece, R>(result: Aligned<P> | Misaligned<P, R>): result is Aligned<P> { return 'added' in result; }

function stepsOf<P extends Piece>(roots: readonly P[], tokens: number): Step<P>[] {
  const steps: Step<P>[] = [];
  const range = (first: number, end: number, pieces: readonly P[]): void => {
    let at = first;
    const upTo = (limit: number): void => { for (; at < limit; at++) steps.push({ kind: 'token', at }); };
    for (const piece of pieces) {
      upTo(piece.first);
      const open: Step<P> = { kind: 'open', piece, past: 0 };
      steps.push(open);
      range(piece.first, piece.end, piece.children as readonly P[]);
      at = piece.end;
      if (piece.instead === undefined) { open.past = steps.length; continue; }
      const jump: Step<P> = { kind: 'jump', to: 0 };
      steps.push(jump);
      open.past = steps.length;
      steps.push({ kind: 'instead', text: piece.instead });
      jump.to = steps.length;
    }
    upTo(end);
  };
  range(0, tokens, roots);
  return steps;
}

/** Plays the choices again to tell which token is whose. */
function finished<P extends Piece>(added: readonly P[], candidate: readonly string[], base: readonly string[]): Aligned<P> {
  const kept = new Array<boolean>(candidate.length).fill(true);
  const places = new Array<number>(candidate.length).fill(-1);
  for (const piece of added) kept.fill(false, piece.first, piece.end);
  const instead = new Map(added.filter((piece) => piece.instead !== undefined).map((piece) => [piece.first, piece]));
  let at = 0;
  for (let index = 0; index < candidate.length; index++) {
    if (instead.has(index)) at++;
    if (kept[index]) places[index] = at++;
  }
  if (at !== base.length) throw new Error('an alignment does not add up');
  return { added: [...added], kept, base: places };
}

function mismatch<P extends Piece, R>(
  steps: readonly Step<P>[], tokens: number, base: number, step: number, refused: readonly { readonly piece: P; readonly at: number }[], reasonOf: (piece: P) => R | undefined,
): Misaligned<P, R> {
  const stopped = steps[step];
  let candidate = tokens;
  for (let at = step; at < steps.length; at++) {
    const one = steps[at]!;
    if (one.kind === 'token') { candidate = one.at; break; }
    if (one.kind === 'open') { candidate = one.piece.first; break; }
  }
  if (stopped === undefined) candidate = tokens;
  const around = refused.filter(({ piece, at }) => at === base || (piece.first <= candidate && candidate <= piece.end));
  const pieces = [...new Set(around.map(({ piece }) => piece))].sort((a, b) => (a.end - a.first) - (b.end - b.first));
  return { candidate, base, refused: pieces.map((piece) => ({ piece, reason: reasonOf(piece)! })) };
}
