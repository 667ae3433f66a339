/** One goal's race: strategies as rows, candidates as ticks, tall where they hold, low where they fell, hollow where nobody has looked yet. */
import type { ProofGoal } from '../../../app/contract.ts';

type Count = ProofGoal['strategies'][number];
/** More ticks than this stand for several candidates each. */
const MOST_TICKS = 48;
const STEP = 4, HIGH = 12;

export function RaceTable({ goal }: { readonly goal: ProofGoal }) {
  return (
    <table className="list race">
      <thead><tr><th scope="col">Strategy</th><th scope="col">Candidates</th><th scope="col" className="number">Offered</th><th scope="col" className="number">Checked</th><th scope="col" className="number">Hold</th><th scope="col" className="number">In the proof</th></tr></thead>
      <tbody>{goal.strategies.map((count) => (
        <tr key={count.strategy}>
          <th scope="row" className="code">{count.strategy}</th>
          <td><Ticks count={count} /></td>
          <td className="number">{count.offered.toLocaleString('en')}</td><td className="number">{count.checked.toLocaleString('en')}</td><td className="number">{count.holds.toLocaleString('en')}</td><td className="number">{count.used === 0 ? '' : count.used.toLocaleString('en')}</td>
        </tr>
      ))}</tbody>
    </table>
  );
}

function Ticks({ count }: { readonly count: Count }) {
  const scale = Math.min(1, MOST_TICKS / Math.max(1, count.offered));
  const shares = [['used', count.used], ['holds', Math.max(0, count.holds - count.used)], ['fell', count.checked - Math.max(count.holds, count.used)], ['unseen-yet', count.offered - count.checked]] as const;
  let at = 0;
  const ticks = shares.flatMap(([fate, number]) => Array.from({ length: number <= 0 ? 0 : Math.max(1, Math.round(number * scale)) }, () => ({ fate, x: (at++) * STEP })));
  return (
    <svg className="ticks" width={MOST_TICKS * STEP + STEP * 3} height={HIGH + 2} aria-hidden="true">
      {ticks.map(({ fate, x }) => {
        const height = fate === 'used' || fate === 'holds' ? HIGH : fate === 'fell' ? 4 : 7;
        return <rect key={x} x={x + 0.5} y={HIGH - height + 1} width={2.5} height={height} className={`tick tick-${fate}`} />;
      })}
    </svg>
  );
}
