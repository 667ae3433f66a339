/**
 * A model as a search gets it. Here is decided what may leave (consent, ignore lists), what may be spent (the meter), when a
 * failure is worth another try, and everything that was asked is recorded: prompt by hash, what was in it, what it cost.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Draft, DraftAnswer, DraftRequest, ModelAccess, Premise } from '../../../toolchains/synthesis.ts';
import type { Obligation } from '../../../toolchains/contract.ts';
import { sha256 } from '../ledger/canonical.ts';
import type { Plan } from '../plan.ts';
import { chunksOf, lastPart } from '../retrieval/chunk.ts';
import { RetrievalIndex } from '../retrieval/index.ts';
import type { Consents } from '../trust/consent.ts';
import type { Connection } from './connect.ts';
import { Meter, type ModelBudget } from './meter.ts';
import { costOf } from './prices.ts';
import { Sendable } from './sendable.ts';
import { NO_USAGE, type Message, type ReportedModel, type SampleOutcome, type Usage } from './types.ts';

/** One request, however it ended. */
export interface ModelCall {
  readonly goal: string;
  readonly outcome: SampleOutcome['kind'];
  readonly why?: string;
  /** Of the messages as JSON, as they were sent. */
  readonly promptSha256: string;
  readonly promptBytes: number;
  /** What of the repository was in it. */
  readonly files: readonly string[];
  readonly premises: readonly string[];
  readonly seed: number;
  readonly temperature: number;
  readonly asked: number;
  readonly usage: Usage;
  readonly usd?: number;
  readonly reported?: ReportedModel;
  readonly seconds: number;
  /** Ids of the drafts that it gave. */
  readonly drafts: readonly string[];
}

/** Asked before the first text of a repository goes to a receiver that is not this machine. `text` is what would be sent, whole. */
export type Agree = (question: { readonly origin: string; readonly model: string; readonly text: string }) => Promise<boolean>;

export interface LendOptions {
  readonly connection: Connection;
  readonly budget: ModelBudget;
  readonly plan: Plan;
  /** As the user knows it: consent is kept for it. */
  readonly root: string;
  readonly consents: Consents;
  readonly agree: Agree;
  readonly secondsLeft: () => number;
  /** Added to the seed of each request. */
  readonly seed?: number;
}

const TRIES = 4, FIRST_PAUSE_SECONDS = 2;

export class LentModel implements ModelAccess {
  readonly name: string;
  readonly meter: Meter;
  readonly calls: ModelCall[] = [];
  readonly #sendable: Sendable;
  #index: Promise<RetrievalIndex> | undefined;
  #agreed: Promise<boolean> | undefined;

  constructor(private readonly options: LendOptions) {
    const { provider, price } = options.connection;
    this.name = `${provider.model} at ${provider.receiver.origin}`;
    this.meter = new Meter(options.budget, price);
    this.#sendable = new Sendable(options.root);
  }

