/** Errors and warnings of the tools and of reading the repository, errors first. */
import { CircleX, Info, TriangleAlert } from 'lucide-react';
import type { ProblemRow } from '../../../app/contract.ts';
import { Empty, Loaded } from '../../parts/Loaded.tsx';
import { VirtualList } from '../../parts/VirtualList.tsx';
import { openPlace } from '../../session/files.ts';
import { selectObligation } from '../../session/inspect.ts';
import { loadProblems } from '../../session/run.ts';
import { useSession, useWindow } from '../../session/react.ts';

export function ProblemsView() {
  const session = useSession();
  const problems = useWindow((state) => state.problems);
  const choose = (problem: ProblemRow): void => {
    if (problem.obligation !== undefined) selectObligation(session, problem.obligation);
    if (problem.file !== undefined) { if (problem.obligation === undefined) openPlace(session, problem.file, problem.range?.start.line); else session.centre?.openFile(problem.file, problem.range?.start.line); }
  };
  return (
    <Loaded of={problems} what="problems" again={() => { void loadProblems(session); }} idle={<Empty title="No repository is open" />}>
      {(found) => found.problems.length === 0 ? <Empty title="No problem is known"><p>Errors and warnings of the tools are listed here after a run.</p></Empty> : (
        <div className="problems">
          <VirtualList label="Problems" items={found.problems} choose={choose}>{(problem) => <Line problem={problem} />}</VirtualList>
          {found.total > found.problems.length && <p className="muted">The first {found.problems.length.toLocaleString('en')} of {found.total.toLocaleString('en')}.</p>}
        </div>
      )}
    </Loaded>
  );
}

function Line({ problem }: { readonly problem: ProblemRow }) {
  const Icon = problem.severity === 'error' ? CircleX : problem.severity === 'warning' ? TriangleAlert : Info;
  const role = problem.severity === 'error' ? 'role-red' : problem.severity === 'warning' ? 'role-amber' : 'role-blue';
  return (
    <>
      <Icon size={14} className={role} aria-hidden="true" /><span className="unseen">{problem.severity}</span>
      <span className="ellipsis problem-message" title={problem.message}>{problem.message.split('\n')[0]}</span>
      <span className="muted code ellipsis problem-place">{problem.symbol !== undefined && `${problem.symbol} `}{problem.file}{problem.range && `:${problem.range.start.line}`}</span>
    </>
  );
}
