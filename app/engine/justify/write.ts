/** Entries of `assay.justify.toml` for what nobody signed yet: ready to paste, with reviewer and reason to fill in where they are not given. */
import type { Signable } from './sign.ts';
import type { Signature } from './types.ts';

export async function entriesToml(signable: readonly Signable[], signature: Signature): Promise<string> {
  const { stringify, TomlDate } = await import('smol-toml');
  return signable.map(({ of, toolchain, kind, symbol, text, sha256, file, line }) => {
    const entry = { toolchain, kind, symbol, text, sha256, reviewer: signature.reviewer, reason: signature.reason, date: new TomlDate(signature.date) };
    return `# ${JSON.stringify(`${file}:${line}`).slice(1, -1)}\n${stringify({ [of]: [entry] }).trimEnd()}\n`;
  }).join('\n');
}
