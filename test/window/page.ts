/** The window's own bundle in a real Chromium, under the strictest content policy, with the double behind its bridge. */
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import { existsSync, readFileSync } from 'node:fs';
import { extname, join, normalize } from 'node:path';
import type { AddressInfo } from 'node:net';
import { chromium, type Browser, type Page } from 'playwright-core';
import { buildWindow, isWindowOutOfDate } from '../../app/build-window.mjs';
import { PAGE_STYLE } from '../../app/engine/report/page/style.ts';
import type { Double } from './double.ts';

const folder = join(import.meta.dirname, '../../dist/window');
export const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) => existsSync(path));
/** A frame of the page inherits it: the report's own style is let in by its hash, its script is not. */
const REPORT_STYLE = `'sha256-${createHash('sha256').update(PAGE_STYLE).digest('base64')}'`;
const POLICY = `default-src 'none'; script-src 'self'; style-src 'self' ${REPORT_STYLE}; frame-src blob:; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;
const TYPES: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.map': 'application/json', '.ttf': 'font/ttf', '.svg': 'image/svg+xml' };

export interface WindowHost { open(double: Double, size?: { width: number; height: number }): Promise<OpenWindow>; close(): Promise<void> }
export interface OpenWindow { readonly page: Page; /** What the browser complained of: errors and breaches of the content policy. */ readonly complaints: string[]; close(): Promise<void> }

export async function startWindowHost(): Promise<WindowHost> {
  if (isWindowOutOfDate()) await buildWindow();
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url ?? '/', 'http://x').pathname);
    const file = join(folder, path === '/' ? 'index.html' : path);
    if (!file.startsWith(folder) || !existsSync(file)) { response.writeHead(404).end(); return; }
    response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream', 'content-security-policy': POLICY }).end(readFileSync(file));
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const browser: Browser = await chromium.launch({ executablePath: CHROMIUM!, args: ['--no-sandbox', '--disable-gpu', '--force-device-scale-factor=1'] });
  return {
    async open(double, size = { width: 1280, height: 800 }) {
      const context = await browser.newContext({ viewport: size, reducedMotion: 'reduce', permissions: ['clipboard-read', 'clipboard-write'] });
      const page = await context.newPage();
      // A loaded machine is slow, not wrong.
      page.setDefaultTimeout(90_000);
      const complaints: string[] = [];
      page.on('pageerror', (error) => { complaints.push(String(error)); });
      page.on('console', (message) => { if (message.type() === 'error') complaints.push(message.text()); });
      await page.exposeFunction('toDouble', (message: unknown) => { void double.receive(message); });
      await page.addInitScript("window.assayBridge = { send: (message) => { window.toDouble(message); }, listen: (listener) => { window.fromDouble = listener; }, pathOf: (file) => '/dropped/' + file.name };");
      double.deliver = (message) => { page.evaluate(`window.fromDouble(JSON.parse(${JSON.stringify(JSON.stringify(message))}))`).catch(() => undefined); };
      await page.goto(address);
      return { page, complaints, close: () => context.close() };
    },
    async close() {
      await browser.close();
      await new Promise((resolve) => { server.close(resolve); });
    },
  };
}
