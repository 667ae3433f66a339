/** The options of `prove` that name a model, and the question before text of a repository leaves this machine. */
import { createInterface } from 'node:readline/promises';
import { connect, readModelChoice, VENDORS, type Connection } from '../engine/models/connect.ts';
import type { Agree } from '../engine/models/lend.ts';
import { readPrice } from '../engine/models/prices.ts';
import { printable } from '../engine/repository/printable.ts';
import type { Budget } from '../engine/synthesis/budget.ts';
import { InputError } from '../../toolchains/contract.ts';
import { UsageError, type ParsedCommand } from './arguments.ts';

export const MODEL_OPTIONS = { model: { type: 'string' }, provider: { type: 'string' }, price: { type: 'string' }, 'key-variable': { type: 'string' }, consent: { type: 'boolean' } } as const;

export const MODEL_HELP = `a model, where the strategies above are not enough (nothing is sent anywhere without this):
  --model URL#NAME   of any OpenAI-compatible server: vLLM, SGLang, llama-server, Ollama, as http://127.0.0.1:8080/v1#qwen3
  --provider ${VENDORS.join('|')} --model NAME
  --key-variable V   the environment variable that holds the key; default: the vendor's own, then the system's key store
  --price in=3,out=15  US dollars for a million tokens; default: nothing on this machine, else a table of list prices
  limits where --budget names none: 1 USD, or 200,000 tokens where the price is not known; none on this machine
  --consent          yes, the text that is printed may be sent there; kept for this repository and this receiver
Files that .gitignore or .assayignore name are never sent. Nothing of this is read from a repository.`;

/** @returns undefined where no model was named */
export async function modelOf(command: ParsedCommand<keyof typeof MODEL_OPTIONS>, signal: AbortSignal): Promise<Connection | undefined> {
  const model = command.text('model'), vendor = command.text('provider'), price = command.text('price'), keyVariable = command.text('key-variable');
  if (model === undefined) {
    for (const name of ['provider', 'price', 'key-variable'] as const) if (command.text(name) !== undefined) throw new UsageError(`--${name} wants --model beside it`);
    return undefined;
  }
  const choice = readModelChoice(model, vendor);
  if (typeof choice === 'string') throw new UsageError(choice);
  const told = price === undefined ? undefined : readPrice(price);
  if (typeof told === 'string') throw new UsageError(told);
  const connection = await connect({ ...choice, ...(told ? { price: told } : {}), ...(keyVariable === undefined ? {} : { keyVariable }) }, { environment: process.env, signal });
  if (typeof connection === 'string') throw new InputError(model, connection);
  return connection;
}

/** Where the user set no limit, a server that may charge gets one. */
const DEFAULT_USD = 1, DEFAULT_TOKENS = 200_000;

export function withModelLimits(budget: Budget, { provider, price }: Connection): Budget {
  const { tokens, usd } = budget.model ?? {};
  if (provider.receiver.isLoopback || tokens !== undefined || usd !== undefined) return budget;
  return { ...budget, model: { ...budget.model, ...(price ? { usd: DEFAULT_USD } : { tokens: DEFAULT_TOKENS }) } };
}

/** Prints the exact text; then the flag decides, or a person at a terminal, and otherwise it is no. */
export function agreeOn({ consent, terminal = process.stdin.isTTY === true && process.stderr.isTTY === true }: { readonly consent: boolean; readonly terminal?: boolean }): Agree {
  return async ({ origin, model, text }) => {
    process.stderr.write(`\nThis text would be sent to ${origin} (${model}), and later more of the same repository:\n${'-'.repeat(60)}\n${text.split('\n').map(printable).join('\n')}\n${'-'.repeat(60)}\n`);
    if (consent) { process.stderr.write('Agreed by --consent.\n'); return true; }
    if (!terminal) { process.stderr.write('Not sent: there is no terminal to ask on. Pass --consent to agree.\n'); return false; }
    const asking = createInterface({ input: process.stdin, output: process.stderr });
    try { return /^y(es)?$/i.test((await asking.question(`Send text of this repository to ${origin}? [y/N] `)).trim()); } finally { asking.close(); }
  };
}
