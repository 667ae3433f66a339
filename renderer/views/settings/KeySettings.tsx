/** Every command's keys: press others to change them, take them away, or bring the first ones back. */
import { useState } from 'react';
import { allCommands, conflicts, keysOf } from '../../commands/registry.ts';
import { keyText, shownKeys } from '../../commands/keys.ts';
import { changeSettings } from '../../session/machine.ts';
import { useSession, useWindow } from '../../session/react.ts';
import type { Settings } from '../../../app/contract.ts';
import type { Command } from '../../commands/commands.ts';

export function KeySettings({ settings }: { readonly settings: Settings }) {
  return (
    <section aria-labelledby="settings-keys">
      <h2 id="settings-keys">Keys</h2>
      <table className="list"><thead><tr><th scope="col">Command</th><th scope="col">Keys</th><th scope="col">Change</th></tr></thead>
        <tbody>{allCommands().map((command) => <KeyLine key={command.id} command={command} settings={settings} />)}</tbody></table>
    </section>
  );
}

function KeyLine({ command, settings }: { readonly command: Command; readonly settings: Settings }) {
  const session = useSession();
  const [listening, setListening] = useState(false);
  const mac = useWindow((state) => state.info?.platform === 'darwin');
  const keys = useWindow((state) => keysOf(command, state));
  const others = conflicts(command, session.get());
  const own = settings.keys[command.id] !== undefined;
  const set = (value: string | undefined): void => {
    const { [command.id]: _before, ...rest } = settings.keys;
    void changeSettings(session, { keys: value === undefined ? rest : { ...rest, [command.id]: value } });
    setListening(false);
  };
  return (
    <tr>
      <td>{command.title}</td>
      <td>{keys !== '' && <kbd>{shownKeys(keys, mac)}</kbd>}{others.length > 0 && <span className="role-amber"> also: {others.map((other) => other.title).join(', ')}</span>}</td>
      <td>
        <button
          type="button" className="link" aria-pressed={listening} onClick={() => { setListening(!listening); }} onBlur={() => { setListening(false); }}
          onKeyDown={(event) => {
            if (!listening || event.key === 'Tab') return;
            event.preventDefault();
            event.stopPropagation();
            if (event.key === 'Escape') { setListening(false); return; }
            const pressed = keyText(event.nativeEvent, mac);
            if (pressed !== undefined) set(pressed);
          }}
        >{listening ? 'press the keys…' : 'Change'}<span className="unseen"> keys of {command.title}</span></button>
        {keys !== '' && <> <button type="button" className="link" onClick={() => { set(''); }}>None<span className="unseen"> for {command.title}</span></button></>}
        {own && <> <button type="button" className="link" onClick={() => { set(undefined); }}>As at first<span className="unseen"> for {command.title}</span></button></>}
      </td>
    </tr>
  );
}
