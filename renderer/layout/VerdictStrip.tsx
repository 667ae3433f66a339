/** One strip for all verdicts, a part for each kind in the proportion of its count; a click filters the ledger by it. */
import { VERDICT_KINDS, type VerdictKind } from '../../app/contract.ts';
import { SUMMARY_WORDS } from '../../app/contract/verdict-words.ts';
import { setFilter } from '../ledger/table-view.ts';
import { toggleWord, wordsOf } from '../ledger/filter.ts';
import { useSession, useWindow } from '../session/react.ts';
import { roleOf, VerdictShape } from '../verdict/VerdictShape.tsx';

export function VerdictStrip() {
  const totals = useWindow((state) => state.table.totals);
  const filter = useWindow((state) => state.view.filter);
  const session = useSession();
  const words = wordsOf(filter);
  const present = VERDICT_KINDS.filter((kind) => (totals.kinds[kind] ?? 0) > 0);
  const choose = (kind: VerdictKind): void => {
    session.update((state) => ({ ...state, view: setFilter(state.view, toggleWord(state.view.filter, kind)) }));
    session.centre?.open('ledger');
  };
  return (
    <div className="verdict-strip">
      <div className="strip-bar" aria-hidden="true">
        {present.map((kind) => <span key={kind} className={`strip-part role-${roleOf(kind)}`} style={{ flexGrow: totals.kinds[kind] }} />)}
      </div>
      <div className="strip-counts" role="group" aria-label="Verdicts; each filters the ledger">
        {present.map((kind) => (
          <button key={kind} type="button" className="strip-count" aria-pressed={words.includes(kind)} title={`${totals.kinds[kind]} ${SUMMARY_WORDS[kind]}: filter the ledger`} onClick={() => { choose(kind); }}>
            <VerdictShape kind={kind} /><span className="number">{totals.kinds[kind]?.toLocaleString('en')}</span><span className="strip-word"> {SUMMARY_WORDS[kind]}</span>
          </button>
        ))}
        {totals.stale > 0 && <span className="strip-flag">{totals.stale.toLocaleString('en')} stale</span>}
      </div>
    </div>
  );
}
