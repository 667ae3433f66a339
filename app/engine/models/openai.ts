/**
 * Chat completions as OpenAI, vLLM, SGLang, llama-server, Ollama and many others serve them: streamed, with n, seed,
 * log-probabilities and usage where the server has them. A server that does not know one of these is asked again without.
 */
import { z } from 'zod';
import { estimatedTokens, failureOf, isOverrun } from './outcome.ts';
import { receiverOf } from './receiver.ts';
import { streamJson } from './stream.ts';
import type { Provider, ReportedModel, Sample, SampleOutcome, SampleRequest, Usage } from './types.ts';

export interface OpenAiOptions {
  /** Up to and without "/chat/completions". */
  readonly base: URL;
  readonly model: string;
  readonly key?: string;
  readonly priced?: string;
  readonly silenceMs: number;
  /** OpenAI's own name of the limit; others have kept the old one. */
  readonly limitName?: 'max_tokens' | 'max_completion_tokens';
}

const Piece = z.object({ content: z.string().nullish(), refusal: z.string().nullish() });
const Event = z.object({
  model: z.string().nullish(),
  system_fingerprint: z.string().nullish(),
  error: z.unknown().optional(),
  choices: z.array(z.object({
    index: z.number().int().min(0).max(1000).default(0), delta: Piece.nullish(), message: Piece.nullish(), finish_reason: z.string().nullish(),
    logprobs: z.object({ content: z.array(z.object({ logprob: z.number() })).nullish() }).nullish(),
  })).default([]),
  usage: z.object({ prompt_tokens: z.number().nonnegative(), completion_tokens: z.number().nonnegative().default(0), prompt_tokens_details: z.object({ cached_tokens: z.number().nonnegative().nullish() }).nullish() }).nullish(),
});

interface Choice { text: string; refusal: string; finish?: string; logSum: number; logCount: number }

export function openAiProvider(options: OpenAiOptions): Provider {
  const receiver = receiverOf(options.base);
  const url = `${options.base.href.replace(/\/+$/, '')}/chat/completions`;
  /** What this server has refused to know. */
  let plain = false;
  return {
    protocol: 'openai-compatible', receiver, model: options.model, ...(options.priced === undefined ? {} : { priced: options.priced }),
    async sample(request) {
      const outcome = await ask(request, plain);
      if (outcome.kind !== 'rejected' || plain || !/logprob|seed|stream_options|unknown|unsupported|unrecognized|not supported|extra|"?\bn\b"? /i.test(outcome.why)) return outcome;
      plain = true;
      return ask(request, plain);
    },
  };

  async function ask(request: SampleRequest, isPlain: boolean): Promise<SampleOutcome> {
    const choices = new Map<number, Choice>();
    let reported: ReportedModel | undefined, told: Usage | undefined, failure: string | undefined;
    let pieces = 0;
    const body = {
      model: options.model, messages: request.messages, stream: true, temperature: request.temperature, [options.limitName ?? 'max_tokens']: request.maximumTokens,
      ...(isPlain ? {} : { stream_options: { include_usage: true }, n: request.count, logprobs: true, ...(request.seed === undefined ? {} : { seed: request.seed }) }),
    };
    const sent = JSON.stringify(body).length;
    const outcome = await streamJson({
      url, body, signal: request.signal, silenceMs: options.silenceMs, headers: options.key === undefined ? {} : { authorization: `Bearer ${options.key}` },
      onData: (data) => {
        if (data === '[DONE]') return 'done';
        const event = read(data);
        if (typeof event === 'string') return { malformed: event };
        if (event.error !== undefined && event.error !== null) { failure = errorText(event.error); return 'done'; }
        if (event.model) reported = { model: event.model, ...(event.system_fingerprint ? { build: event.system_fingerprint } : {}) };
        if (event.usage) told = { input: event.usage.prompt_tokens, output: event.usage.completion_tokens, cached: event.usage.prompt_tokens_details?.cached_tokens ?? 0, estimated: false };
        for (const one of event.choices) {
          const choice = choices.get(one.index) ?? { text: '', refusal: '', logSum: 0, logCount: 0 };
          choices.set(one.index, choice);
          const piece = one.delta ?? one.message;
          if (piece?.content) { choice.text += piece.content; pieces++; }
          if (piece?.refusal) choice.refusal += piece.refusal;
          for (const token of one.logprobs?.content ?? []) { choice.logSum += token.logprob; choice.logCount++; }
          if (one.finish_reason) choice.finish = one.finish_reason;
        }
        return isOverrun(pieces, request.maximumTokens * request.count) ? 'overran' : 'more';
      },
    });
    const written = [...choices.values()].reduce((sum, choice) => sum + Buffer.byteLength(choice.text), 0);
    const isComplete = choices.size > 0 && [...choices.values()].every((choice) => choice.finish !== undefined);
    const usage = told && isComplete ? told : { input: told?.input ?? estimatedTokens(sent), output: Math.max(told?.output ?? 0, pieces, estimatedTokens(written)), cached: 0, estimated: true };
    if (failure !== undefined) return { kind: 'server-failed', status: 200, why: `${receiver.origin}: ${failure}` };
    const failed = failureOf(outcome, { usage, isComplete, origin: receiver.origin, ...(options.key === undefined ? {} : { secret: options.key }) });
    if (failed) return failed;
    const samples = [...choices].sort((a, b) => a[0] - b[0]).map(([, choice]) => sampleOf(choice));
    const refusals = [...choices.values()].filter((choice) => choice.refusal !== '' || choice.finish === 'content_filter');
    if (refusals.length === samples.length) return { kind: 'refused', why: refusals[0]!.refusal || 'a content filter stopped the answer', usage, ...(reported ? { reported } : {}) };
    return { kind: 'answered', samples, usage, ...(reported ? { reported } : {}) };
  }
}

function sampleOf(choice: Choice): Sample {
  const finish = choice.refusal !== '' || choice.finish === 'content_filter' ? 'refusal' : choice.finish === 'stop' || choice.finish === 'length' ? choice.finish : 'other';
  return { text: choice.text, finish, ...(choice.logCount > 0 ? { logProbability: choice.logSum / choice.logCount } : {}) };
}

function read(data: string): z.infer<typeof Event> | string {
  let parsed: unknown;
  try { parsed = JSON.parse(data); } catch { return `sent no JSON: ${data.slice(0, 80)}`; }
  const event = Event.safeParse(parsed);
  return event.success ? event.data : `sent JSON of another shape: ${event.error.issues[0]?.path.join('.') ?? ''} ${event.error.issues[0]?.message ?? ''}`;
}

function errorText(error: unknown): string {
  const message = (error as { message?: unknown }).message;
  return typeof error === 'string' ? error : typeof message === 'string' ? message : 'it reports an error without words';
}
