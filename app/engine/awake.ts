/**
 * Keeps this process alive while something of the engine is awaited. What a run waits for at a moment may be held by
 * nothing that Node counts: a warm program between two scripts, memory that another program is to free. A program that
 * embeds the engine and awaits it would else be ended by Node in between (exit code 13).
 */
export async function awake<Value>(work: Promise<Value>): Promise<Value> {
  const timer = setInterval(() => { /* only holds the process */ }, LONG_MILLISECONDS);
  try { return await work; } finally { clearInterval(timer); }
}

/** Some 12 days: timers take no more than 2³¹ − 1. */
const LONG_MILLISECONDS = 2 ** 30;
