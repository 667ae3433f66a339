/** Anthropic's messages over their HTTP interface, streamed. One answer a request. */
import { z } from 'zod';
import { estimatedTokens, failureOf, isOverrun } from './outcome.ts';
import { receiverOf } from './receiver.ts';
import { streamJson } from './stream.ts';
import type { Provider, ReportedModel, SampleOutcome, SampleRequest } from './types.ts';

export interface AnthropicOptions { readonly base: URL; readonly model: string; readonly key?: string; readonly silenceMs: number }

/** The interface's version, which they keep. */
const VERSION = '2023-06-01';

const Tokens = z.object({ input_tokens: z.number().nonnegative().nullish(), output_tokens: z.number().nonnegative().nullish(), cache_read_input_tokens: z.number().nonnegative().nullish(), cache_creation_input_tokens: z.number().nonnegative().nullish() });
const Event = z.object({
  type: z.string(),
  message: z.object({ model: z.string().nullish(), usage: Tokens.nullish() }).nullish(),
  delta: z.object({ type: z.string().nullish(), text: z.string().nullish(), stop_reason: z.string().nullish() }).nullish(),
  usage: Tokens.nullish(),
  error: z.object({ type: z.string().nullish(), message: z.string().nullish() }).nullish(),
});

export function anthropicProvider(options: AnthropicOptions): Provider {
  const receiver = receiverOf(options.base);
  return { protocol: 'anthropic', receiver, model: options.model, priced: 'anthropic', sample };

  async function sample(request: SampleRequest): Promise<SampleOutcome> {
    let text = '', finish: string | undefined, reported: ReportedModel | undefined, failure: { type?: string | null; message?: string | null } | undefined;
    let input: number | undefined, output: number | undefined, cached = 0, pieces = 0, isComplete = false;
    const system = request.messages.filter((message) => message.role === 'system').map((message) => message.content).join('\n\n');
    const body = {
      model: options.model, max_tokens: request.maximumTokens, stream: true, temperature: Math.min(1, request.temperature), ...(system === '' ? {} : { system }),
      messages: request.messages.filter((message) => message.role !== 'system'),
    };
    const outcome = await streamJson({
      url: `${options.base.href.replace(/\/+$/, '')}/v1/messages`, body, signal: request.signal, silenceMs: options.silenceMs,
      headers: { 'anthropic-version': VERSION, ...(options.key === undefined ? {} : { 'x-api-key': options.key }) },
      onData: (data) => {
        let parsed: unknown;
        try { parsed = JSON.parse(data); } catch { return { malformed: `sent no JSON: ${data.slice(0, 80)}` }; }
        const event = Event.safeParse(parsed);
        if (!event.success) return { malformed: `sent JSON of another shape: ${event.error.issues[0]?.path.join('.') ?? ''}` };
        const { type, message, delta, usage, error } = event.data;
        if (error) { failure = error; return 'done'; }
        if (message?.model) reported = { model: message.model };
        for (const told of [message?.usage, usage]) {
          if (told?.input_tokens != null) { cached = told.cache_read_input_tokens ?? 0; input = told.input_tokens + cached + (told.cache_creation_input_tokens ?? 0); }
          if (told?.output_tokens != null) output = told.output_tokens;
        }
        if (delta?.text) { text += delta.text; pieces++; }
        if (delta?.stop_reason) finish = delta.stop_reason;
        if (type === 'message_stop') { isComplete = true; return 'done'; }
        return isOverrun(pieces, request.maximumTokens) ? 'overran' : 'more';
      },
    });
    const usage = {
      input: input ?? estimatedTokens(JSON.stringify(body).length), output: isComplete && output !== undefined ? output : Math.max(output ?? 0, pieces, estimatedTokens(Buffer.byteLength(text))), cached,
      estimated: input === undefined || output === undefined || !isComplete,
    };
    if (failure) {
      const why = `${receiver.origin}: ${failure.message ?? failure.type ?? 'it reports an error without words'}`;
      return failure.type === 'overloaded_error' || failure.type === 'rate_limit_error' ? { kind: 'rate-limited', why } : { kind: 'server-failed', status: 200, why };
    }
    const failed = failureOf(outcome, { usage, isComplete, origin: receiver.origin, ...(options.key === undefined ? {} : { secret: options.key }) });
    if (failed) return failed;
    if (finish === 'refusal') return { kind: 'refused', why: text.slice(0, 300) || 'the model refused', usage, ...(reported ? { reported } : {}) };
    return { kind: 'answered', samples: [{ text, finish: finish === 'end_turn' || finish === 'stop_sequence' ? 'stop' : finish === 'max_tokens' ? 'length' : 'other' }], usage, ...(reported ? { reported } : {}) };
  }
}
