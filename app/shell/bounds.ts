/** Where the window was, so that it comes back there; never off every screen. */
import { screen, type BrowserWindow, type Rectangle } from 'electron';
import { join } from 'node:path';
import { z } from 'zod';
import { readKept, writeKept } from '../host/kept.ts';

const shape = z.object({ x: z.int(), y: z.int(), width: z.int().min(640).max(20_000), height: z.int().min(400).max(20_000), maximized: z.boolean() });
const DEFAULT = { width: 1440, height: 900 };
/** Enough of it must be seen to take hold of it, pixels. */
const SEEN = 100;
const SAVE_MS = 500;

export class Bounds {
  readonly #file: string;
  constructor(home: string) { this.#file = join(home, 'window', 'bounds.json'); }

  get maximized(): boolean { return this.#read()?.maximized === true; }

  options(): Partial<Rectangle> {
    const kept = this.#read();
    if (!kept) return DEFAULT;
    const { x, y, width, height } = kept;
    const isSeen = screen.getAllDisplays().some(({ workArea: area }) =>
      Math.min(x + width, area.x + area.width) - Math.max(x, area.x) >= SEEN && Math.min(y + height, area.y + area.height) - Math.max(y, area.y) >= SEEN);
    return isSeen ? { x, y, width, height } : { width, height };
  }

  follow(window: BrowserWindow): void {
    let timer: NodeJS.Timeout | undefined;
    const save = (): void => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        if (window.isDestroyed() || window.isMinimized()) return;
        // Where a disk refuses, the window merely comes back elsewhere.
        try { writeKept(this.#file, { ...window.getNormalBounds(), maximized: window.isMaximized() }); } catch { /* not worth a word */ }
      }, SAVE_MS);
    };
    window.on('resize', save);
    window.on('move', save);
    window.on('close', () => { clearTimeout(timer); });
  }

  #read(): z.infer<typeof shape> | undefined {
    const parsed = shape.safeParse(readKept(this.#file));
    return parsed.success ? parsed.data : undefined;
  }
}