  async premises(goal: Obligation, text: string, most: number): Promise<readonly Premise[]> {
    this.#index ??= chunksOf(this.options.plan).then((chunks) => new RetrievalIndex(chunks.filter((chunk) => this.#sendable.whyNot(chunk.file) === undefined)));
    const found = (await this.#index).find({ text, only: 'premises', from: { toolchain: goal.toolchain, project: goal.project, file: goal.file, range: goal.range, name: lastPart(goal.symbol) } }, most);
    return found.map(({ chunk }) => ({ symbol: chunk.symbol, file: chunk.file, contract: chunk.contract, isCallable: chunk.project === goal.project }));
  }

  async draft(request: DraftRequest): Promise<DraftAnswer> {
    const { provider } = this.options.connection;
    for (const file of new Set([...request.files, ...request.premises.map((one) => one.file)])) {
      const why = this.#sendable.whyNot(file);
      if (why !== undefined) return { kind: 'over', why: `${file} is not sent: ${why}` };
    }
    const messages: Message[] = [{ role: 'system', content: request.instructions }, ...request.turns.map(({ role, text }) => ({ role, content: text }))];
    if (!await this.#mayLeave(messages)) return { kind: 'over', why: `nothing was sent: there is no consent to send text of this repository to ${provider.receiver.origin}; pass --consent after reading what would be sent` };
    for (let attempt = 1; ; attempt++) {
      if (request.signal.aborted) return { kind: 'nothing', why: 'the search has ended' };
      const outcome = await this.#send(request, messages);
      if (typeof outcome === 'string') return { kind: 'over', why: outcome };
      const { sampled, drafts } = outcome;
      switch (sampled.kind) {
        case 'answered': return drafts.length > 0 ? { kind: 'drafts', drafts } : { kind: 'nothing', why: `${this.name} gave no text` };
        case 'rate-limited': case 'server-failed': {
          const pause = (sampled.kind === 'rate-limited' ? sampled.retryAfterSeconds : undefined) ?? FIRST_PAUSE_SECONDS * 4 ** (attempt - 1);
          if (attempt >= TRIES) return { kind: 'over', why: sampled.why };
          if (pause > this.options.secondsLeft()) return { kind: 'over', why: `${sampled.why}; it wants ${Math.ceil(pause)} s, which are not left` };
          await sleep(pause * 1000, undefined, { signal: request.signal }).catch(() => undefined);
          continue;
        }
        case 'cut': case 'malformed': case 'stalled': case 'overran': case 'refused': return { kind: 'nothing', why: sampled.why };
        case 'unreachable': case 'unauthorised': case 'rejected': return { kind: 'over', why: sampled.why };
        case 'cancelled': return { kind: 'nothing', why: 'the search has ended' };
      }
    }
  }

  async #send(request: DraftRequest, messages: readonly Message[]): Promise<{ readonly sampled: SampleOutcome; readonly drafts: readonly Draft[] } | string> {
    const { connection } = this.options;
    const prompt = JSON.stringify(messages), bytes = Buffer.byteLength(prompt);
    const reserved = this.meter.reserve({ bytes, count: request.count, maximumTokens: request.maximumTokens });
    if (typeof reserved === 'string') return reserved;
    const started = performance.now(), seed = request.seed + (this.options.seed ?? 0);
    let usage: Usage = NO_USAGE;
    try {
      const sampled = await connection.provider.sample({ messages, count: request.count, temperature: request.temperature, seed, maximumTokens: reserved.maximumTokens, signal: request.signal });
      if ('usage' in sampled) usage = sampled.usage;
      const call = this.calls.length + 1;
      const drafts = sampled.kind !== 'answered' ? [] : sampled.samples.flatMap((sample, index): Draft[] => (sample.text.trim() === '' || sample.finish === 'refusal' ? [] : [{ id: `${call}.${index + 1}`, text: sample.text, ...(sample.logProbability === undefined ? {} : { logProbability: sample.logProbability }) }]));
      this.calls.push({
        goal: request.goal, outcome: sampled.kind, ...('why' in sampled ? { why: sampled.why } : {}), promptSha256: sha256(prompt), promptBytes: bytes, files: request.files, premises: request.premises.map((one) => one.symbol),
        seed, temperature: request.temperature, asked: request.count, usage, ...(connection.price ? { usd: costOf(usage, connection.price) } : {}), ...('reported' in sampled && sampled.reported ? { reported: sampled.reported } : {}),
        seconds: (performance.now() - started) / 1000, drafts: drafts.map((one) => one.id),
      });
      return { sampled, drafts };
    } finally { reserved.settle(usage); }
  }

  /** Asked at most once a search, and not again where it was agreed before. */
  async #mayLeave(messages: readonly Message[]): Promise<boolean> {
    const { connection: { provider }, consents, root, agree } = this.options;
    const { receiver, model } = provider;
    if (receiver.isLoopback || consents.has(root, receiver.origin)) return true;
    this.#agreed ??= agree({ origin: receiver.origin, model, text: messages.map((message) => `[${message.role}]\n${message.content}`).join('\n\n') }).then((yes) => { if (yes) consents.add(root, receiver.origin); return yes; });
    return this.#agreed;
  }
}
