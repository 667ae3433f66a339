/** Run or stop, how far a run is, and the time left as past runs tell it. */
import { Play, Square } from 'lucide-react';
import { runCommand } from '../commands/registry.ts';
import { duration } from '../ledger/format.ts';
import { useSession, useWindow } from '../session/react.ts';
import type { Progress } from '../store/state.ts';

export function RunControls() {
  const session = useSession();
  const run = useWindow((state) => state.run);
  const progress = useWindow((state) => state.progress);
  const ready = useWindow((state) => state.engine.state === 'ready');
  const running = run?.state === 'running' || run?.state === 'cancelling';
  return (
    <div className="run-controls">
      {running && <RunProgress progress={progress} ending={run.state === 'cancelling'} />}
      {running
        ? <button type="button" className="button stop" disabled={run.state === 'cancelling'} onClick={() => { runCommand(session, 'run.stop'); }} title="Stop (Shift+F5)"><Square size={12} aria-hidden="true" />{run.state === 'cancelling' ? 'Stopping' : 'Stop'}</button>
        : <button type="button" className="button primary" disabled={!ready} onClick={() => { runCommand(session, 'run.all'); }} title="Run all (F5)"><Play size={12} aria-hidden="true" />Run</button>}
    </div>
  );
}

function RunProgress({ progress, ending }: { readonly progress: Progress | undefined; readonly ending: boolean }) {
  if (!progress) return <span className="muted">{ending ? '' : 'starting'}</span>;
  const { done, total } = progress;
  return (
    <div className="run-progress">
      <progress value={done} max={Math.max(1, total)} aria-label="Obligations decided" />
      <span className="number" title={`${progress.cached} taken over from earlier runs`}>{done.toLocaleString('en')} of {total.toLocaleString('en')}</span>
      <span className="time-left number" title={leftBasis(progress)}>{leftWords(progress)}</span>
    </div>
  );
}

function leftWords({ timeLeft, elapsedSeconds }: Progress): string {
  return timeLeft === undefined ? `${duration(Math.max(1, Math.round(elapsedSeconds)))} so far` : `about ${duration(Math.max(1, Math.round(timeLeft.seconds)))} left`;
}

function leftBasis({ timeLeft }: Progress): string {
  return timeLeft === undefined ? 'Nothing is known from earlier runs' : `From earlier runs: ${timeLeft.known} jobs known, ${timeLeft.guessed} guessed`;
}
