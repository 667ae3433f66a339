/** All signals of the dump by scope, to search and to put on the screen; ten thousand are a list of those in sight. */
import { useMemo, useState } from 'react';
import { VirtualList } from '../../parts/VirtualList.tsx';
import { nameOf, type Dump } from './dump.ts';

interface Line { readonly scope: boolean; readonly name: string; readonly label: string; readonly depth: number; readonly width: number; readonly signals: number }

export function SignalTree({ dump, add }: { readonly dump: Dump; readonly add: (names: readonly string[]) => void }) {
  const [text, setText] = useState('');
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const lines = useMemo(() => (text.trim() === '' ? treeLines(dump, closed) : foundLines(dump, text)), [dump, closed, text]);
  const choose = (line: Line): void => {
    if (!line.scope) { add([line.name]); return; }
    setClosed((before) => { const next = new Set(before); if (!next.delete(line.name)) next.add(line.name); return next; });
  };
  return (
    <div className="wave-tree">
      <input type="search" value={text} placeholder={`Search ${dump.signals.length.toLocaleString('en')} signals`} aria-label="Search signals" onChange={(event) => { setText(event.target.value); }} />
      <VirtualList label="Signals of the trace" items={lines} choose={choose}>
        {(line) => (
          <span className="wave-line" style={{ paddingLeft: line.depth * 12 }}>
            <span className={`code ellipsis ${line.scope ? 'wave-scope' : ''}`}>{line.scope ? `${closed.has(line.name) ? '▸' : '▾'} ` : ''}{line.label}</span>
            <span className="muted number">{line.scope ? line.signals : line.width > 1 ? line.width : ''}</span>
          </span>
        )}
      </VirtualList>
    </div>
  );
}

function foundLines(dump: Dump, text: string): Line[] {
  const words = text.toLowerCase().split(/\s+/).filter((word) => word !== '');
  return dump.signals.filter((signal) => { const name = nameOf(signal).toLowerCase(); return words.every((word) => name.includes(word)); })
    .map((signal) => ({ scope: false, name: nameOf(signal), label: nameOf(signal), depth: 0, width: signal.width, signals: 0 }));
}

/** Scopes in the order of the dump, each before its signals; the signals of one scope stand together in a dump. */
function treeLines(dump: Dump, closed: ReadonlySet<string>): Line[] {
  const counts = new Map<string, number>();
  for (const { path } of dump.signals) for (let depth = 1; depth < path.length; depth++) { const scope = path.slice(0, depth).join('.'); counts.set(scope, (counts.get(scope) ?? 0) + 1); }
  const lines: Line[] = [];
  const seen = new Set<string>();
  for (const signal of dump.signals) {
    let hidden = false;
    for (let depth = 1; depth < signal.path.length && !hidden; depth++) {
      const scope = signal.path.slice(0, depth).join('.');
      if (!seen.has(scope)) { seen.add(scope); lines.push({ scope: true, name: scope, label: signal.path[depth - 1]!, depth: depth - 1, width: 0, signals: counts.get(scope)! }); }
      hidden = closed.has(scope);
    }
    if (!hidden) lines.push({ scope: false, name: nameOf(signal), label: signal.path.at(-1)!, depth: signal.path.length - 1, width: signal.width, signals: 0 });
  }
  return lines;
}
