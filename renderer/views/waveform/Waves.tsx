/** A dump on the screen: which signals, their values at the cursor, and their waves. One reducer holds what a person chose. */
import { useCallback, useEffect, useMemo, useReducer, useState } from 'react';
import { driverOf } from '../../session/driver.ts';
import { useSession } from '../../session/react.ts';
import type { Trace } from '../../session/trace.ts';
import { readWaveKept, useKeptSignals } from './kept.ts';
import { Names } from './Names.tsx';
import { Plot } from './Plot.tsx';
import { SignalTree } from './SignalTree.tsx';
import { firstState, namesOf, reduceWave, type WaveAction, type WaveState } from './state.ts';
import { Tools } from './Tools.tsx';
import { moved, ROW_PIXELS, zoomed } from './view.ts';

interface WavesProps { readonly obligation: string; readonly trace: Trace; readonly cone: readonly string[] }

export function Waves({ obligation, trace, cone }: WavesProps) {
  const session = useSession();
  const { dump } = trace;
  const byName = useMemo(() => namesOf(dump), [dump]);
  const failing = useMemo(() => failingTimes(trace), [trace]);
  const [state, act] = useReducer((before: WaveState, action: WaveAction) => reduceWave(dump, before, action), undefined, () => firstState(dump, cone, readWaveKept(session, obligation), failing?.from));
  const [tree, setTree] = useState(true);
  const [scroll, setScroll] = useState({ top: 0, height: 400 });
  useKeptSignals(session, obligation, state.shown);

  const jump = useCallback((row: number) => { void driverOf(session, obligation, state.shown[row]?.name); }, [session, obligation, state.shown]);
  useEffect(() => { const name = state.shown[state.row]?.name; if (name !== undefined) document.getElementById(`wave-row-${state.row}`)?.scrollIntoView({ block: 'nearest' }); }, [state.row, state.shown]);

  const keys = (event: React.KeyboardEvent): void => {
    if ((event.target as HTMLElement).closest('input, select, [role="tree"], [role="listbox"], .menu')) return;
    const length = state.view.to - state.view.from;
    const actions: Record<string, () => void> = {
      ArrowDown: () => { if (event.altKey) act({ type: 'move', row: state.row, to: state.row + 1 }); else act({ type: 'row', row: state.row + 1 }); },
      ArrowUp: () => { if (event.altKey) act({ type: 'move', row: state.row, to: state.row - 1 }); else act({ type: 'row', row: state.row - 1 }); },
      ArrowRight: () => { act({ type: 'edge', direction: 1 }); }, ArrowLeft: () => { act({ type: 'edge', direction: -1 }); },
      PageDown: () => { act({ type: 'view', view: moved(state.view, length * 0.8, dump.end) }); }, PageUp: () => { act({ type: 'view', view: moved(state.view, -length * 0.8, dump.end) }); },
      '+': () => { act({ type: 'view', view: zoomed(state.view, state.cursor, 0.7, dump.end) }); }, '-': () => { act({ type: 'view', view: zoomed(state.view, state.cursor, 1.4, dump.end) }); },
      m: () => { act({ type: 'marker' }); }, Delete: () => { act({ type: 'remove', row: state.row }); }, Enter: () => { jump(state.row); },
    };
    const action = event.ctrlKey || event.metaKey ? undefined : actions[event.key];
    if (action) { event.preventDefault(); event.stopPropagation(); action(); }
  };

  const shared = { dump, byName, state, act };
  return (
    <div className="waveform" onKeyDown={keys}>
      <Tools {...shared} trace={trace} failing={failing} tree={tree} toggleTree={() => { setTree(!tree); }} jump={() => { jump(state.row); }} />
      {(dump.left !== undefined || trace.truncated) && <p className="waveform-note role-amber">{trace.truncated ? 'The trace was cut when it was kept: its end is missing.' : `Of this trace ${dump.left}.`}</p>}
      <div className="waveform-body">
        {tree && <SignalTree dump={dump} add={(names) => { act({ type: 'add', names }); }} />}
        <div className="waveform-scroll" ref={(element) => { if (element && element.clientHeight !== scroll.height && element.clientHeight > 0) setScroll({ top: element.scrollTop, height: element.clientHeight }); }} onScroll={(event) => { setScroll({ top: event.currentTarget.scrollTop, height: event.currentTarget.clientHeight }); }}>
          <Names {...shared} jump={jump} scroll={scroll} />
          <Plot {...shared} failing={failing} scroll={scroll} height={state.shown.length * ROW_PIXELS} />
        </div>
      </div>
    </div>
  );
}

/** From the beginning of the failing cycle to the beginning of the next. */
function failingTimes({ dump, failingStep }: Trace): { readonly from: number; readonly to: number } | undefined {
  if (failingStep === undefined) return undefined;
  const from = dump.steps[failingStep];
  return from === undefined ? undefined : { from, to: dump.steps[failingStep + 1] ?? dump.end };
}
