/** What was found and what a run would do. Nothing has run yet, and the page says so. */
import { Play } from 'lucide-react';
import { runCommand } from '../../commands/registry.ts';
import { counted, duration, memory } from '../../ledger/format.ts';
import { Empty, Loaded } from '../../parts/Loaded.tsx';
import { replan } from '../../session/repository.ts';
import { useSession, useWindow } from '../../session/react.ts';
import type { PlanView as Plan } from '../../../app/contract.ts';
import { Executes } from './Executes.tsx';
import { MissingTools } from './MissingTools.tsx';
import { Projects } from './Projects.tsx';
import { Uncovered } from './Uncovered.tsx';

export function PlanView() {
  const session = useSession();
  const plan = useWindow((state) => state.plan);
  return (
    <div className="page plan" tabIndex={-1}>
      <Loaded of={plan} what="the repository" again={() => { void replan(session, true); }} idle={<Empty title="No repository is open"><p>Drop one on the window, or take a sample from the Start page. Its plan is shown here.</p></Empty>}>
        {(value) => <PlanOf plan={value} />}
      </Loaded>
    </div>
  );
}

function PlanOf({ plan }: { readonly plan: Plan }) {
  const session = useSession();
  const run = useWindow((state) => state.run);
  if (plan.empty) return <Empty title="No tool covers anything here"><p>{plan.root} holds no file that a toolchain recognises. The Toolchains page says what each looks for.</p></Empty>;
  return (
    <>
      <h1>Plan of {plan.name}</h1>
      <p className="lead">
        {counted(plan.obligations, 'obligation')} in {counted(plan.projects.length, 'project')}, {counted(plan.units, 'unit')} of work. {run ? 'A run has been made; see the Ledger.' : 'Nothing has run yet.'}
      </p>
      <dl className="facts">
        <div><dt>Known already</dt><dd>{counted(plan.known, 'verdict')} for exactly this content, which a run takes over</dd></div>
        <div><dt>Expected</dt><dd>{plan.expected
          ? `about ${duration(Math.max(1, Math.round(plan.expected.seconds)))} on ${counted(plan.expected.cores, 'core')}, up to ${memory(plan.expected.memoryMb)}; from earlier runs on this machine (${plan.expected.known} of ${plan.expected.of} units measured)`
          : 'nothing is known yet: no unit of it has been measured on this machine'}</dd></div>
        <div><dt>Assumptions</dt><dd>{counted(plan.assumptions, 'assumption')} in the sources</dd></div>
        <div><dt>Folder</dt><dd><code>{plan.root}</code></dd></div>
      </dl>
      <div className="actions"><button type="button" className="button primary" data-first-focus onClick={() => { runCommand(session, 'run.all'); }}><Play size={12} aria-hidden="true" />Run all</button>
        <button type="button" className="button" onClick={() => { runCommand(session, 'view.ledger'); }}>Ledger</button></div>
      <MissingTools plan={plan} />
      <Executes plan={plan} />
      <Projects plan={plan} />
      {plan.diagnostics.length > 0 && (
        <section><h2>Read with problems</h2><ul className="plain">{plan.diagnostics.map((diagnostic, index) => <li key={index} className="plan-line"><span className={diagnostic.severity === 'error' ? 'role-red' : 'role-amber'}>{diagnostic.severity}</span> {diagnostic.file !== undefined && <code>{diagnostic.file}</code>} {diagnostic.message}</li>)}</ul></section>
      )}
      <Uncovered plan={plan} />
      {plan.notices.length > 0 && <section><h2>Notes</h2><ul className="plain">{plan.notices.map((notice) => <li key={notice} className="plan-line">{notice}</li>)}</ul></section>}
    </>
  );
}
