/** The theme's roles for what paints by itself (canvas, Monaco): read anew after `onTheme`. */
export type ThemeName = 'light' | 'dark' | 'contrast';
export type ThemeChoice = ThemeName | 'system';

const listeners = new Set<(theme: ThemeName) => void>();
let choice: ThemeChoice = 'system';

/** @param name without the dashes: "verdict-green" */
export function role(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

export function currentTheme(): ThemeName {
  return (document.documentElement.dataset.theme as ThemeName | undefined) ?? 'light';
}

export function applyTheme(chosen: ThemeChoice): void {
  choice = chosen;
  show(chosen === 'system' ? systemTheme() : chosen);
}

/** Follows the system while it is the choice. Returns what ends it. */
export function followSystem(): () => void {
  const queries = [matchMedia('(prefers-color-scheme: dark)'), matchMedia('(prefers-contrast: more)')];
  const changed = (): void => { if (choice === 'system') show(systemTheme()); };
  for (const query of queries) query.addEventListener('change', changed);
  return () => { for (const query of queries) query.removeEventListener('change', changed); };
}

export function onTheme(listener: (theme: ThemeName) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function show(theme: ThemeName): void {
  if (document.documentElement.dataset.theme === theme) return;
  document.documentElement.dataset.theme = theme;
  for (const listener of listeners) listener(theme);
}

function systemTheme(): ThemeName {
  if (matchMedia('(prefers-contrast: more)').matches) return 'contrast';
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}
