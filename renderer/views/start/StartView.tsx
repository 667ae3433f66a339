/** Where one begins: drop, choose, recent, samples, what is installed, and the first-run guide. */
import { FolderOpen, FileArchive } from 'lucide-react';
import { loadDoctor } from '../../session/machine.ts';
import { cancelOpening, choose } from '../../session/repository.ts';
import { useSession, useWindow } from '../../session/react.ts';
import { valueOf } from '../../store/loadable.ts';
import { useEffect } from 'react';
import { Guide } from './Guide.tsx';
import { GitField } from './GitField.tsx';
import { RecentList } from './RecentList.tsx';
import { SampleList } from './SampleList.tsx';

export function StartView() {
  const session = useSession();
  const opening = useWindow((state) => state.opening);
  const can = useWindow((state) => state.info?.can);
  const guided = useWindow((state) => state.guide !== undefined);
  return (
    <div className="page start" tabIndex={-1}>
      <div className="drop-box">
        <h1>Assay</h1>
      <p className="lead">Drop a repository on this window: a folder, a file or an archive. First comes a plan; nothing runs before you say so.</p>
      {opening ? (
        <div className="opening" role="status">
          <progress aria-label="Opening" />
          <span className="ellipsis">{opening.step ?? 'opening'} {opening.detail ?? opening.what}</span>
          <button type="button" className="button" onClick={() => { cancelOpening(session); }}>Cancel</button>
        </div>
      ) : (
        <div className="actions">
          {can?.chooseFiles && <button type="button" className="button primary" data-first-focus onClick={() => { void choose(session, 'folder'); }}><FolderOpen size={14} aria-hidden="true" />Open folder…</button>}
          {can?.chooseFiles && <button type="button" className="button" onClick={() => { void choose(session, 'file'); }}><FileArchive size={14} aria-hidden="true" />Open file or archive…</button>}
          <GitField canClone={can?.git === true} />
        </div>
      )}
      </div>
      {guided && <Guide />}
      <div className="start-columns">
        <RecentList />
        <SampleList />
      </div>
      <ToolsLine />
    </div>
  );
}

function ToolsLine() {
  const session = useSession();
  const doctor = useWindow((state) => state.doctor);
  useEffect(() => { if (session.get().doctor.state === 'idle') void loadDoctor(session); }, [session]);
  const view = valueOf(doctor);
  const ready = view?.toolchains.filter((toolchain) => toolchain.ready).map((toolchain) => toolchain.name) ?? [];
  const missing = view?.toolchains.filter((toolchain) => !toolchain.ready).map((toolchain) => toolchain.name) ?? [];
  return (
    <p className="tools-line">
      {view ? <>Ready: {ready.join(', ') || 'nothing'}{missing.length > 0 && <>. Missing: {missing.join(', ')}</>}. </> : <span className="muted">Looking for tools… </span>}
      <button type="button" className="link" onClick={() => { session.centre?.open('toolchains'); }}>Toolchains</button>
    </p>
  );
}
