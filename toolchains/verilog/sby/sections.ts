/** Sorts the expanded lines of an .sby into its sections. Comments are kept in [file …] sections only. */
import type { SbyLine, SbyProblem } from './expand.ts';

export interface Sections {
  readonly options: readonly SbyLine[];
  readonly engines: readonly SbyLine[];
  readonly script: readonly SbyLine[];
  readonly files: readonly SbyLine[];
  /** Inline files: name, first line of the content, text. */
  readonly inline: readonly { readonly name: string; readonly line: number; readonly text: string }[];
  readonly problems: readonly SbyProblem[];
}

type Named = 'options' | 'engines' | 'script' | 'files';
const SECTIONS: ReadonlySet<string> = new Set(['options', 'engines', 'script', 'files']);
/** Sections of newer versions that do not change what is checked. */
const IGNORED: ReadonlySet<string> = new Set(['cancelledby', 'setup', 'stage']);

export function sortSections(lines: readonly SbyLine[]): Sections {
  const found: Record<Named, SbyLine[]> = { options: [], engines: [], script: [], files: [] };
  const inline: { name: string; line: number; text: string[] }[] = [];
  const problems: SbyProblem[] = [];
  let current: SbyLine[] | undefined;
  let file: (typeof inline)[number] | undefined;
  let ignored = false;
  for (const line of lines) {
    const header = /^\[\s*(\S+)(?:\s+([^\]]*?))?\s*\]\s*(#.*)?$/.exec(line.text);
    if (header) {
      const [, section, argument] = header as unknown as [string, string, string | undefined];
      current = undefined; file = undefined; ignored = false;
      if (section === 'file') {
        if (!argument) problems.push({ line: line.line, message: '[file] needs a name' });
        file = { name: argument ?? 'unnamed', line: line.line + 1, text: [] };
        inline.push(file);
      } else if (SECTIONS.has(section)) current = found[section as Named];
      else if (IGNORED.has(section)) ignored = true;
      else problems.push({ line: line.line, message: `unknown section [${section}]` });
      continue;
    }
    if (file) { file.text.push(line.text); continue; }
    if (ignored || /^\s*(#|$)/.test(line.text)) continue;
    if (!current) { problems.push({ line: line.line, message: `"${line.text.trim()}" stands in no section` }); continue; }
    current.push(line);
  }
  return { ...found, problems, inline: inline.map(one => ({ name: one.name, line: one.line, text: `${one.text.join('\n')}\n` })) };
}
