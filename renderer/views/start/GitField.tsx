/** A path or a git address, typed or pasted. */
import { useState, type FormEvent } from 'react';
import { openRepository } from '../../session/repository.ts';
import { useSession } from '../../session/react.ts';

const GIT = /^(https:\/\/|ssh:\/\/|git@)/;

export function GitField({ canClone }: { readonly canClone: boolean }) {
  const session = useSession();
  const [text, setText] = useState('');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const typed = text.trim();
    if (typed !== '') void openRepository(session, GIT.test(typed) ? { kind: 'git', url: typed } : { kind: 'path', path: typed });
  };
  return (
    <form className="open-form" onSubmit={submit}>
      <input type="text" className="field code" value={text} onChange={(event) => { setText(event.target.value); }} aria-label={canClone ? 'Path or git address' : 'Path'} placeholder={canClone ? '/path/to/repository or https://…' : '/path/to/repository'} spellCheck={false} />
      <button type="submit" className="button" disabled={text.trim() === ''}>Open</button>
    </form>
  );
}
