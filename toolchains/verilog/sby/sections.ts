/** Sorts the expanded lines of an .sby into its sections. Comments are kept in [file …] sections only. */
import type { TaskNote } from '../design.ts';
import type { SbyLine, SbyProblem } from './expand.ts';

/** `mode`: the line stands in a section of that mode alone, "[engines bmc]". */
export interface EngineLine extends SbyLine { readonly mode?: string }

export interface Sections {
  readonly options: readonly SbyLine[];
  readonly engines: readonly EngineLine[];
  readonly script: readonly SbyLine[];
  readonly files: readonly SbyLine[];
  /** Inline files: name, first line of the content, text. */
  readonly inline: readonly { readonly name: string; readonly line: number; readonly text: string }[];
  readonly problems: readonly SbyProblem[];
  readonly notes: readonly TaskNote[];
}

type Named = 'options' | 'engines' | 'script' | 'files';
const SECTIONS: ReadonlySet<string> = new Set(['options', 'engines', 'script', 'files']);
/** Sections of newer versions: sby itself does nothing with the latter two; the first stops tasks that have become idle. */
const IGNORED: Readonly<Record<string, string>> = { cancelledby: 'every task is run to its end', setup: 'it changes nothing', stage: 'it changes nothing' };

export function sortSections(lines: readonly SbyLine[]): Sections {
  const notes: TaskNote[] = [];
  const found: Record<Named, EngineLine[]> = { options: [], engines: [], script: [], files: [] };
  const inline: { name: string; line: number; text: string[] }[] = [];
  const problems: SbyProblem[] = [];
  let current: EngineLine[] | undefined;
  let mode: string | undefined;
  let file: (typeof inline)[number] | undefined;
  let ignored = false;
  for (const line of lines) {
    const header = /^\[\s*(\S+)(?:\s+([^\]]*?))?\s*\]\s*(#.*)?$/.exec(line.text);
    if (header) {
      const [, section, argument] = header as unknown as [string, string, string | undefined];
      current = undefined; file = undefined; ignored = false; mode = undefined;
      if (section === 'file') {
        if (!argument) problems.push({ line: line.line, message: '[file] needs a name' });
        file = { name: argument ?? 'unnamed', line: line.line + 1, text: [] };
        inline.push(file);
      } else if (SECTIONS.has(section)) {
        current = found[section as Named];
        if (argument && section === 'engines') mode = argument;
        else if (argument) problems.push({ line: line.line, message: `[${section}] takes no argument` });
      } else if (Object.hasOwn(IGNORED, section)) { ignored = true; notes.push({ line: line.line, message: `section [${section}]: ${IGNORED[section]}` }); }
      else problems.push({ line: line.line, message: `unknown section [${section}]` });
      continue;
    }
    if (file) { file.text.push(line.text); continue; }
    if (ignored || /^\s*(#|$)/.test(line.text)) continue;
    if (!current) { problems.push({ line: line.line, message: `"${line.text.trim()}" stands in no section` }); continue; }
    current.push(mode === undefined ? line : { ...line, mode });
  }
  return { ...found, problems, notes, inline: inline.map(one => ({ name: one.name, line: one.line, text: `${one.text.join('\n')}\n` })) };
}
