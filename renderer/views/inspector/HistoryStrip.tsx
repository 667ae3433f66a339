/** Past runs of it, oldest left: a bar each, as high as it took long, in the colour of what it found. */
import type { ObligationDetail } from '../../../app/contract.ts';
import { duration, shortDate } from '../../ledger/format.ts';
import { roleOf } from '../../verdict/VerdictShape.tsx';

const SHOWN = 40;
const HIGH = 28, WIDE = 7;

export function HistoryStrip({ detail }: { readonly detail: ObligationDetail }) {
  const history = detail.history.slice(0, SHOWN).reverse();
  if (history.length === 0) return null;
  const longest = Math.max(0.001, ...history.map((item) => item.seconds));
  const last = history.at(-1)!;
  return (
    <section>
      <h3>History</h3>
      <svg className="history-strip" width={history.length * WIDE} height={HIGH + 2} role="img" aria-label={`${history.length} runs; the last: ${last.kind} in ${duration(last.seconds)}`}>
        {history.map((item, index) => {
          const high = Math.max(3, (item.seconds / longest) * HIGH);
          return <rect key={index} x={index * WIDE} y={HIGH - high + 1} width={WIDE - 2} height={high} className={`role-${roleOf(item.kind)} ${item.cached ? 'bar-cached' : 'bar'}`}><title>{`${shortDate(item.at)}: ${item.kind}, ${duration(item.seconds)}${item.cached ? ', cached' : ''}${item.voided === undefined ? '' : `, void: ${item.voided}`}`}</title></rect>;
        })}
      </svg>
      <details>
        <summary>As a list</summary>
        <table className="list"><tbody>{[...history].reverse().map((item, index) => <tr key={index}><td className="number">{shortDate(item.at)}</td><td className={`role-${roleOf(item.kind)}`}>{item.kind}</td><td className="number">{duration(item.seconds)}</td><td className="muted">{item.cached ? 'cached' : ''}{item.voided === undefined ? '' : ` void: ${item.voided}`}</td></tr>)}</tbody></table>
      </details>
    </section>
  );
}
