/** The size of text: one factor over every measure that holds text (`--scale` in roles.css). What paints or measures by itself asks here. */
import { useWindow } from '../session/react.ts';

export const USUAL_SIZE = 13;
const listeners = new Set<(size: number) => void>();
let current = USUAL_SIZE;

export function textSize(): number { return current; }

export function applyTextSize(size: number): void {
  if (size === current) return;
  current = size;
  document.documentElement.style.setProperty('--scale', String(size / USUAL_SIZE));
  for (const listener of listeners) listener(size);
}

export function onTextSize(listener: (size: number) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The height of a row whose usual height this is, whole pixels: rows are placed by multiples of it. */
export function useRowPixels(usual: number): number {
  const size = useWindow((state) => state.settings?.fontSize ?? USUAL_SIZE);
  return Math.round(usual * size / USUAL_SIZE);
}
