/** What the next search may spend: time for all of it, and calls of the verifier. */
import { setProofBudget } from '../../session/proof.ts';
import { useSession, useWindow } from '../../session/react.ts';

const WALLS = [['30 s', 30], ['1 min', 60], ['5 min', 300], ['15 min', 900], ['1 h', 3_600], ['8 h', 28_800]] as const;

export function Budget({ disabled }: { readonly disabled: boolean }) {
  const session = useSession();
  const budget = useWindow((state) => state.proofBudget);
  const calls = (text: string): void => {
    const count = Math.floor(Number(text));
    setProofBudget(session, { wallSeconds: budget.wallSeconds, ...(text !== '' && count >= 1 && count <= 1_000_000 ? { calls: count } : {}) });
  };
  return (
    <div className="budget" role="group" aria-label="Budget of the next search">
      <label className="field-label">Time
        <select className="field" value={budget.wallSeconds} disabled={disabled} onChange={(event) => { setProofBudget(session, { ...budget, wallSeconds: Number(event.target.value) }); }}>
          {WALLS.map(([words, seconds]) => <option key={seconds} value={seconds}>{words}</option>)}
        </select>
      </label>
      <label className="field-label">Verifier calls
        <input type="number" className="field calls-field" min={1} max={1_000_000} placeholder="no limit" value={budget.calls ?? ''} disabled={disabled} onChange={(event) => { calls(event.target.value); }} />
      </label>
    </div>
  );
}
