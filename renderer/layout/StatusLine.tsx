/** Cores and memory in use, what waits and why, what was taken over, the tools with their versions, the engine's state. */
import { useSession, useWindow } from '../session/react.ts';
import { valueOf } from '../store/loadable.ts';
import { memory } from '../ledger/format.ts';

export function StatusLine() {
  const session = useSession();
  const load = useWindow((state) => state.load);
  const engine = useWindow((state) => state.engine);
  const plan = useWindow((state) => valueOf(state.plan));
  const totals = useWindow((state) => state.table.totals);
  const rows = useWindow((state) => state.table.rows.length);
  const notices = useWindow((state) => state.notices.filter((notice) => !notice.dismissed).length);
  const tools = [...new Set(plan?.toolchains.flatMap((toolchain) => toolchain.tools.filter((tool) => tool.unfit === undefined).map((tool) => `${tool.id} ${tool.version}`)) ?? [])];
  const missing = plan?.toolchains.filter((toolchain) => !toolchain.ready) ?? [];
  return (
    <footer className="status-line" aria-label="Status">
      <span className={engine.state === 'ready' ? 'muted' : 'role-red'} role="status">{engine.state === 'ready' ? 'engine ready' : `engine ${engine.state}`}</span>
      {load && <span className="number">{load.coresInUse} of {load.cores} cores</span>}
      {load && <span className="number">{memory(load.memoryMb - load.memoryFreeMb)} of {memory(load.memoryMb)}</span>}
      {load && load.queued > 0 && <span className="number" title={load.waits}>{load.queued.toLocaleString('en')} queued{load.waits === undefined ? '' : `: ${load.waits}`}</span>}
      {rows > 0 && totals.cached > 0 && <span className="number">{Math.round((100 * totals.cached) / rows)} % cached</span>}
      <span className="spring" />
      {missing.length > 0 && <button type="button" className="quiet role-amber" onClick={() => { session.centre?.open('toolchains'); }}>{missing.map((toolchain) => toolchain.name).join(', ')} not installed</button>}
      {tools.length > 0 && <button type="button" className="quiet ellipsis" title={tools.join('\n')} onClick={() => { session.centre?.open('toolchains'); }}>{tools.slice(0, 5).join(' · ')}{tools.length > 5 ? ` · ${tools.length - 5} more` : ''}</button>}
      {notices > 0 && <span className="number">{notices} {notices === 1 ? 'notice' : 'notices'}</span>}
    </footer>
  );
}
