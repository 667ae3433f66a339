/** What Assay asks of a language model, and every way that can end. Expected outcomes are values; nothing here throws for what a server does. */

export interface Message { readonly role: 'system' | 'user' | 'assistant'; readonly content: string }

export interface SampleRequest {
  readonly messages: readonly Message[];
  /** How many answers are wanted; a server may give fewer, never none where it answered. */
  readonly count: number;
  readonly temperature: number;
  readonly seed?: number;
  /** Of each answer. */
  readonly maximumTokens: number;
  readonly signal: AbortSignal;
}

export interface Sample {
  readonly text: string;
  /** `length`: cut off by `maximumTokens`. */
  readonly finish: 'stop' | 'length' | 'refusal' | 'other';
  /** Mean natural logarithm of the tokens' probabilities, where the server tells them. */
  readonly logProbability?: number;
}

/** Tokens as the server counted them; `estimated` where it did not, from the bytes that went and came. */
export interface Usage { readonly input: number; readonly output: number; readonly cached: number; readonly estimated: boolean }

/** What the server says it is: the model's full name, and its build where it has one. */
export interface ReportedModel { readonly model: string; readonly build?: string }

export type SampleOutcome =
  | { readonly kind: 'answered'; readonly samples: readonly Sample[]; readonly usage: Usage; readonly reported?: ReportedModel }
  /** The model, or a filter before it, would not answer. */
  | { readonly kind: 'refused'; readonly why: string; readonly usage: Usage; readonly reported?: ReportedModel }
  /** Too many requests, or overloaded: later it may work. */
  | { readonly kind: 'rate-limited'; readonly why: string; readonly retryAfterSeconds?: number }
  /** The connection ended before the answer did. */
  | { readonly kind: 'cut'; readonly why: string; readonly usage: Usage }
  /** What came is not what the protocol says. */
  | { readonly kind: 'malformed'; readonly why: string; readonly usage: Usage }
  /** No token came for too long. */
  | { readonly kind: 'stalled'; readonly why: string; readonly usage: Usage }
  /** More came than was asked for: the request was closed. */
  | { readonly kind: 'overran'; readonly why: string; readonly usage: Usage }
  | { readonly kind: 'unreachable'; readonly why: string }
  /** Key missing, wrong or without permission. */
  | { readonly kind: 'unauthorised'; readonly why: string }
  /** The request itself is not accepted (unknown model, too long). */
  | { readonly kind: 'rejected'; readonly status: number; readonly why: string }
  | { readonly kind: 'server-failed'; readonly status: number; readonly why: string }
  | { readonly kind: 'cancelled'; readonly usage: Usage };

/** Where text goes: the origin decides about consent. */
export interface Receiver {
  /** "https://api.anthropic.com" */
  readonly origin: string;
  /** It is this machine: text does not leave it by Assay. */
  readonly isLoopback: boolean;
}

export interface Provider {
  /** "openai-compatible", "anthropic", "google": the protocol. */
  readonly protocol: string;
  readonly receiver: Receiver;
  /** As the user named it. */
  readonly model: string;
  /** Price table's name of who serves it; absent: not known. */
  readonly priced?: string;
  sample(request: SampleRequest): Promise<SampleOutcome>;
}

export const NO_USAGE: Usage = { input: 0, output: 0, cached: 0, estimated: false };
