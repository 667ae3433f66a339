/** A patch as a list of lines with their numbers: what is added has a plus and a ground of its own. */
interface Line { readonly kind: 'file' | 'gap' | 'same' | 'added' | 'removed'; readonly text: string; readonly number?: number }

export function Patch({ patch }: { readonly patch: string }) {
  return (
    <div className="patch" tabIndex={0} role="region" aria-label="Difference">
      <table className="patch-lines"><tbody>{linesOf(patch).map((line, index) => (
        line.kind === 'file' ? <tr key={index} className="patch-file"><th colSpan={3} scope="rowgroup">{line.text}</th></tr>
          : line.kind === 'gap' ? <tr key={index} className="patch-gap"><td /><td /><td>…</td></tr>
            : <tr key={index} className={`patch-${line.kind}`}><td className="number muted">{line.number}</td><td className="patch-sign">{line.kind === 'added' ? <>+<span className="unseen"> added</span></> : line.kind === 'removed' ? <>−<span className="unseen"> removed</span></> : ''}</td><td className="code">{line.text}</td></tr>
      ))}</tbody></table>
    </div>
  );
}

/** Numbers are those of the new text; of a removed line the old one's. */
function linesOf(patch: string): Line[] {
  const lines: Line[] = [];
  let before = 0, after = 0;
  for (const text of patch.split('\n')) {
    const hunk = /^@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@/.exec(text);
    if (hunk) {
      [before, after] = [Number(hunk[1]), Number(hunk[2])];
      if (lines.at(-1)?.kind !== 'file' || after > 1) lines.push({ kind: 'gap', text: '' });
    } else if (text.startsWith('+++ ')) lines.push({ kind: 'file', text: text.slice(4).replace(/^b\//, '').replace(/\t.*$/, '') });
    else if (text.startsWith('--- ') || text.startsWith('\\') || text === '') continue;
    else if (text[0] === '+') lines.push({ kind: 'added', text: text.slice(1), number: after++ });
    else if (text[0] === '-') lines.push({ kind: 'removed', text: text.slice(1), number: before++ });
    else { lines.push({ kind: 'same', text: text.slice(1), number: after++ }); before += 1; }
  }
  return lines;
}
