/** What "Go to" offers for a text. Pure. */
import type { LedgerRow, TreeFileView } from '../../app/contract.ts';

export interface Target { readonly key: string; readonly type: 'file' | 'symbol' | 'obligation'; readonly text: string; readonly beside: string; readonly row?: LedgerRow }
const SHOWN = 60;

export function targetsFor(text: string, files: readonly TreeFileView[], rows: readonly LedgerRow[]): readonly Target[] {
  const sign = text[0];
  if (sign !== '@' && sign !== '#') return best(files, text, (file) => file.path).map((file) => ({ key: `file ${file.path}`, type: 'file', text: file.path, beside: file.toolchains.join(', ') }));
  const type = sign === '@' ? 'symbol' : 'obligation';
  return best(rows, text.slice(1), (row) => (type === 'symbol' ? row.symbol : `${row.symbol} ${row.sentence} ${row.file}`))
    .map((row) => ({ key: `${type} ${row.id}`, type, text: row.symbol, beside: type === 'symbol' ? `${row.file}:${row.range.start.line}` : row.sentence, row }));
}

/** Letters in order, anywhere; together and near the end of the text is better. */
function best<Item>(items: readonly Item[], wanted: string, read: (item: Item) => string): readonly Item[] {
  const letters = wanted.toLowerCase().replaceAll(' ', '');
  if (letters === '') return items.slice(0, SHOWN);
  const scored = items.map((item) => ({ item, score: score(read(item).toLowerCase(), letters) })).filter(({ score: found }) => found > 0);
  return scored.sort((a, b) => b.score - a.score).slice(0, SHOWN).map(({ item }) => item);
}

export function score(text: string, letters: string): number {
  const whole = text.lastIndexOf(letters);
  if (whole >= 0) return 1000 - Math.min(400, text.length) + (whole === 0 || /[/.\s_]/.test(text[whole - 1]!) ? 200 : 0);
  let at = -1, gaps = 0;
  for (const letter of letters) {
    const next = text.indexOf(letter, at + 1);
    if (next < 0) return 0;
    if (at >= 0) gaps += next - at - 1;
    at = next;
  }
  return Math.max(1, 500 - gaps - Math.min(200, text.length));
}
