/** Go to a file by its name, to a symbol with "@", to an obligation with "#". */
import { Command as List } from 'cmdk';
import { useEffect, useMemo, useState } from 'react';
import { loadFiles, openPlace } from '../session/files.ts';
import { selectObligation } from '../session/inspect.ts';
import { useSession, useWindow } from '../session/react.ts';
import { valueOf } from '../store/loadable.ts';
import { VerdictShape } from '../verdict/VerdictShape.tsx';
import { targetsFor, type Target } from './targets.ts';
import { Overlay } from './Overlay.tsx';

export function GoTo() {
  const session = useSession();
  const files = useWindow((state) => valueOf(state.files));
  const rows = useWindow((state) => state.table.rows);
  const [text, setText] = useState('');
  useEffect(() => { if (!files) void loadFiles(session); }, [session, files]);
  const targets = useMemo(() => targetsFor(text, files ?? [], rows), [text, files, rows]);
  const choose = (target: Target): void => {
    session.update((state) => ({ ...state, overlay: 'none' }));
    if (target.row) {
      selectObligation(session, target.row.id);
      if (target.type === 'symbol') session.centre?.openFile(target.row.file, target.row.range.start.line);
    } else openPlace(session, target.text);
  };
  return (
    <Overlay label="Go to" className="palette">
      <List label="Go to" shouldFilter={false} loop>
        <List.Input autoFocus value={text} onValueChange={setText} placeholder="File name, @symbol or #obligation" className="palette-input" />
        <List.List className="palette-list" label="Found">
          {targets.length === 0 && <p className="empty">{files ? 'Nothing of that name' : 'Reading the list of files…'}</p>}
          {targets.map((target) => (
            <List.Item key={target.key} value={target.key} onSelect={() => { choose(target); }} className="palette-item">
              {target.row && <VerdictShape kind={target.row.verdict.kind} assumptions={target.row.assumptions.length} />}
              <code>{target.text}</code><span className="muted ellipsis">{target.beside}</span>
            </List.Item>
          ))}
        </List.List>
      </List>
    </Overlay>
  );
}
