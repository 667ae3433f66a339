/** Paths that an .sby names in [files], whatever the task: for finding the root of the repository that it belongs to. */
import { fileEntry } from './files.ts';

export function referencedFiles(content: string): readonly string[] {
  const found = new Set<string>();
  let inFiles = false;
  for (const text of content.split(/\r?\n/)) {
    if (text.startsWith('[')) { inFiles = /^\[files\]/.test(text); continue; }
    if (!inFiles || /^\s*(#|$|--)/.test(text)) continue;
    const entry = fileEntry({ line: 0, text: text.replace(/^~?[^\s:]+:(\s+|$)/, '') });
    if (entry) found.add(entry.path);
  }
  return [...found];
}
