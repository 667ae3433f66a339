/** Every command, found by typing. What cannot be done now is listed last and cannot be chosen. */
import { Command as List } from 'cmdk';
import { allCommands, canRun, keysOf } from '../commands/registry.ts';
import { shownKeys } from '../commands/keys.ts';
import { useSession } from '../session/react.ts';
import { Overlay } from './Overlay.tsx';

export function Palette() {
  const session = useSession();
  const state = session.get();
  const mac = state.info?.platform === 'darwin';
  const commands = [...allCommands()].sort((a, b) => Number(canRun(b, state)) - Number(canRun(a, state)));
  const choose = (id: string): void => {
    session.update((now) => ({ ...now, overlay: 'none' }));
    // The sheet gives the focus back first.
    requestAnimationFrame(() => { const command = commands.find((one) => one.id === id); if (command && canRun(command, session.get())) command.run(session); });
  };
  return (
    <Overlay label="All commands" className="palette">
      <List label="All commands" loop>
        <List.Input autoFocus placeholder="Type a command" className="palette-input" />
        <List.List className="palette-list" label="Commands">
          <List.Empty className="empty">No command of that name</List.Empty>
          {commands.map((command) => (
            <List.Item key={command.id} value={`${command.group} ${command.title}`} disabled={!canRun(command, state)} onSelect={() => { choose(command.id); }} className="palette-item">
              <span className="muted palette-group">{command.group}</span><span>{command.title}</span><kbd>{shownKeys(keysOf(command, state), mac)}</kbd>
            </List.Item>
          ))}
        </List.List>
      </List>
    </Overlay>
  );
}
