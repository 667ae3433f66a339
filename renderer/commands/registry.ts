/** Commands with their keys as they are now: the defaults, those of a browser, and over them the user's. */
import type { Session } from '../session/session.ts';
import type { WindowState } from '../store/state.ts';
import { COMMANDS, type Command } from './commands.ts';
import { keyText, normalKeys } from './keys.ts';

/** Further commands of features that register themselves (editor, waveform, graph). */
const further = new Map<string, Command>();

/** Returns what takes it away again. */
export function registerCommand(command: Command): () => void {
  further.set(command.id, command);
  return () => { further.delete(command.id); };
}

export function allCommands(): readonly Command[] {
  return [...COMMANDS, ...further.values()];
}

/** Empty where it has none. */
export function keysOf(command: Command, state: WindowState): string {
  const own = state.settings?.keys[command.id];
  if (own !== undefined) return normalKeys(own);
  return (state.info?.transport === 'web' ? command.browserKeys : undefined) ?? command.keys ?? '';
}

export function canRun(command: Command, state: WindowState): boolean {
  return command.can?.(state) ?? true;
}

export function runCommand(session: Session, id: string): void {
  const command = allCommands().find((one) => one.id === id);
  if (command && canRun(command, session.get())) command.run(session);
}

/** What these keys stand for now, for what keeps keys to itself. */
export function pressKeys(session: Session, keys: string): void {
  const state = session.get();
  const command = allCommands().find((one) => keysOf(one, state) === keys);
  if (command && canRun(command, state)) command.run(session);
}

/** Other commands with the same keys: shown in the settings. */
export function conflicts(command: Command, state: WindowState): readonly Command[] {
  const keys = keysOf(command, state);
  return keys === '' ? [] : allCommands().filter((other) => other.id !== command.id && keysOf(other, state) === keys);
}

/** Keys that type something belong to a field while the focus is in one. */
export function listenToKeys(session: Session, target: Window): () => void {
  const pressed = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.isComposing) return;
    const state = session.get();
    const keys = keyText(event, state.info?.platform === 'darwin');
    if (keys === undefined || (isTyping(event.target) && !/Ctrl|Alt|^(Shift\+)?F\d/.test(keys))) return;
    const command = allCommands().find((one) => keysOf(one, state) === keys || (one.keys === keys && state.settings?.keys[one.id] === undefined));
    if (!command) return;
    event.preventDefault();
    if (canRun(command, state)) command.run(session);
  };
  target.addEventListener('keydown', pressed);
  return () => { target.removeEventListener('keydown', pressed); };
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}
