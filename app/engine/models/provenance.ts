/** Where an accepted proof is from, where a model had a part in it: enough to tell a sceptic what was asked, of whom, and what came of it. */
import { callsIn } from '../retrieval/calls.ts';
import { lastPart } from '../retrieval/chunk.ts';
import type { SynthesisCandidate } from '../../../toolchains/synthesis.ts';
import type { LentModel, ModelCall } from './lend.ts';
import type { ReportedModel } from './types.ts';

export interface Provenance {
  readonly strategy: 'drafts';
  /** As the user named it, and as the server calls itself. */
  readonly model: string;
  readonly reported?: ReportedModel;
  /** The requests of which a draft is in the proof. */
  readonly prompts: readonly Pick<ModelCall, 'promptSha256' | 'seed' | 'temperature' | 'files'>[];
  readonly premises: { readonly sent: readonly string[]; /** Those that the added text calls. */ readonly used: readonly string[] };
  /** Of everything that was asked for these goals until then, failures included. */
  readonly requests: number;
  readonly tokens: { readonly input: number; readonly output: number; readonly estimated: boolean };
  readonly usd?: number;
}

export function provenanceOf(candidate: SynthesisCandidate, model: LentModel): Provenance | undefined {
  const ids = new Set(candidate.drafts);
  const used = model.calls.filter((call) => call.drafts.some((id) => ids.has(id)));
  if (used.length === 0) return undefined;
  const goals = new Set(used.map((call) => call.goal));
  const all = model.calls.filter((call) => goals.has(call.goal));
  const sum = (of: (call: ModelCall) => number): number => all.reduce((total, call) => total + of(call), 0);
  const called = new Set(callsIn(candidate.additions.map((one) => one.text).join('\n')).map((call) => call.name));
  const sent = [...new Set(used.flatMap((call) => call.premises))];
  const reported = used.findLast((call) => call.reported)?.reported;
  return {
    strategy: 'drafts', model: model.name, ...(reported ? { reported } : {}), prompts: used.map(({ promptSha256, seed, temperature, files }) => ({ promptSha256, seed, temperature, files })),
    premises: { sent, used: sent.filter((symbol) => called.has(lastPart(symbol))) }, requests: all.length,
    tokens: { input: sum((call) => call.usage.input), output: sum((call) => call.usage.output), estimated: all.some((call) => call.usage.estimated) }, ...(model.meter.price ? { usd: sum((call) => call.usd ?? 0) } : {}),
  };
}

/** In lines, for the head of a patch. */
export function provenanceLines(provenance: Provenance): string[] {
  const { model, reported, prompts, requests, tokens, usd, premises } = provenance;
  return [
    `by the strategy drafts, model ${model}${reported ? `, which calls itself ${reported.model}${reported.build === undefined ? '' : ` (${reported.build})`}` : ''}`,
    ...prompts.map((one) => `prompt sha256 ${one.promptSha256}, seed ${one.seed}, temperature ${one.temperature}`),
    `${requests} requests, ${tokens.input} tokens in, ${tokens.output} out${tokens.estimated ? ' (partly estimated)' : ''}${usd === undefined ? '' : `, ${usd.toFixed(4)} USD`}`,
    ...(premises.used.length > 0 ? [`lemmas that were retrieved and are used: ${premises.used.join(', ')}`] : []),
  ];
}
