/** A report page as PDF, printed by an installed Chromium: headless, with a profile of its own, without network. */
import { copyFile, mkdtemp, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ToolHost } from '../../../toolchains/contract.ts';
import { runProcess } from '../../../toolchains/process.ts';

/** In the order of preference; all take the same options. */
const BROWSERS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge', 'brave-browser'];
/** A page of ten thousand rows took 20 s. */
const WALL_SECONDS = 180;

export type Printed = { readonly kind: 'printed'; readonly by: string } | { readonly kind: 'no-browser'; readonly remedy: string } | { readonly kind: 'failed'; readonly reason: string };

/** @param target where the PDF goes; it is there only where the answer is `printed` */
export async function printPdf(page: string, target: string, host: Pick<ToolHost, 'find'>, signal?: AbortSignal): Promise<Printed> {
  let browser: string | undefined;
  for (const name of BROWSERS) { [browser] = await host.find(name); if (browser !== undefined) break; }
  if (browser === undefined) return { kind: 'no-browser', remedy: 'Install Chromium (apt install chromium), or print the HTML report from any browser' };
  const folder = await mkdtemp(join(tmpdir(), 'assay-pdf-'));
  try {
    const source = join(folder, 'report.html'), made = join(folder, 'report.pdf');
    await writeFile(source, page);
    const result = await runProcess({
      file: browser, cwd: folder, signal, env: { HOME: folder },
      args: [
        '--headless', '--disable-gpu', '--no-first-run', '--disable-extensions', '--disable-background-networking', '--host-resolver-rules=MAP * ~NOTFOUND',
        `--user-data-dir=${join(folder, 'profile')}`, '--no-pdf-header-footer', `--print-to-pdf=${made}`,
        // Chromium refuses its own sandbox to root; the page is ours, and its policy loads nothing.
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), pathToFileURL(source).href,
      ],
      limits: { wallSeconds: WALL_SECONDS, memoryMb: 4096, outputBytes: 1024 * 1024, floodBytes: 64 * 1024 * 1024 },
    });
    const size = await stat(made).then((stats) => stats.size, () => 0);
    if (size === 0) {
      const said = result.stderr.content.toString('utf8').trim().split('\n').at(-1) ?? '';
      return { kind: 'failed', reason: `${browser} made no PDF (${result.exit.reason}${result.exit.code === null ? '' : `, exit code ${result.exit.code}`})${said === '' ? '' : `: ${said}`}` };
    }
    const fresh = `${resolve(target)}.${process.pid}.tmp`;
    await copyFile(made, fresh);
    await rename(fresh, target);
    return { kind: 'printed', by: browser };
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}
