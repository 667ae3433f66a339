/** From what the user named to a provider with its key and its price. Nothing of a repository decides any of it. */
import { anthropicProvider } from './anthropic.ts';
import { googleProvider } from './google.ts';
import { findKey, variablesOf, type KeyAnswer } from './keys.ts';
import { openAiProvider } from './openai.ts';
import { priceOf, type Price } from './prices.ts';
import { readServer } from './receiver.ts';
import type { Provider } from './types.ts';

export const VENDORS = ['openai', 'anthropic', 'google'] as const;
export type Vendor = (typeof VENDORS)[number];

export interface ModelChoice {
  readonly vendor?: Vendor;
  /** Any server of the protocol; default: the vendor's own address. */
  readonly server?: URL;
  readonly model: string;
  readonly keyVariable?: string;
  readonly price?: Price;
}

export interface Connection { readonly provider: Provider; readonly price?: Price; /** Where the key is from; absent: none is needed, or none was found on this machine's own server. */ readonly keyFrom?: string }

const ADDRESSES: Readonly<Record<Vendor, string>> = { openai: 'https://api.openai.com/v1', anthropic: 'https://api.anthropic.com', google: 'https://generativelanguage.googleapis.com' };

/** A token a minute is no answer; a large model on a slow machine may need this long for its first. */
const SILENCE_MS = 120_000;

/** "http://127.0.0.1:8080/v1#name", or a vendor's model by name. */
export function readModelChoice(model: string, vendor: string | undefined): Pick<ModelChoice, 'vendor' | 'server' | 'model'> | string {
  const known = VENDORS.find((one) => one === vendor);
  if (vendor !== undefined && !known) return `there is no provider "${vendor}"; there are ${VENDORS.join(', ')}, and any OpenAI-compatible server by --model URL#NAME`;
  const mark = model.indexOf('#');
  const isAddress = /^[a-z]+:\/\//i.test(model);
  if (!isAddress) return known ? { vendor: known, model } : `"${model}" is no server: --model wants URL#NAME, or --provider beside it`;
  const name = mark < 0 ? '' : model.slice(mark + 1);
  if (name === '') return 'the model is named behind a #, as in http://127.0.0.1:8080/v1#qwen3';
  const server = readServer(model.slice(0, mark));
  return typeof server === 'string' ? server : { ...(known ? { vendor: known } : {}), server, model: name };
}

/** @returns the words for why not */
export async function connect(choice: ModelChoice, { environment, signal, silenceMs = SILENCE_MS, lookUp = findKey }: { environment: Readonly<Record<string, string | undefined>>; signal?: AbortSignal; silenceMs?: number; lookUp?: typeof findKey }): Promise<Connection | string> {
  const vendor = choice.vendor ?? 'openai';
  const base = choice.server ?? new URL(ADDRESSES[vendor]);
  const own = choice.keyVariable === undefined ? variablesOf(base.origin) : [choice.keyVariable];
  const found: KeyAnswer = await lookUp({ origin: base.origin, variables: own, environment, ...(signal ? { signal } : {}) });
  const isVendor = base.origin === new URL(ADDRESSES[vendor]).origin;
  if (found.kind === 'none' && (isVendor || choice.keyVariable !== undefined)) return `${found.why}; ${found.remedy}`;
  const common = { base, model: choice.model, silenceMs, ...(found.kind === 'found' ? { key: found.key } : {}) };
  const provider = vendor === 'anthropic' ? anthropicProvider(common) : vendor === 'google' ? googleProvider(common)
    : openAiProvider({ ...common, ...(isVendor ? { priced: 'openai', limitName: 'max_completion_tokens' as const } : {}) });
  const price = await priceOf(provider, choice.price);
  return { provider, ...(price ? { price } : {}), ...(found.kind === 'found' ? { keyFrom: found.from } : {}) };
}
