/** Filters by name. */
import { useState, type FormEvent } from 'react';
import { X } from 'lucide-react';
import { setFilter } from '../../ledger/table-view.ts';
import { Menu } from '../../parts/Menu.tsx';
import { useSession, useWindow } from '../../session/react.ts';

export function SavedFilters() {
  const session = useSession();
  const saved = useWindow((state) => state.view.saved);
  const filter = useWindow((state) => state.view.filter);
  const [name, setName] = useState('');
  const save = (event: FormEvent): void => {
    event.preventDefault();
    const given = name.trim();
    if (given === '' || filter === '') return;
    session.update((state) => ({ ...state, view: { ...state.view, saved: [...state.view.saved.filter((one) => one.name !== given), { name: given, filter }] } }));
    setName('');
  };
  const drop = (dropped: string): void => { session.update((state) => ({ ...state, view: { ...state.view, saved: state.view.saved.filter((one) => one.name !== dropped) } })); };
  return (
    <Menu title="Saved" label="Saved filters">
      {(close) => (
        <>
          {saved.length === 0 && <p className="muted menu-line">None yet: type a filter, then name it here.</p>}
          {saved.map((one) => (
            <div key={one.name} className="menu-line">
              <button type="button" className="link" title={one.filter} onClick={() => { session.update((state) => ({ ...state, view: setFilter(state.view, one.filter) })); close(); }}>{one.name}</button>
              <code className="muted ellipsis">{one.filter}</code>
              <button type="button" className="icon-button" aria-label={`Forget the filter ${one.name}`} onClick={() => { drop(one.name); }}><X size={12} aria-hidden="true" /></button>
            </div>
          ))}
          <form className="menu-line" onSubmit={save}>
            <input className="field" value={name} onChange={(event) => { setName(event.target.value); }} placeholder="Name of this filter" aria-label="Name of this filter" disabled={filter === ''} />
            <button type="submit" className="button" disabled={filter === '' || name.trim() === ''}>Save</button>
          </form>
        </>
      )}
    </Menu>
  );
}
