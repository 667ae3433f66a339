/** What tokens cost: what the user said, nothing for a server on this machine, else a table that comes with Assay and is asked offline. */
import type { Provider, Usage } from './types.ts';

/** US dollars for a million tokens. */
export interface Price { readonly input: number; readonly output: number; readonly from: string }

/** Reads "in=3,out=15". */
export function readPrice(text: string): Price | string {
  const match = /^in=(\d+(?:\.\d+)?),out=(\d+(?:\.\d+)?)$/.exec(text.replace(/\s/g, ''));
  return match ? { input: Number(match[1]), output: Number(match[2]), from: 'the user' } : `a price is "in=DOLLARS,out=DOLLARS" for a million tokens, not "${text}"`;
}

/** Undefined where nobody knows. */
export async function priceOf(provider: Pick<Provider, 'receiver' | 'priced' | 'model'>, told?: Price): Promise<Price | undefined> {
  if (told) return told;
  if (provider.receiver.isLoopback) return { input: 0, output: 0, from: 'a server on this machine' };
  // Large, and wanted only here.
  const { calcPrice } = await import('@pydantic/genai-prices');
  const million = 1_000_000;
  const ask = (usage: Record<string, number>): number | undefined => {
    try { return calcPrice(usage, provider.model, provider.priced === undefined ? { providerApiUrl: provider.receiver.origin } : { providerId: provider.priced })?.total_price; } catch { return undefined; }
  };
  // Far below the steps at which some long prompts get dearer.
  const small = 1000;
  const [input, output] = [ask({ input_tokens: small, output_tokens: 0 }), ask({ input_tokens: 0, output_tokens: small })];
  return input === undefined || output === undefined ? undefined : { input: (input * million) / small, output: (output * million) / small, from: 'genai-prices, list price' };
}

/** Cached input is counted as if it were not: never less than what is charged. */
export function costOf(usage: Pick<Usage, 'input' | 'output'>, price: Price): number { return (usage.input * price.input + usage.output * price.output) / 1_000_000; }
