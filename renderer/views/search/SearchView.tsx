/** Finding text in the repository. */
import { useState, type FormEvent } from 'react';
import { Loaded } from '../../parts/Loaded.tsx';
import { VirtualList } from '../../parts/VirtualList.tsx';
import { find, openPlace } from '../../session/files.ts';
import { useSession, useWindow } from '../../session/react.ts';

export function SearchView() {
  const session = useSession();
  const found = useWindow((state) => state.found);
  const [text, setText] = useState('');
  const [options, setOptions] = useState({ regularExpression: false, matchCase: false, wholeWord: false });
  const submit = (event: FormEvent): void => { event.preventDefault(); void find(session, { text, ...options }); };
  const box = (key: keyof typeof options, label: string) => <label className="check"><input type="checkbox" checked={options[key]} onChange={() => { setOptions({ ...options, [key]: !options[key] }); }} />{label}</label>;
  return (
    <div className="search">
      <form onSubmit={submit} className="search-form" role="search" aria-label="Find in repository">
        <input type="search" className="field code" value={text} onChange={(event) => { setText(event.target.value); }} aria-label="Text to find" placeholder="Find in repository" spellCheck={false} data-first-focus />
        <div className="search-options">{box('matchCase', 'case')}{box('wholeWord', 'word')}{box('regularExpression', 'expression')}<button type="submit" className="button" disabled={text === ''}>Find</button></div>
      </form>
      <Loaded of={found} what="the files" idle={<p className="empty muted">Matches are listed here by file.</p>}>
        {(result) => (
          <>
            <p className="search-count number" role="status">{result.matches.length.toLocaleString('en')}{result.more ? ' first' : ''} matches in {result.files.toLocaleString('en')} of {result.searched.toLocaleString('en')} files</p>
            <VirtualList label="Matches" items={result.matches} usualPixels={36} choose={(match) => { openPlace(session, match.file, match.line); }}>
              {(match) => <span className="match"><span className="muted code ellipsis">{match.file}:{match.line}</span><span className="code ellipsis match-text">{match.text.trimStart()}</span></span>}
            </VirtualList>
          </>
        )}
      </Loaded>
    </div>
  );
}
