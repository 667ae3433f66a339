/** Several attempts at one question: the first accepted answer stops the others, and nothing is left running. */

export interface RaceResult<T> {
  /** The first accepted value; absent where none was. */
  readonly winner?: T;
  /** Values in the order in which the attempts ended, the winner's and the losers' alike. */
  readonly all: T[];
}

/**
 * Settles once every attempt has settled. An attempt that throws is a bug of ours: the others are stopped and
 * the first error is thrown when all have ended.
 */
export async function race<T>(
  attempts: readonly ((signal: AbortSignal) => Promise<T>)[], accept: (value: T) => boolean, outer: AbortSignal,
): Promise<RaceResult<T>> {
  const over = new AbortController();
  const stop = (): void => { over.abort(outer.reason); };
  if (outer.aborted) stop(); else outer.addEventListener('abort', stop, { once: true });
  const all: T[] = [];
  const errors: unknown[] = [];
  let winner: { readonly value: T } | undefined;
  await Promise.all(attempts.map(async (attempt) => {
    try {
      const value = await attempt(over.signal);
      all.push(value);
      if (winner || !accept(value)) return;
      winner = { value };
      over.abort(new Error('another attempt was first'));
    } catch (error) {
      errors.push(error);
      over.abort(error);
    }
  }));
  outer.removeEventListener('abort', stop);
  if (errors.length > 0) throw errors[0];
  return winner ? { winner: winner.value, all } : { all };
}
