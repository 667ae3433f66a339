/** Reads `assay.justify.toml` of a repository, and the texts that its signatures are of. */
import { InputError, type Obligation, type RepositoryTree } from '../../../toolchains/contract.ts';
import { contentOfObligation, failureSymbol } from './sign.ts';
import { JUSTIFY_FILE, type JustifyEntry, type JustifyFile } from './types.ts';

/** Some 4,000 entries. */
const LARGEST_BYTES = 4 * 1024 * 1024;
const LARGEST_SOURCE_BYTES = 32 * 1024 * 1024;

/** Undefined where there is none. */
export async function readJustifications(tree: RepositoryTree, obligations: readonly Obligation[]): Promise<JustifyFile | undefined> {
  if (!tree.has(JUSTIFY_FILE)) return undefined;
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(await tree.read(JUSTIFY_FILE, LARGEST_BYTES));
  } catch (error) {
    return { file: JUSTIFY_FILE, entries: [], contents: {}, problem: { line: 1, message: error instanceof InputError ? error.message : 'is not UTF-8' } };
  }
  // Most repositories have none, and the validator costs as much to load as the rest of the command.
  const { parseJustifications } = await import('./parse.ts');
  const file = parseJustifications(text);
  return { ...file, contents: await contentsOf(tree, obligations, file.entries) };
}

/** Of the obligations whose failure an entry may have signed. */
async function contentsOf(tree: RepositoryTree, obligations: readonly Obligation[], entries: readonly JustifyEntry[]): Promise<Record<string, string>> {
  const named = new Set(entries.filter((one) => one.of === 'failure').map((one) => `${one.toolchain}\n${one.symbol}`));
  return obligationContents(tree, obligations.filter((one) => named.has(`${one.toolchain}\n${failureSymbol(one)}`)));
}

/** Those whose file cannot be read are left out. */
export async function obligationContents(tree: RepositoryTree, obligations: readonly Obligation[]): Promise<Record<string, string>> {
  const texts = new Map<string, string | undefined>();
  const contents: Record<string, string> = {};
  for (const obligation of obligations) {
    if (!texts.has(obligation.file)) texts.set(obligation.file, await tree.read(obligation.file, LARGEST_SOURCE_BYTES).then((bytes) => bytes.toString('utf8'), () => undefined));
    const text = texts.get(obligation.file);
    if (text !== undefined) contents[obligation.id] = contentOfObligation(text, obligation);
  }
  return contents;
}
