/** Google's generateContent over its HTTP interface, streamed. */
import { z } from 'zod';
import { estimatedTokens, failureOf, isOverrun } from './outcome.ts';
import { receiverOf } from './receiver.ts';
import { streamJson } from './stream.ts';
import type { Provider, ReportedModel, Sample, SampleOutcome, SampleRequest, Usage } from './types.ts';

export interface GoogleOptions { readonly base: URL; readonly model: string; readonly key?: string; readonly silenceMs: number }

const Event = z.object({
  candidates: z.array(z.object({
    index: z.number().int().min(0).max(1000).default(0), finishReason: z.string().nullish(), avgLogprobs: z.number().nullish(),
    content: z.object({ parts: z.array(z.object({ text: z.string().nullish(), thought: z.boolean().nullish() })).nullish() }).nullish(),
  })).default([]),
  promptFeedback: z.object({ blockReason: z.string().nullish() }).nullish(),
  usageMetadata: z.object({ promptTokenCount: z.number().nonnegative().default(0), candidatesTokenCount: z.number().nonnegative().default(0), thoughtsTokenCount: z.number().nonnegative().default(0), cachedContentTokenCount: z.number().nonnegative().default(0) }).nullish(),
  modelVersion: z.string().nullish(),
  error: z.object({ message: z.string().nullish() }).nullish(),
});

const FILTERS = new Set(['SAFETY', 'RECITATION', 'BLOCKLIST', 'PROHIBITED_CONTENT', 'SPII']);

export function googleProvider(options: GoogleOptions): Provider {
  const receiver = receiverOf(options.base);
  const url = `${options.base.href.replace(/\/+$/, '')}/v1beta/models/${encodeURIComponent(options.model)}:streamGenerateContent?alt=sse`;
  return { protocol: 'google', receiver, model: options.model, priced: 'google', sample };

  async function sample(request: SampleRequest): Promise<SampleOutcome> {
    const found = new Map<number, { text: string; finish?: string; logProbability?: number }>();
    let reported: ReportedModel | undefined, told: Usage | undefined, blocked: string | undefined, failure: string | undefined;
    let pieces = 0;
    const system = request.messages.filter((message) => message.role === 'system').map((message) => message.content).join('\n\n');
    const body = {
      ...(system === '' ? {} : { systemInstruction: { parts: [{ text: system }] } }),
      contents: request.messages.filter((message) => message.role !== 'system').map(({ role, content }) => ({ role: role === 'assistant' ? 'model' : 'user', parts: [{ text: content }] })),
      generationConfig: { temperature: request.temperature, maxOutputTokens: request.maximumTokens, ...(request.count > 1 ? { candidateCount: request.count } : {}), ...(request.seed === undefined ? {} : { seed: request.seed }) },
    };
    const outcome = await streamJson({
      url, body, signal: request.signal, silenceMs: options.silenceMs, headers: options.key === undefined ? {} : { 'x-goog-api-key': options.key },
      onData: (data) => {
        let parsed: unknown;
        try { parsed = JSON.parse(data); } catch { return { malformed: `sent no JSON: ${data.slice(0, 80)}` }; }
        const event = Event.safeParse(parsed);
        if (!event.success) return { malformed: `sent JSON of another shape: ${event.error.issues[0]?.path.join('.') ?? ''}` };
        const { candidates, promptFeedback, usageMetadata: counts, modelVersion, error } = event.data;
        if (error) { failure = error.message ?? 'it reports an error without words'; return 'done'; }
        if (modelVersion) reported = { model: modelVersion };
        if (promptFeedback?.blockReason) blocked = promptFeedback.blockReason;
        if (counts) told = { input: counts.promptTokenCount, output: counts.candidatesTokenCount + counts.thoughtsTokenCount, cached: counts.cachedContentTokenCount, estimated: false };
        for (const one of candidates) {
          const own = found.get(one.index) ?? { text: '' };
          found.set(one.index, own);
          for (const part of one.content?.parts ?? []) if (part.text && !part.thought) { own.text += part.text; pieces++; }
          if (one.finishReason) own.finish = one.finishReason;
          if (one.avgLogprobs != null) own.logProbability = one.avgLogprobs;
        }
        return isOverrun(pieces, request.maximumTokens * request.count) ? 'overran' : 'more';
      },
    });
    const written = [...found.values()].reduce((sum, one) => sum + Buffer.byteLength(one.text), 0);
    const isComplete = blocked !== undefined || (found.size > 0 && [...found.values()].every((one) => one.finish !== undefined));
    // Counts of an answer that did not end are those of its beginning.
    const usage = told && isComplete ? told : { input: told?.input ?? estimatedTokens(JSON.stringify(body).length), output: Math.max(told?.output ?? 0, pieces, estimatedTokens(written)), cached: 0, estimated: true };
    const said = reported ? { reported } : {};
    if (failure !== undefined) return { kind: 'server-failed', status: 200, why: `${receiver.origin}: ${failure}` };
    const failed = failureOf(outcome, { usage, isComplete, origin: receiver.origin, ...(options.key === undefined ? {} : { secret: options.key }) });
    if (failed) return failed;
    const filtered = [...found.values()].find((one) => FILTERS.has(one.finish ?? ''));
    if (blocked !== undefined || (filtered && found.size === 1)) return { kind: 'refused', why: `a filter stopped the answer (${blocked ?? filtered!.finish!})`, usage, ...said };
    const samples = [...found].sort((a, b) => a[0] - b[0]).map(([, one]): Sample => ({
      text: one.text, finish: one.finish === 'STOP' ? 'stop' : one.finish === 'MAX_TOKENS' ? 'length' : FILTERS.has(one.finish ?? '') ? 'refusal' : 'other', ...(one.logProbability === undefined ? {} : { logProbability: one.logProbability }),
    }));
    return { kind: 'answered', samples, usage, ...said };
  }
}
