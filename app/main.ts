/** Electron's main process: wires windows, menus, protocol and the engine's process together, and does nothing else. */
import { app, BrowserWindow, dialog, Notification, session } from 'electron';
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { storeHome } from './engine/ledger/home.ts';
import { Supervisor } from './host/supervisor.ts';
import { windowFolder } from './host/window-files.ts';
import { Bounds } from './shell/bounds.ts';
import { startEngine } from './shell/engine.ts';
import { guardContents, guardSession } from './shell/guards.ts';
import { setMenu } from './shell/menu.ts';
import { registerScheme, serveWindow } from './shell/protocol.ts';
import { listenToPages, openWindow, sendEvent } from './shell/window.ts';

const folder = dirname(fileURLToPath(import.meta.url));
const home = storeHome();

// Root on Linux can have no sandbox, and must say so itself with --no-sandbox; no page gets Node either way.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
app.setPath('userData', join(home, 'electron'));
registerScheme();
guardContents();

// A second start brings the first one's window forward.
if (!app.requestSingleInstanceLock()) app.exit(0);

/** Paths that the program was started with, or that were dropped on its icon; taken by the next window that connects. */
const given: string[] = pathsOf(process.argv);

let supervisor: Supervisor | undefined;
let leaving = false, stopped = false;

// Not awaited: Electron is ready only after this module has run to its end.
void app.whenReady().then(() => {
  guardSession(session.defaultSession);
  serveWindow(session.defaultSession, windowFolder(folder));
  supervisor = new Supervisor({
    start: () => startEngine(folder),
    surroundings: { transport: 'electron', versions: { electron: process.versions.electron, chrome: process.versions.chrome }, canChooseFiles: true },
  });
  listenToPages(supervisor, (window) => { for (const path of given.splice(0)) sendEvent(window, { type: 'open-path', path }); });
  setMenu((window, command) => { sendEvent(window, { type: 'menu', command }); });
  show();
});

const running = (): number => supervisor?.running ?? 0;

function show(): void {
  if (!supervisor) return;
  const [window] = BrowserWindow.getAllWindows();
  if (!window) {
    const opened = openWindow({ folder, supervisor, bounds: new Bounds(home), developer: !app.isPackaged });
    opened.on('close', (event) => { if (!leaving && running() > 0) { event.preventDefault(); void askToLeave(opened); } });
    return;
  }
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
  for (const path of given.splice(0)) sendEvent(window, { type: 'open-path', path });
}

async function askToLeave(window: BrowserWindow): Promise<void> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'question', buttons: ['Go on in the background', 'Stop the run', 'Back'], defaultId: 0, cancelId: 2, noLink: true, message: 'A run is going on',
    detail: 'In the background it goes on to its end, and tells you then. What is finished is kept either way.',
  });
  if (response === 1) { leaving = true; window.close(); }
  if (response === 0) { window.hide(); tellAtEnd(window); }
}

/** Asks the supervisor now and then: nobody else looks at a run whose window is hidden. */
function tellAtEnd(window: BrowserWindow): void {
  const timer = setInterval(() => {
    if (window.isDestroyed() || window.isVisible()) return clearInterval(timer);
    if (running() > 0) return;
    clearInterval(timer);
    const notice = new Notification({ title: 'Assay', body: 'The run has ended. Click to see what changed.' });
    notice.on('click', show);
    notice.show();
  }, 1_000);
}

app.on('second-instance', (_event, argv, folderOfStart) => { given.push(...pathsOf(argv, folderOfStart)); show(); });
app.on('open-file', (event, path) => { event.preventDefault(); given.push(path); show(); });
app.on('activate', show);
app.on('window-all-closed', () => { if (process.platform !== 'darwin') app.quit(); });
app.on('before-quit', () => { leaving = true; });
app.on('will-quit', (event) => {
  if (stopped || !supervisor) return;
  event.preventDefault();
  void supervisor.stop().finally(() => { stopped = true; app.quit(); });
});

/** From a command line: after the program, and unpackaged also after the application's own folder. */
function pathsOf(argv: readonly string[], from: string = process.cwd()): string[] {
  const words = argv.slice(1).filter((word) => !word.startsWith('-')).slice(app.isPackaged ? 0 : 1);
  return words.map((word) => resolve(from, word)).filter((path) => path !== app.getAppPath() && existsSync(path));
}
