/** The rows' names with their values at the cursor. A row is dragged, or moved with Alt and an arrow. */
import { useState } from 'react';
import { ArrowUpRight, Waves as Analogue, X } from 'lucide-react';
import { valueAt, type Dump, type WaveSignal } from './dump.ts';
import type { WaveAction, WaveState } from './state.ts';
import { RADICES, shown, type Radix } from './values.ts';
import { AXIS_PIXELS, ROW_PIXELS } from './view.ts';

interface NamesProps {
  readonly dump: Dump;
  readonly byName: ReadonlyMap<string, WaveSignal>;
  readonly state: WaveState;
  readonly act: (action: WaveAction) => void;
  readonly jump: (row: number) => void;
  readonly scroll: { readonly top: number; readonly height: number };
}

export function Names({ byName, state, act, jump, scroll }: NamesProps) {
  const [dragged, setDragged] = useState<number>();
  const first = Math.max(0, Math.floor(scroll.top / ROW_PIXELS) - 5), last = Math.min(state.shown.length, Math.ceil((scroll.top + scroll.height) / ROW_PIXELS) + 5);
  return (
    <div className="wave-names" role="listbox" aria-label="Signals on the screen" tabIndex={0} aria-activedescendant={state.shown.length > 0 ? `wave-row-${state.row}` : undefined} style={{ height: AXIS_PIXELS + state.shown.length * ROW_PIXELS }}>
      {state.shown.slice(first, last).map((signal, index) => {
        const row = first + index;
        const of = byName.get(signal.name);
        return (
          <div
            key={signal.name} id={`wave-row-${row}`} role="option" aria-selected={row === state.row} className={`wave-name ${row === state.row ? 'active' : ''}`} style={{ transform: `translateY(${AXIS_PIXELS + row * ROW_PIXELS}px)` }}
            draggable onDragStart={(event) => { event.dataTransfer.effectAllowed = 'move'; setDragged(row); }} onDragOver={(event) => { if (dragged !== undefined) event.preventDefault(); }}
            onDrop={(event) => { event.preventDefault(); if (dragged !== undefined) act({ type: 'move', row: dragged, to: row }); setDragged(undefined); }} onDragEnd={() => { setDragged(undefined); }}
            onClick={() => { act({ type: 'row', row }); }} onDoubleClick={() => { jump(row); }} title={signal.name}
          >
            <span className="code ellipsis">{signal.name}{of && of.width > 1 ? `[${of.width - 1}:0]` : ''}</span>
            <span className="code wave-value">{of ? shown(valueAt(of, state.cursor), signal.radix) : ''}</span>
          </div>
        );
      })}
    </div>
  );
}

/** What can be done with the row that is chosen. */
export function RowTools({ byName, state, act, jump }: Omit<NamesProps, 'scroll' | 'dump' | 'jump'> & { readonly jump: () => void }) {
  const signal = state.shown[state.row];
  const isBus = signal !== undefined && (byName.get(signal.name)?.width ?? 1) > 1;
  return (
    <>
      <label className="wave-radix"><span className="unseen">Radix of {signal?.name}</span>
        <select value={signal?.radix ?? 'hexadecimal'} disabled={!isBus} onChange={(event) => { act({ type: 'radix', row: state.row, radix: event.target.value as Radix }); }}>
          {RADICES.map((radix) => <option key={radix} value={radix}>{radix}</option>)}
        </select>
      </label>
      <button type="button" className="icon-button" aria-pressed={signal?.analogue === true} disabled={!isBus} title="Draw as a curve" aria-label="Draw as a curve" onClick={() => { act({ type: 'analogue', row: state.row }); }}><Analogue size={14} aria-hidden="true" /></button>
      <button type="button" className="icon-button" disabled={!signal} title="Go to the line that drives it (Enter)" aria-label="Go to the line that drives it" onClick={jump}><ArrowUpRight size={14} aria-hidden="true" /></button>
      <button type="button" className="icon-button" disabled={!signal} title="Take it off the screen (Delete)" aria-label="Take it off the screen" onClick={() => { act({ type: 'remove', row: state.row }); }}><X size={14} aria-hidden="true" /></button>
    </>
  );
}
