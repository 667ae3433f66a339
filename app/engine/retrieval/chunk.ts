/** What is indexed: one function, lemma, specification or proof of the repository, as the outlines have it. */
import { sha256 } from '../ledger/canonical.ts';
import type { Plan } from '../plan.ts';
import { InputError, type Range } from '../../../toolchains/contract.ts';
import { Places } from '../../../toolchains/places.ts';

export interface Chunk {
  /** Of its obligation. */
  readonly id: string;
  readonly toolchain: string;
  readonly project: string;
  readonly file: string;
  readonly range: Range;
  readonly symbol: string;
  /** The last part of the symbol: what a call names. */
  readonly name: string;
  readonly kind: string;
  /** A proof may call it: a lemma. */
  readonly isPremise: boolean;
  /** Signature and contract; the whole text where the outline does not tell them apart. */
  readonly contract: string;
  /** The whole text, contract and body. */
  readonly text: string;
  /** Of the whole text. */
  readonly sha256: string;
}

/** Longer ones are no function that a proof could be learned from (generated tables). */
const MOST_CHUNK_CHARACTERS = 60_000;

/** Files that cannot be read are left out: what they would have said is not known. */
export async function chunksOf(plan: Plan): Promise<Chunk[]> {
  const premiseKinds = new Map(plan.units.map(({ toolchain }) => [toolchain.id, new Set(toolchain.premiseKinds ?? [])]));
  const texts = new Map<string, { readonly text: string; readonly places: Places } | undefined>();
  const chunks: Chunk[] = [];
  for (const obligation of plan.obligations) {
    const { file, range, specification, symbol, kind } = obligation;
    if (!texts.has(file)) texts.set(file, await readOrNothing(plan, file));
    const source = texts.get(file);
    if (!source) continue;
    const from = Math.min(source.places.offset(range.start), specification ? source.places.offset(specification.start) : Infinity);
    const text = source.text.slice(from, source.places.offset(range.end));
    if (text.length === 0 || text.length > MOST_CHUNK_CHARACTERS) continue;
    chunks.push({
      id: obligation.id, toolchain: obligation.toolchain, project: obligation.project, file, range, symbol, name: lastPart(symbol), kind, isPremise: premiseKinds.get(obligation.toolchain)?.has(kind) ?? false, text, sha256: sha256(text),
      contract: specification ? source.text.slice(source.places.offset(specification.start), source.places.offset(specification.end)) : text,
    });
  }
  return chunks;
}

async function readOrNothing(plan: Plan, file: string): Promise<{ text: string; places: Places } | undefined> {
  try {
    const text = (await plan.tree.read(file)).toString('utf8');
    return { text, places: new Places(text) };
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}

export function lastPart(symbol: string): string { return symbol.split(/::|\./).at(-1)!; }
