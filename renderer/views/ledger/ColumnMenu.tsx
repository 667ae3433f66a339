import { COLUMNS } from '../../ledger/columns.ts';
import { toggleColumn } from '../../ledger/table-view.ts';
import { Menu } from '../../parts/Menu.tsx';
import { useSession, useWindow } from '../../session/react.ts';

export function ColumnMenu() {
  const session = useSession();
  const shown = useWindow((state) => state.view.columns);
  return (
    <Menu title="Columns">
      {() => COLUMNS.map((column) => (
        <label key={column.id} className="menu-line">
          <input type="checkbox" checked={shown.includes(column.id)} onChange={() => { session.update((state) => ({ ...state, view: toggleColumn(state.view, column.id) })); }} />{column.title}
        </label>
      ))}
    </Menu>
  );
}
