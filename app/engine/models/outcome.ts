/** From how a stream ended to what that means of a model, the same for all protocols. */
import type { StreamOutcome } from './stream.ts';
import type { SampleOutcome, Usage } from './types.ts';

/** Longest text of a server that is shown. */
const MOST_CHARACTERS = 400;

/** Undefined where the stream ended as the protocol wants it. @param secret never shown, whatever the server sends back */
export function failureOf(outcome: StreamOutcome, { usage, isComplete, origin, secret }: { usage: Usage; isComplete: boolean; origin: string; secret?: string }): SampleOutcome | undefined {
  const shown = (text: string): string => hide(text.replace(/\s+/g, ' ').trim(), secret).slice(0, MOST_CHARACTERS);
  switch (outcome.kind) {
    case 'ended': return isComplete ? undefined : { kind: 'cut', why: `${origin} ended its answer before it was complete`, usage };
    case 'malformed': return { kind: 'malformed', why: `${origin}: ${shown(outcome.why)}`, usage };
    case 'cut': return { kind: 'cut', why: `${origin}: ${shown(outcome.why)}`, usage };
    case 'stalled': return { kind: 'stalled', why: `${origin} sent nothing for ${outcome.seconds} s`, usage };
    case 'overran': return { kind: 'overran', why: `${origin} sent more than it was asked for`, usage };
    case 'unreachable': return { kind: 'unreachable', why: `${origin}: ${shown(outcome.why)}` };
    case 'cancelled': return { kind: 'cancelled', usage };
    case 'status': {
      const { status, retryAfterSeconds } = outcome;
      const why = `${origin} answered ${status}: ${shown(messageIn(outcome.body))}`;
      if (status === 429 || status === 529 || (status === 503 && retryAfterSeconds !== undefined)) return { kind: 'rate-limited', why, ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }) };
      if (status === 401 || status === 403) return { kind: 'unauthorised', why };
      return status >= 500 ? { kind: 'server-failed', status, why } : { kind: 'rejected', status, why };
    }
  }
}

/** Servers put it at different places of a JSON text, or send a page. */
function messageIn(body: string): string {
  try {
    const parsed: unknown = JSON.parse(body);
    const error = (parsed as { error?: unknown }).error;
    if (typeof error === 'string') return error;
    const message = (error as { message?: unknown } | undefined)?.message ?? (parsed as { message?: unknown }).message;
    if (typeof message === 'string') return message;
  } catch { /* a page, or nothing */ }
  return body.replace(/<[^>]*>/g, ' ');
}

export function hide(text: string, secret: string | undefined): string { return secret === undefined || secret.length < 4 ? text : text.replaceAll(secret, '…'); }

/** A byte-level tokeniser makes no more tokens than bytes; four to a token is the usual. */
export function estimatedTokens(bytes: number): number { return Math.ceil(bytes / 4); }

/** More pieces than tokens were asked for, with a little for marks that are no tokens. */
export function isOverrun(pieces: number, maximumTokens: number): boolean { return pieces > maximumTokens * 1.1 + 32; }
