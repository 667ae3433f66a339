/**
 * Electron's security checklist (electronjs.org/docs/latest/tutorial/security, its 20 points by number) in a real Electron: what
 * applies is tried from inside the page and from outside. What only a package can show (4: the sandbox of the system, 19: the fuses) is in packaged.long.test.ts.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildApplication, openApplication, root, type OpenApplication } from './application.ts';
import { isElectronHere } from './programs.ts';

const OUTSIDE = 'https://example.org/';

describe.skipIf(!isElectronHere)('Electron’s security checklist (needs electron, Xvfb)', () => {
  let opened: OpenApplication;
  beforeAll(async () => {
    await buildApplication();
    opened = await openApplication();
    await opened.page.getByRole('heading', { name: 'Samples' }).waitFor();
  }, 480_000);
  afterAll(async () => { await opened?.close(); }, 60_000);

  /** Code in the page, as text: it is the page's own world that is tried. */
  const inPage = <Value>(code: string): Promise<Value> => opened.page.evaluate<Value>(code);
  const preferences = (): Promise<Record<string, unknown>> => opened.app.evaluate(({ BrowserWindow }) =>
    (BrowserWindow.getAllWindows()[0]!.webContents as unknown as { getLastWebPreferences(): Record<string, unknown> }).getLastWebPreferences());

  it('1: loads secure content only: nothing but app:// is answered, http and https never', async () => {
    for (const url of [OUTSIDE, 'http://127.0.0.1:9/', 'ws://127.0.0.1:9/']) {
      const tried = url.startsWith('ws') ? `new Promise((done) => { const socket = new WebSocket(${JSON.stringify(url)}); socket.onopen = () => done('reached'); socket.onerror = () => done('refused'); })` : `fetch(${JSON.stringify(url)}).then(() => 'reached', () => 'refused')`;
      expect(await inPage(`(async () => { try { return await ${tried}; } catch { return 'refused'; } })()`), url).toBe('refused');
    }
    // The main process's own session refuses them as well, whatever a page's policy says.
    const refused = await opened.app.evaluate(({ session }) => session.defaultSession.fetch('http://127.0.0.1:9/').then(() => 'reached', (error: unknown) => String(error)));
    expect(refused).toMatch(/ERR_BLOCKED_BY_CLIENT/);
  });

  it('2: gives the page no Node', async () => {
    const { nodeIntegration, nodeIntegrationInWorker = false, nodeIntegrationInSubFrames } = await preferences();
    expect([nodeIntegration, nodeIntegrationInWorker, nodeIntegrationInSubFrames]).toEqual([false, false, false]);
    expect(await inPage("['require', 'process', 'module', 'Buffer', 'global', '__dirname'].filter((name) => name in globalThis)")).toEqual([]);
  });

  it('3, 20: isolates the preload, and gives the page three functions of its own and nothing of Electron', async () => {
    expect(await preferences()).toMatchObject({ contextIsolation: true });
    expect(await inPage('Object.keys(window.assayBridge).sort()')).toEqual(['listen', 'pathOf', 'send']);
    expect(await inPage("Object.values(window.assayBridge).every((value) => typeof value === 'function')")).toBe(true);
    expect(await inPage("Object.getOwnPropertyNames(window).filter((name) => /electron|ipc/i.test(name))")).toEqual([]);
    // Frozen: no script of the page puts itself between the page and the bridge.
    expect(await inPage("(() => { try { window.assayBridge.send = () => 1; } catch { /* refused */ } return window.assayBridge.send.toString().includes('1'); })()")).toBe(false);
  });

  it('4: keeps the renderer in the sandbox, as far as this start asks for one', async () => {
    expect(await preferences()).toMatchObject({ sandbox: true });
  });

  it('5: grants notices and copying to its own page, and no other permission to anybody', async () => {
    const names = ['geolocation', 'camera', 'microphone', 'midi', 'persistent-storage', 'screen-wake-lock', 'storage-access'];
    const states = await inPage<Record<string, string>>(`(async () => Object.fromEntries(await Promise.all(${JSON.stringify(names)}.map(async (name) => [name, await navigator.permissions.query({ name }).then(({ state }) => state, () => 'denied')]))))()`);
    expect(Object.entries(states).filter(([, state]) => state !== 'denied')).toEqual([]);
    expect(await inPage("navigator.mediaDevices ? navigator.mediaDevices.getUserMedia({ audio: true }).then(() => 'given', (error) => error.name) : 'NotAllowedError'")).toMatch(/NotAllowedError|NotFoundError/);
    expect(await inPage("navigator.usb ? navigator.usb.getDevices().then((found) => found.length, () => 0) : 0")).toBe(0);
  });

  it('6, 8, 9, 10: leaves web security and its defaults as they are', async () => {
    const all = await preferences();
    expect(all).toMatchObject({ webSecurity: true, allowRunningInsecureContent: false, experimentalFeatures: false });
    expect(all.enableBlinkFeatures ?? '').toBe('');
    expect(all.disableBlinkFeatures ?? '').toBe('');
  });

  it('7: runs no code but that of its files: no inline script, no eval, no handler in an attribute, no javascript: address', async () => {
    const policy = await inPage<string>("fetch('/').then((answer) => answer.headers.get('content-security-policy'))");
    expect(policy).toMatch(/(^|; )default-src 'none'(;|$)/);
    expect(policy).toMatch(/(^|; )script-src 'self'(;|$)/);
    for (const directive of ["base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'", "object-src 'none'"]) expect(policy).toContain(directive);
    expect(policy).not.toMatch(/https?:|\*/);
    expect(await inPage(`(() => {
      globalThis.ran = [];
      const script = document.createElement('script'); script.textContent = "globalThis.ran.push('inline')"; document.body.append(script);
      const image = document.createElement('img'); image.setAttribute('onerror', "globalThis.ran.push('attribute')"); image.src = 'nothing:'; document.body.append(image);
      const link = document.createElement('a'); link.href = "javascript:globalThis.ran.push('address')"; document.body.append(link); link.click();
      // Later, as a task of the page's own: what the debugger itself evaluates may use eval.
      setTimeout(() => {
        try { (0, eval)("globalThis.ran.push('eval')"); } catch { /* refused */ }
        try { new Function("globalThis.ran.push('function')")(); } catch { /* refused */ }
        globalThis.tried = true;
      }, 50);
      return new Promise((done) => { setTimeout(() => { script.remove(); image.remove(); link.remove(); done([globalThis.tried, ...globalThis.ran]); }, 500); });
    })()`)).toEqual([true]);
  });

  it('11, 12: has no webview, and none can be attached', async () => {
    expect(await preferences()).toMatchObject({ webviewTag: false });
    expect(await inPage("(() => { const view = document.createElement('webview'); view.src = 'https://example.org/'; document.body.append(view); const is = typeof view.loadURL; view.remove(); return is; })()")).toBe('undefined');
  });

  it('13: navigates nowhere, by address, link, form or frame', async () => {
    const attempts = [
      `location.href = ${JSON.stringify(OUTSIDE)}`, "location.href = 'file:///etc/passwd'", "location.href = 'app://elsewhere/'", "location.href = 'data:text/html,<p>x'",
      `const link = document.createElement('a'); link.href = ${JSON.stringify(OUTSIDE)}; document.body.append(link); link.click(); link.remove()`,
      `const form = document.createElement('form'); form.action = ${JSON.stringify(OUTSIDE)}; document.body.append(form); form.submit(); form.remove()`,
      `const frame = document.createElement('iframe'); frame.src = ${JSON.stringify(OUTSIDE)}; document.body.append(frame)`,
    ];
    // By the main process: Playwright waits for a navigation that it saw begin.
    const seen = await opened.app.evaluate(async ({ BrowserWindow }, codes) => {
      const { webContents } = BrowserWindow.getAllWindows()[0]!;
      await webContents.executeJavaScript('globalThis.stays = 0; 0');
      const after: string[] = [];
      for (const code of codes) {
        await webContents.executeJavaScript(`globalThis.stays += 1; { ${code}; } 0`);
        await new Promise((done) => { setTimeout(done, 300); });
        after.push(`${webContents.getURL()} ${String(await webContents.executeJavaScript('globalThis.stays'))}`);
      }
      // A frame that was refused keeps the address it wanted, in a document of no origin.
      return { after, frames: webContents.mainFrame.framesInSubtree.map((frame) => frame.origin).filter((origin) => origin !== 'app://assay') };
    }, attempts);
    expect(seen).toEqual({ after: attempts.map((_code, index) => `app://assay/ ${index + 1}`), frames: ['null'] });
  });

  it('14: opens no further window', async () => {
    for (const url of [OUTSIDE, 'about:blank', 'app://assay/']) expect(await inPage(`window.open(${JSON.stringify(url)}) === null`), url).toBe(true);
    await inPage(`(() => { const link = document.createElement('a'); link.href = ${JSON.stringify(OUTSIDE)}; link.target = '_blank'; document.body.append(link); link.click(); link.remove(); })()`);
    await opened.page.waitForTimeout(300);
    expect(await opened.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
  });

  it('15: opens a stranger’s address in no program: https alone, and only after the user said so', async () => {
    // The dialog answers as a user who does not want it, then as one who does; what would be opened is noted.
    await opened.app.evaluate(({ shell, dialog }) => {
      const noted = globalThis as unknown as { opened: string[]; asked: number; answer: number };
      [noted.opened, noted.asked, noted.answer] = [[], 0, 1];
      shell.openExternal = async (url: string) => { noted.opened.push(url); };
      dialog.showMessageBox = (async () => { noted.asked += 1; return { response: noted.answer, checkboxChecked: false }; }) as unknown as typeof dialog.showMessageBox;
    });
    const noted = (): Promise<{ opened: string[]; asked: number }> => opened.app.evaluate(() => { const { opened: urls, asked } = globalThis as unknown as { opened: string[]; asked: number }; return { opened: urls, asked }; });
    const asks = async (url: string): Promise<void> => {
      await inPage(`window.assayBridge.send({ type: 'request', id: 900001, name: 'shell.openLink', input: { url: ${JSON.stringify(url)} } })`);
      await opened.page.waitForTimeout(200);
    };
    for (const url of ['file:///etc/passwd', 'javascript:alert(1)', 'http://example.org/', 'smb://host/share', 'ms-msdt:/id', 'x']) await asks(url);
    expect(await noted()).toEqual({ opened: [], asked: 0 });
    await asks(OUTSIDE);
    expect(await noted()).toEqual({ opened: [], asked: 1 });
    await opened.app.evaluate(() => { (globalThis as unknown as { answer: number }).answer = 0; });
    await asks(OUTSIDE);
    expect(await noted()).toEqual({ opened: [OUTSIDE], asked: 2 });
  });

  it('16: pins an Electron that is kept up', () => {
    const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { devDependencies: Record<string, string> };
    expect(devDependencies.electron).toMatch(/^\d+\.\d+\.\d+$/);
    expect(Number(devDependencies.electron!.split('.')[0])).toBeGreaterThanOrEqual(45);
  });

  it('17: takes messages of its own page in a window’s main frame alone', async () => {
    const heard = await opened.app.evaluate(async ({ BrowserWindow, ipcMain }, preload) => {
      // A page of another origin in a window with the same preload speaks as our page does.
      const stranger = new BrowserWindow({ show: false, webPreferences: { preload, sandbox: true } });
      let answers = 0, came = 0;
      const send = stranger.webContents.send.bind(stranger.webContents);
      stranger.webContents.send = (...words: Parameters<typeof send>) => { answers += 1; send(...words); };
      ipcMain.on('assay:message', (event) => { if (event.sender === stranger.webContents) came += 1; });
      await stranger.loadURL('data:text/html,<p>stranger</p>');
      await stranger.webContents.executeJavaScript("window.assayBridge.listen(() => {}); window.assayBridge.send({ type: 'request', id: 1, name: 'app.info', input: {} }); 0");
      await new Promise((done) => { setTimeout(done, 1_000); });
      stranger.destroy();
      return { came, answers };
    }, join(root, 'dist', 'preload.cjs'));
    expect(heard).toEqual({ came: 1, answers: 0 });
  });

  it('18: serves its files by app://, those of the bundle alone, and none by file://', async () => {
    expect(opened.page.url()).toMatch(/^app:\/\/assay\//);
    for (const path of ['/../../package.json', '/..%2f..%2fpackage.json', '/%2e%2e/main.mjs', '/.built', '/assets', '/%00']) expect(await inPage(`fetch(${JSON.stringify(path)}).then((answer) => answer.status)`), path).toBe(404);
    expect(await inPage("fetch('app://elsewhere/index.html').then((answer) => answer.status, () => 404)")).toBe(404);
    expect(await inPage("fetch('/', { method: 'POST', body: 'x' }).then((answer) => answer.status)")).toBe(404);
    expect(await inPage("fetch('file:///etc/hostname').then(() => 'reached', () => 'refused')")).toBe('refused');
  });

  it('19: asks for every fuse, for every package', () => {
    const asked = readFileSync(join(root, 'electron-builder.yml'), 'utf8');
    const fuses = { runAsNode: false, enableCookieEncryption: true, enableNodeOptionsEnvironmentVariable: false, enableNodeCliInspectArguments: false, enableEmbeddedAsarIntegrityValidation: true, onlyLoadAppFromAsar: true, loadBrowserProcessSpecificV8Snapshot: false, grantFileProtocolExtraPrivileges: false };
    for (const [name, state] of Object.entries(fuses)) expect(asked, name).toMatch(new RegExp(`^  ${name}: ${String(state)}$`, 'm'));
  });

  it('has only addresses of its own in what it loads', () => {
    const folder = join(root, 'dist', 'window');
    const page = readFileSync(join(folder, 'index.html'), 'utf8');
    expect([...page.matchAll(/(?:src|href)="([^"]+)"/g)].map((match) => match[1]!).filter((address) => !address.startsWith('./'))).toEqual([]);
    const styles = readdirSync(join(folder, 'assets')).filter((name) => name.endsWith('.css')).map((name) => readFileSync(join(folder, 'assets', name), 'utf8'));
    expect(styles.flatMap((text) => [...text.matchAll(/url\(\s*["']?(https?:[^)]*)/g)].map((match) => match[1]))).toEqual([]);
  });
});
