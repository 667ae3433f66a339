/** Pictures of every view, written where ASSAY_SCREENS names a folder: to be looked at. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { createDouble } from './double.ts';
import { CHROMIUM, startWindowHost, type WindowHost } from './page.ts';
import { VIEWS } from './places.ts';

const folder = process.env.ASSAY_SCREENS;
const THEMES = ['light', 'dark', 'contrast'] as const;
const SIZES = [{ width: 1280, height: 800 }, { width: 1920, height: 1080 }];

describe.skipIf(folder === undefined || CHROMIUM === undefined)('pictures (needs chromium, a folder in ASSAY_SCREENS)', () => {
  let host: WindowHost;
  beforeAll(async () => { host = await startWindowHost(); }, 180_000);
  afterAll(async () => { await host.close(); });
  for (const theme of THEMES) for (const size of SIZES) {
    it(`of every view, ${theme}, ${size.width} by ${size.height}`, async () => {
      mkdirSync(folder!, { recursive: true });
      const double = createDouble({ theme });
      const window = await host.open(double, size);
      for (const view of VIEWS) {
        await view.show(window.page, double);
        await window.page.screenshot({ path: join(folder!, `${view.name}-${theme}-${size.width}.png`) });
      }
      await window.close();
    }, 300_000);
  }
});
