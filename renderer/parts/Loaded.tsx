/** The states of something that is asked for: nothing yet, on its way, there, refused. One look for all views. */
import type { ReactNode } from 'react';
import { TriangleAlert } from 'lucide-react';
import type { Problem } from '../../app/contract.ts';
import { valueOf, type Loadable } from '../store/loadable.ts';

interface LoadedProps<Value> {
  readonly of: Loadable<Value>;
  readonly what: string;
  readonly idle?: ReactNode;
  readonly again?: () => void;
  readonly children: (value: Value) => ReactNode;
}

export function Loaded<Value>({ of, what, idle, again, children }: LoadedProps<Value>) {
  const value = valueOf(of);
  if (value !== undefined) return <>{children(value)}</>;
  if (of.state === 'loading') return <p className="empty waiting" role="status">Reading {what}…</p>;
  if (of.state === 'failed') return <Refusal problem={of.problem} {...(again ? { again } : {})} />;
  return <>{idle ?? null}</>;
}

export function Refusal({ problem, again }: { readonly problem: Problem; readonly again?: () => void }) {
  return (
    <div className="refusal" role="alert">
      <TriangleAlert size={16} aria-hidden="true" className="role-red" />
      <div>
        <p>{problem.file !== undefined && <code>{problem.file}: </code>}{problem.message}</p>
        {problem.remedy !== undefined && <p className="muted">{problem.remedy}</p>}
        {again && <button type="button" className="button" onClick={again}>Try again</button>}
      </div>
    </div>
  );
}

export function Empty({ title, children }: { readonly title: string; readonly children?: ReactNode }) {
  return <div className="empty"><p className="empty-title">{title}</p>{children}</div>;
}
