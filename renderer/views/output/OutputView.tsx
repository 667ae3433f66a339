/** A tool's output as it wrote it, lines virtualised, as text and nothing else. */
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef } from 'react';
import { bytes } from '../../ledger/format.ts';
import { Empty, Loaded } from '../../parts/Loaded.tsx';
import { copyText } from '../../session/inspect.ts';
import { useSession, useWindow } from '../../session/react.ts';
import type { OutputText } from '../../store/state.ts';
import { useRowPixels } from '../../theme/text-size.ts';

export function OutputView() {
  const output = useWindow((state) => state.output);
  return (
    <Loaded of={output} what="the output" idle={<Empty title="No output is chosen"><p>Under Evidence the inspector lists what each attempt wrote; one that you choose there is shown here as it is.</p></Empty>}>
      {(text) => <Text output={text} />}
    </Loaded>
  );
}

function Text({ output }: { readonly output: OutputText }) {
  const session = useSession();
  const root = useRef<HTMLDivElement>(null);
  const lines = useMemo(() => output.text.split('\n'), [output]);
  const rowPixels = useRowPixels(18);
  const virtual = useVirtualizer({ count: lines.length, getScrollElement: () => root.current, estimateSize: () => rowPixels, overscan: 20 });
  useEffect(() => { virtual.measure(); }, [virtual, rowPixels]);
  return (
    <div className="output">
      <div className="output-head">
        <span className="number">{output.name}, {bytes(output.total)}{output.shown < output.total && `, the first ${bytes(output.shown)} shown`}</span> <code className="muted ellipsis">{output.sha256}</code>
        <span className="spring" /><button type="button" className="link" onClick={() => { void copyText(session, output.text, output.name); }}>Copy</button>
      </div>
      {output.text === '' ? <Empty title="It wrote nothing" /> : (
        <div ref={root} className="output-text code" tabIndex={0} role="region" aria-label={`Output ${output.name}`}>
          <div className="output-inner" style={{ height: virtual.getTotalSize(), '--row': `${rowPixels}px` } as React.CSSProperties}>
            {virtual.getVirtualItems().map((line) => <div key={line.index} className="output-line" style={{ transform: `translateY(${line.start}px)` }}>{lines[line.index]}</div>)}
          </div>
        </div>
      )}
    </div>
  );
}
