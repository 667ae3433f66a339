/**
 * Snippets and what each takes on trust, as data (`snippets/LANGUAGE.txt`):
 *
 *     ## what it is about
 *     > kind LINE:COLUMN symbol | text
 *     source text …
 *
 * A line `> ` is one finding, in the order of files and places; none means that nothing is taken on trust. The symbol is "-" where
 * it holds for a file as a whole. `@@ name` begins another file of the snippet; findings of another file say `name:LINE:COLUMN`.
 */
export interface Snippet { readonly what: string; readonly findings: readonly string[]; readonly files: Readonly<Record<string, string>> }

/** @param main name of a snippet's first file */
export function readSnippets(text: string, main: string): Snippet[] {
  return text.split(/^## /m).slice(1).map((part) => {
    const [what = '', ...lines] = part.split('\n');
    const findings: string[] = [];
    while (lines[0]?.startsWith('> ')) findings.push(lines.shift()!.slice(2));
    while (lines.at(-1) === '') lines.pop();
    const files: Record<string, string> = {};
    let name = main;
    let body: string[] = [];
    const close = (): void => { files[name] = `${body.join('\n')}\n`; body = []; };
    for (const line of lines) if (line.startsWith('@@ ')) { close(); name = line.slice(3); } else body.push(line);
    close();
    return { what, findings, files };
  });
}
