import { X } from 'lucide-react';
import { shortDate } from '../../ledger/format.ts';
import { Loaded } from '../../parts/Loaded.tsx';
import { forget, loadRecent, openRepository } from '../../session/repository.ts';
import { useSession, useWindow } from '../../session/react.ts';

export function RecentList() {
  const session = useSession();
  const recent = useWindow((state) => state.recent);
  return (
    <section aria-labelledby="recent-title">
      <h2 id="recent-title">Recent</h2>
      <Loaded of={recent} what="recent repositories" again={() => { void loadRecent(session); }}>
        {({ repositories }) => repositories.length === 0 ? <p className="muted">Repositories that you open are listed here.</p> : (
          <ul className="plain">
            {repositories.map((repository) => (
              <li key={repository.path} className="recent">
                <button type="button" className="recent-open" disabled={!repository.exists} onClick={() => { void openRepository(session, { kind: 'path', path: repository.path }); }} title={repository.path}>
                  <span className="recent-name">{repository.name}</span>
                  <span className="muted ellipsis">{repository.exists ? repository.path : `${repository.path} is not there any more`}</span>
                  <span className="muted number">{shortDate(repository.openedAt)}</span>
                </button>
                <button type="button" className="icon-button" aria-label={`Forget ${repository.name}`} title="Take it off this list" onClick={() => { void forget(session, repository.path); }}><X size={14} aria-hidden="true" /></button>
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </section>
  );
}
