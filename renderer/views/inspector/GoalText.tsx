/** Goals as text; compared with others, line by line: what came is marked and so is what went, in signs as well as colours. */
import { diffLines } from 'diff';
import { useMemo } from 'react';

export function GoalText({ text, before, label }: { readonly text: string; readonly before?: string; readonly label: string }) {
  const parts = useMemo(() => (before === undefined ? [{ value: text, added: false, removed: false }] : diffLines(`${before}\n`, `${text}\n`)), [text, before]);
  return (
    <pre className="goal-text" tabIndex={0} role="region" aria-label={label}>
      {parts.flatMap((part, at) => part.value.replace(/\n$/, '').split('\n').map((line, index) => (
        <span key={`${at} ${index}`} className={`goal-line ${part.added ? 'goal-added' : part.removed ? 'goal-removed' : ''} ${line.startsWith('⊢') ? 'goal-target' : ''}`}>
          {before !== undefined && <span aria-hidden="true">{part.added ? '+ ' : part.removed ? '− ' : '  '}</span>}
          {part.added && <span className="unseen">new: </span>}{part.removed && <span className="unseen">gone: </span>}{line}{'\n'}
        </span>
      )))}
    </pre>
  );
}
