/** Nodes with their places, in pixels at scale 1. */
import type { DrawnNode } from './model.ts';

export interface Placed extends DrawnNode { readonly x: number; readonly y: number; readonly width: number }
export interface Layout { readonly nodes: readonly Placed[]; readonly width: number; readonly height: number }

export const NODE_HEIGHT = 24;
export const NARROWEST = 64;
const WIDEST = 240, LETTER = 7.3, BESIDE = 36;

export function widthOf({ label, type, members }: DrawnNode): number {
  const text = type === 'module' ? `${label} ${members.length}` : label;
  return Math.max(NARROWEST, Math.min(WIDEST, BESIDE + text.length * LETTER));
}
