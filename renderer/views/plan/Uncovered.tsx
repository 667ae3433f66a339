import type { PlanView } from '../../../app/contract.ts';
import { openPlace } from '../../session/files.ts';
import { useSession } from '../../session/react.ts';
import { useState } from 'react';

const SHOWN = 50;

export function Uncovered({ plan }: { readonly plan: PlanView }) {
  const session = useSession();
  const [all, setAll] = useState(false);
  if (plan.uncoveredCount === 0 && plan.other.length === 0) return null;
  const shown = all ? plan.uncovered : plan.uncovered.slice(0, SHOWN);
  return (
    <section>
      <h2>Not covered</h2>
      {plan.uncoveredCount === 0 ? <p className="muted">Every source file has a tool.</p> : (
        <ul className="plain">{shown.map((one, index) => (
          <li key={index} className="plan-line"><button type="button" className="link code" onClick={() => { openPlace(session, one.file); }}>{one.file}{one.symbol === undefined ? '' : ` ${one.symbol}`}</button> <span className="muted">{one.why}</span></li>
        ))}</ul>
      )}
      {shown.length < plan.uncovered.length && <button type="button" className="link" onClick={() => { setAll(true); }}>Show {(plan.uncovered.length - shown.length).toLocaleString('en')} more</button>}
      {plan.uncoveredCount > plan.uncovered.length && all && <p className="muted">{(plan.uncoveredCount - plan.uncovered.length).toLocaleString('en')} further files are not listed here; `assay plan` lists all.</p>}
      {plan.other.length > 0 && <p className="muted">Other files: {plan.other.map(({ ending, count }) => `${count.toLocaleString('en')} ${ending === '' ? 'without an ending' : ending}`).join(', ')}</p>}
    </section>
  );
}
