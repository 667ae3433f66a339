/** The bar over the waves: cursors and their distance, edges, zoom, what the chosen row looks like, and export. */
import { ChevronFirst, ChevronLast, Flag, ListTree, Maximize, TriangleAlert, ZoomIn, ZoomOut } from 'lucide-react';
import { Menu } from '../../parts/Menu.tsx';
import { useSession } from '../../session/react.ts';
import type { Trace } from '../../session/trace.ts';
import type { Dump, WaveSignal } from './dump.ts';
import { saveBytes, savePicture } from '../../session/save.ts';
import { RowTools } from './Names.tsx';
import type { WaveAction, WaveState } from './state.ts';
import { whole, zoomed } from './view.ts';

interface ToolsProps {
  readonly dump: Dump;
  readonly byName: ReadonlyMap<string, WaveSignal>;
  readonly state: WaveState;
  readonly act: (action: WaveAction) => void;
  readonly trace: Trace;
  readonly failing: { readonly from: number; readonly to: number } | undefined;
  readonly tree: boolean;
  readonly toggleTree: () => void;
  readonly jump: () => void;
}

export function Tools({ dump, byName, state, act, trace, failing, tree, toggleTree, jump }: ToolsProps) {
  const session = useSession();
  const at = (time: number): string => `${time.toLocaleString('en')}${dump.unit === '' || /^1\s*s$/.test(dump.unit) ? '' : ` × ${dump.unit}`}`;
  return (
    <div className="waveform-tools" role="toolbar" aria-label="Waveform">
      <Tool label="All signals" pressed={tree} run={toggleTree}><ListTree size={14} aria-hidden="true" /></Tool>
      <Tool label="Previous change of the chosen signal (Left)" run={() => { act({ type: 'edge', direction: -1 }); }}><ChevronFirst size={14} aria-hidden="true" /></Tool>
      <Tool label="Next change of the chosen signal (Right)" run={() => { act({ type: 'edge', direction: 1 }); }}><ChevronLast size={14} aria-hidden="true" /></Tool>
      <Tool label="Zoom in (+)" run={() => { act({ type: 'view', view: zoomed(state.view, state.cursor, 0.6, dump.end) }); }}><ZoomIn size={14} aria-hidden="true" /></Tool>
      <Tool label="Zoom out (-)" run={() => { act({ type: 'view', view: zoomed(state.view, state.cursor, 1.6, dump.end) }); }}><ZoomOut size={14} aria-hidden="true" /></Tool>
      <Tool label="Show the whole trace" run={() => { act({ type: 'view', view: whole(dump.end) }); }}><Maximize size={14} aria-hidden="true" /></Tool>
      <Tool label="Set or take a marker at the cursor (m)" run={() => { act({ type: 'marker' }); }}><Flag size={14} aria-hidden="true" /></Tool>
      {failing && <Tool label="Go to the cycle that fails" run={() => { act({ type: 'cursor', time: failing.from, second: false }); }}><TriangleAlert size={14} aria-hidden="true" className="role-red" /></Tool>}
      <RowTools byName={byName} state={state} act={act} jump={jump} />
      <span className="waveform-times number" role="status">cursor {at(state.cursor)}{state.other !== undefined && `, other ${at(state.other)}, distance ${at(Math.abs(state.other - state.cursor))}`}</span>
      <Menu title="Export">{(close) => (
        <>
          <button type="button" className="link menu-line" onClick={() => { close(); void savePicture(session, document.querySelector<HTMLCanvasElement>('.wave-canvas')); }}>What is on the screen as PNG</button>
          <button type="button" className="link menu-line" onClick={() => { close(); saveBytes(trace.bytes, trace.name, 'text/plain'); }}>The trace as VCD</button>
        </>
      )}</Menu>
    </div>
  );
}

function Tool({ label, pressed, run, children }: { readonly label: string; readonly pressed?: boolean; readonly run: () => void; readonly children: React.ReactNode }) {
  return <button type="button" className="icon-button" aria-label={label} title={label} {...(pressed === undefined ? {} : { 'aria-pressed': pressed })} onClick={run}>{children}</button>;
}
