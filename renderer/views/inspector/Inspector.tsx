/** Everything of the one selected obligation, as sentences first and as what one copies last. */
import { X } from 'lucide-react';
import { placeId } from '../../layout/places.ts';
import { Empty, Loaded } from '../../parts/Loaded.tsx';
import { loadDetail } from '../../session/inspect.ts';
import { useSession, useWindow } from '../../session/react.ts';
import type { ObligationDetail } from '../../../app/contract.ts';
import { Actions } from './Actions.tsx';
import { Assumptions } from './Assumptions.tsx';
import { EvidencePart } from './EvidencePart.tsx';
import { GoalsPart } from './GoalsPart.tsx';
import { HistoryStrip } from './HistoryStrip.tsx';
import { Related } from './Related.tsx';
import { Values } from './Values.tsx';
import { VerdictPart } from './VerdictPart.tsx';
import { Why } from './Why.tsx';

export function Inspector() {
  const session = useSession();
  const detail = useWindow((state) => state.detail);
  const selected = useWindow((state) => state.selection.present.obligation);
  return (
    <aside id={placeId('inspector')} className="inspector" tabIndex={-1} aria-label="Inspector">
      <button type="button" className="icon-button inspector-close" aria-label="Hide the inspector" title="Hide the inspector (Ctrl+I)" onClick={() => { session.update((state) => ({ ...state, layout: { ...state.layout, inspector: false } })); }}><X size={14} aria-hidden="true" /></button>
      <div className="inspector-content" tabIndex={0} role="region" aria-label="The selected obligation" data-first-focus>
        <GoalsPart />
        <Loaded
          of={detail} what="the obligation" again={() => { if (selected !== undefined) void loadDetail(session, selected); }}
          idle={<Empty title="Nothing is selected"><p>Choose an obligation in the tree, the ledger or a lane: why it stands as it does is shown here.</p></Empty>}
        >
          {(value) => <Detail detail={value} />}
        </Loaded>
      </div>
    </aside>
  );
}

function Detail({ detail }: { readonly detail: ObligationDetail }) {
  return (
    <>
      <VerdictPart detail={detail} />
      <Actions detail={detail} />
      <Why detail={detail} />
      <Values detail={detail} />
      <Assumptions detail={detail} />
      <EvidencePart detail={detail} />
      <HistoryStrip detail={detail} />
      <Related detail={detail} />
    </>
  );
}
