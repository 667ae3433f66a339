/** The repository, its commit and trust; the verdicts in one strip; run and stop. */
import { GitCommitHorizontal, Search, ShieldCheck, ShieldOff } from 'lucide-react';
import { runCommand } from '../commands/registry.ts';
import { useSession, useWindow } from '../session/react.ts';
import { valueOf } from '../store/loadable.ts';
import { placeId } from './places.ts';
import { RunControls } from './RunControls.tsx';
import { VerdictStrip } from './VerdictStrip.tsx';

export function TopBar() {
  const plan = useWindow((state) => valueOf(state.plan));
  const session = useSession();
  return (
    <header id={placeId('top')} className="top-bar" tabIndex={-1} aria-label="Repository and run">
      {plan ? (
        <div className="repository">
          <strong className="repository-name" title={plan.root}>{plan.name}</strong>
          {plan.commit && (
            <span className="commit" title={plan.commit.hash}>
              <GitCommitHorizontal size={14} aria-hidden="true" />{plan.commit.branch ?? ''} <code>{plan.commit.hash.slice(0, 7)}</code>{dirtyWord(plan.commit.dirty)}
            </span>
          )}
          <button type="button" className="quiet" title="Whether code of this repository may run" onClick={() => { session.centre?.open('plan'); }}>
            {plan.trust.granted ? <ShieldCheck size={14} aria-hidden="true" /> : <ShieldOff size={14} aria-hidden="true" />}{plan.trust.granted ? 'trusted' : 'not trusted'}
          </button>
        </div>
      ) : <strong className="product">Assay</strong>}
      {plan ? <VerdictStrip /> : <div className="spring" />}
      {plan && <RunControls />}
      <button type="button" className="icon-button" aria-label="All commands" title="All commands (Ctrl+Shift+P)" onClick={() => { runCommand(session, 'view.palette'); }}><Search size={16} aria-hidden="true" /></button>
    </header>
  );
}

function dirtyWord(dirty: boolean | 'unknown'): string {
  return dirty === 'unknown' ? ', state unknown' : dirty ? ', changed' : '';
}
