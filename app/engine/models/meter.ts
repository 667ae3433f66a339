/**
 * Tokens, money and requests of a search, with stops that hold: a request is sent only where its worst case still fits, and
 * what it took is counted however it ended. Without a word of the server the count is an estimate, and says so.
 */
import { costOf, type Price } from './prices.ts';
import type { Usage } from './types.ts';

export interface ModelBudget {
  /** Input and output together. */
  readonly tokens?: number;
  /** US dollars. */
  readonly usd?: number;
  readonly requests?: number;
}

export interface Spent { readonly requests: number; readonly input: number; readonly output: number; readonly usd?: number; /** Some of it was not told by the server. */ readonly estimated: boolean }

export interface Reservation { readonly maximumTokens: number; settle(usage: Usage): void }

/** Below it no proof fits. */
const LEAST_ANSWER_TOKENS = 64;
/** Upper bound of tokens for a byte: 1, and with what servers told before, a quarter more than the most that was seen. */
const MARGIN = 1.25;

export class Meter {
  #requests = 0; #input = 0; #output = 0; #estimated = false;
  #heldTokens = 0; #heldUsd = 0;
  #tokensPerByte = 1;
  #told = false;

  /** @param price absent: not known, and then no limit in money can be held */
  constructor(readonly budget: ModelBudget, readonly price: Price | undefined) {}

  get spent(): Spent { return { requests: this.#requests, input: this.#input, output: this.#output, estimated: this.#estimated, ...(this.price ? { usd: costOf({ input: this.#input, output: this.#output }, this.price) } : {}) }; }

  /** @param bytes of the prompt. @returns why it may not be sent, or with how long an answer */
  reserve({ bytes, count, maximumTokens }: { readonly bytes: number; readonly count: number; readonly maximumTokens: number }): Reservation | string {
    const { budget, price } = this;
    if (budget.requests !== undefined && this.#requests >= budget.requests) return `the ${budget.requests} requests of the budget are used`;
    const input = Math.ceil(bytes * this.#tokensPerByte);
    let fits = maximumTokens;
    if (budget.tokens !== undefined) fits = Math.min(fits, Math.floor((budget.tokens - this.#input - this.#output - this.#heldTokens - input) / count));
    if (budget.usd !== undefined) {
      if (!price) return 'what this model costs is not known, so that no limit in money can be held; tell it with --price in=…,out=…';
      const left = budget.usd - costOf({ input: this.#input, output: this.#output }, price) - this.#heldUsd - costOf({ input, output: 0 }, price);
      if (left < 0) fits = 0;
      else if (price.output > 0) fits = Math.min(fits, Math.floor((left * 1_000_000) / price.output / count));
    }
    if (fits < Math.min(LEAST_ANSWER_TOKENS, maximumTokens)) return budget.tokens !== undefined && budget.tokens - this.#input - this.#output - input < LEAST_ANSWER_TOKENS * count ? 'the tokens of the budget are used' : 'the money of the budget is used';
    this.#requests++;
    const held = { tokens: input + fits * count, usd: price ? costOf({ input, output: fits * count }, price) : 0 };
    this.#heldTokens += held.tokens;
    this.#heldUsd += held.usd;
    let settled = false;
    return {
      maximumTokens: fits,
      settle: (usage) => {
        if (settled) return;
        settled = true;
        this.#heldTokens -= held.tokens;
        this.#heldUsd -= held.usd;
        this.#input += usage.input;
        this.#output += usage.output;
        this.#estimated ||= usage.estimated;
        if (usage.estimated || usage.input === 0 || bytes === 0) return;
        const seen = Math.min(1, (usage.input / bytes) * MARGIN);
        this.#tokensPerByte = this.#told ? Math.max(this.#tokensPerByte, seen) : seen;
        this.#told = true;
      },
    };
  }
}
