/** What each shape means, the flags, the filter's words, and every key as it is set. */
import { VERDICT_KINDS } from '../../app/contract.ts';
import { SUMMARY_WORDS, VERDICT_MEANINGS } from '../../app/contract/verdict-words.ts';
import { allCommands, keysOf } from '../commands/registry.ts';
import { shownKeys } from '../commands/keys.ts';
import { useSession } from '../session/react.ts';
import { Flag, VerdictShape } from '../verdict/VerdictShape.tsx';
import { FILTER_EXAMPLES } from '../ledger/examples.ts';
import { Overlay } from './Overlay.tsx';

export function Legend() {
  const session = useSession();
  const state = session.get();
  const mac = state.info?.platform === 'darwin';
  const withKeys = allCommands().filter((command) => keysOf(command, state) !== '');
  return (
    <Overlay label="Legend and keys" className="legend">
      <div className="legend-columns">
        <section aria-labelledby="legend-verdicts">
          <h2 id="legend-verdicts">Verdicts</h2>
          <ul className="plain">
            {VERDICT_KINDS.map((kind) => <li key={kind} className="legend-line"><VerdictShape kind={kind} /><span className="legend-word">{SUMMARY_WORDS[kind]}</span><span className="muted">{VERDICT_MEANINGS[kind]}</span></li>)}
            <li className="legend-line"><VerdictShape kind="proved" assumptions={1} /><span className="legend-word">with a notch</span><span className="muted">It rests on assumptions: the inspector lists them</span></li>
          </ul>
          <h2>Flags</h2>
          <ul className="plain">
            <li className="legend-line"><span className="stale-mark" aria-hidden="true" /><span className="legend-word">stale</span><span className="muted">What it speaks of has changed since</span></li>
            <li className="legend-line"><Flag name="cached" role="grey" word="cached" /><span className="legend-word">cached</span><span className="muted">Taken from an earlier run of exactly this content by these tools</span></li>
            <li className="legend-line"><Flag name="confirmed" role="green" word="confirmed" /><span className="legend-word">confirmed</span><span className="muted">A second engine, a checked model or certificate agrees</span></li>
            <li className="legend-line"><Flag name="live" role="grey" word="live" /><span className="legend-word">live</span><span className="muted">A language server’s answer while one types; not in the ledger</span></li>
          </ul>
          <h2>Filter</h2>
          <ul className="plain">{FILTER_EXAMPLES.map(([example, meaning]) => <li key={example} className="legend-line"><code>{example}</code><span className="muted">{meaning}</span></li>)}</ul>
        </section>
        <section aria-labelledby="legend-keys" tabIndex={0} data-first-focus>
          <h2 id="legend-keys">Keys</h2>
          <dl className="keys">{withKeys.map((command) => <div key={command.id}><dt>{command.title}</dt><dd><kbd>{shownKeys(keysOf(command, state), mac)}</kbd></dd></div>)}</dl>
          {state.info?.transport === 'web' && <p className="muted">A browser keeps some keys for itself; those shown are the alternatives. All can be changed in the settings.</p>}
        </section>
      </div>
    </Overlay>
  );
}
