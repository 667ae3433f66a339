/** Five steps on the mixed sample. Each does one thing for real; it can be left, and taken up again, at any time. */
import { changeSettings } from '../../session/machine.ts';
import { openRepository } from '../../session/repository.ts';
import { startRun } from '../../session/run.ts';
import { stepProblem } from '../../commands/step-problem.ts';
import { useSession, useWindow } from '../../session/react.ts';
import type { Session } from '../../session/session.ts';
import type { WindowState } from '../../store/state.ts';

interface Step { readonly title: string; readonly text: string; readonly action: string; readonly can?: (state: WindowState) => boolean; readonly run: (session: Session) => void }

const isOpen = (state: WindowState): boolean => state.plan.state === 'ready';
export const GUIDE: readonly Step[] = [
  { title: 'Open', text: 'The mixed sample is a small repository with several tools in it. You get a copy of your own.', action: 'Open the mixed sample', run: (session) => { void openRepository(session, { kind: 'sample', sample: 'mixed' }); } },
  { title: 'Read the plan', text: 'It says what would be checked, what a run would execute, and what is missing. Nothing has run yet.', action: 'Show the plan', can: isOpen, run: (session) => { session.centre?.open('plan'); } },
  { title: 'Run', text: 'Each obligation gets its own verdict as soon as it stands: a shape, a word and a colour.', action: 'Run all', can: isOpen, run: (session) => { void startRun(session); } },
  { title: 'Understand a failure', text: 'The next problem is selected everywhere; the inspector says why it fails, with values and the exact command.', action: 'Go to the first problem', can: isOpen, run: (session) => { session.centre?.open('ledger'); stepProblem(session, 1); } },
  { title: 'See what it rests on', text: 'Proved is not the end: this filter shows the verdicts that rest on assumptions.', action: 'Show what rests on assumptions', can: isOpen, run: (session) => { session.centre?.open('ledger'); session.update((state) => ({ ...state, view: { ...state.view, filter: 'green assumption:any' } })); } },
];

export function Guide() {
  const session = useSession();
  const step = useWindow((state) => state.guide ?? 0);
  const now = GUIDE[step]!;
  const possible = useWindow((state) => now.can?.(state) ?? true);
  const leave = (): void => { session.update((state) => ({ ...state, guide: undefined })); void changeSettings(session, { firstRunDone: true }); };
  const go = (to: number): void => { if (to >= GUIDE.length) leave(); else session.update((state) => ({ ...state, guide: to })); };
  return (
    <section className="guide" aria-labelledby="guide-title">
      <div className="guide-head">
        <h2 id="guide-title">First steps: {now.title}</h2>
        <span className="muted number">{step + 1} of {GUIDE.length}</span>
        <button type="button" className="link" onClick={leave}>Leave the guide</button>
      </div>
      <p>{now.text}</p>
      <div className="actions">
        <button type="button" className="button primary" disabled={!possible} onClick={() => { now.run(session); go(step + 1); }}>{now.action}</button>
        {step > 0 && <button type="button" className="button" onClick={() => { go(step - 1); }}>Back</button>}
        <button type="button" className="button" onClick={() => { go(step + 1); }}>{step + 1 === GUIDE.length ? 'Done' : 'Skip'}</button>
      </div>
    </section>
  );
}
