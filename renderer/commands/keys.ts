/**
 * Keys as text: "Ctrl+Shift+P", modifiers in the order Ctrl Alt Shift, then the key. On macOS Ctrl stands for Cmd.
 * A key is named by what it prints without Shift where that is a letter or a digit, so that layouts do not matter for them.
 */
export interface KeyPress { readonly key: string; readonly code: string; readonly ctrlKey: boolean; readonly metaKey: boolean; readonly altKey: boolean; readonly shiftKey: boolean }

const NAMES: Readonly<Record<string, string>> = { ArrowLeft: 'Left', ArrowRight: 'Right', ArrowUp: 'Up', ArrowDown: 'Down', ' ': 'Space' };

export function keyText(press: KeyPress, mac: boolean): string | undefined {
  if (['Control', 'Shift', 'Alt', 'Meta', 'AltGraph', 'Dead'].includes(press.key)) return undefined;
  const command = mac ? press.metaKey : press.ctrlKey;
  return [command && 'Ctrl', press.altKey && 'Alt', press.shiftKey && 'Shift', keyName(press)].filter((part) => part !== false).join('+');
}

function keyName(press: KeyPress): string {
  const fromCode = /^(?:Key([A-Z])|Digit(\d))$/.exec(press.code);
  if (fromCode) return (fromCode[1] ?? fromCode[2])!;
  if (press.code === 'Slash' || press.key === '?') return '/';
  const named = NAMES[press.key] ?? press.key;
  return named.length === 1 ? named.toUpperCase() : named;
}

/** As the user's system writes it. */
export function shownKeys(keys: string, mac: boolean): string {
  return mac ? keys.replace('Ctrl', '⌘').replace('Alt', '⌥').replace('Shift', '⇧').replaceAll('+', '') : keys;
}

/** "Ctrl+Shift+P" and no other; empty where it names no key. */
export function normalKeys(text: string): string {
  const parts = text.split('+').map((part) => part.trim()).filter((part) => part !== '');
  const key = parts.find((part) => !['ctrl', 'alt', 'shift', 'cmd'].includes(part.toLowerCase()));
  if (key === undefined) return '';
  const has = (name: string): boolean => parts.some((part) => part.toLowerCase() === name);
  return [(has('ctrl') || has('cmd')) && 'Ctrl', has('alt') && 'Alt', has('shift') && 'Shift', key.length === 1 ? key.toUpperCase() : key].filter((part) => part !== false).join('+');
}
