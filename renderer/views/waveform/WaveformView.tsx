/** The trace of a property: loading it, and the three parts (signals, rows, time) once it is there. */
import { useEffect, useState } from 'react';
import { Empty, Refusal } from '../../parts/Loaded.tsx';
import { useSession, useWindow } from '../../session/react.ts';
import { namesThatMatter, readTrace, type TraceAnswer } from '../../session/trace.ts';
import { valueOf } from '../../store/loadable.ts';
import { rowOf } from '../../store/rows.ts';
import { Waves } from './Waves.tsx';

/** @param obligation its id */
export function WaveformView({ obligation }: { readonly obligation: string }) {
  const session = useSession();
  const ready = useWindow((state) => valueOf(state.plan)?.repository);
  // A new run has another trace.
  const evidence = useWindow((state) => rowOf(state.table, obligation)?.at);
  const hasTrace = useWindow((state) => rowOf(state.table, obligation)?.trace);
  const [answer, setAnswer] = useState<TraceAnswer>();
  const [part, setPart] = useState<{ readonly read: number; readonly of: number }>();
  const [cone, setCone] = useState<readonly string[]>([]);

  useEffect(() => {
    if (ready === undefined) return undefined;
    const abort = new AbortController();
    setPart(undefined);
    void (async () => {
      const names = await namesThatMatter(session, obligation);
      const trace = await readTrace(session, obligation, (read, of) => { setPart({ read, of }); }, abort.signal);
      if (abort.signal.aborted) return;
      setCone(names);
      setAnswer(trace);
    })();
    return () => { abort.abort(); };
  }, [session, ready, obligation, evidence]);

  if (!answer) return <p className="empty waiting" role="status">Reading the trace{part ? ` (${Math.round((100 * part.read) / Math.max(1, part.of))} %)` : ''}…</p>;
  if (answer.kind === 'refused') return <Refusal problem={answer.problem} />;
  if (answer.kind === 'none') return <Empty title="There is no trace"><p>{hasTrace === false ? 'A property has one while it is refuted, or reached where it is a cover: run it again.' : 'A property that is refuted, or a cover that is reached, has a trace after its run.'}</p></Empty>;
  return <Waves key={`${obligation} ${evidence ?? ''}`} obligation={obligation} trace={answer.trace} cone={cone} />;
}
