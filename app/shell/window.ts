/** One window of Assay: how it is made, what it may do, and what its page says to the engine. */
import { BrowserWindow, ipcMain, type IpcMainEvent } from 'electron';
import { join } from 'node:path';
import { clientMessage, type BridgeEvent, type HostMessage } from '../contract.ts';
import type { Supervisor, WindowPort } from '../host/supervisor.ts';
import { answerShell, isShellRequest, ShellRefusal } from './answers.ts';
import type { Bounds } from './bounds.ts';
import { isOwnFrame, ORIGIN } from './guards.ts';

export interface WindowOptions {
  readonly folder: string;
  readonly supervisor: Supervisor;
  readonly bounds: Bounds;
  readonly developer: boolean;
}

const ports = new Map<number, WindowPort>();

export function openWindow(options: WindowOptions): BrowserWindow {
  const window = new BrowserWindow({
    ...options.bounds.options(), minWidth: 640, minHeight: 400, show: false, title: 'Assay', backgroundColor: '#1b1d1f', autoHideMenuBar: process.platform !== 'darwin',
    webPreferences: {
      preload: join(options.folder, 'preload.cjs'), contextIsolation: true, sandbox: true, nodeIntegration: false, nodeIntegrationInWorker: false, nodeIntegrationInSubFrames: false, webSecurity: true,
      allowRunningInsecureContent: false, experimentalFeatures: false, webviewTag: false, navigateOnDragDrop: false, spellcheck: false, devTools: options.developer, disableDialogs: true,
    },
  });
  if (options.bounds.maximized) window.maximize();
  options.bounds.follow(window);
  window.once('ready-to-show', () => { window.show(); });
  const { id } = window.webContents;
  window.on('closed', () => { ports.get(id)?.close(); ports.delete(id); });
  window.webContents.on('render-process-gone', (_event, { reason }) => { if (reason !== 'clean-exit' && !window.isDestroyed()) window.webContents.reload(); });
  void window.loadURL(`${ORIGIN}/`);
  return window;
}

export function sendEvent(window: BrowserWindow, event: BridgeEvent): void {
  send(window, { type: 'events', events: [event] });
}

function send(window: BrowserWindow, message: HostMessage): void {
  if (!window.isDestroyed() && !window.webContents.isDestroyed()) window.webContents.send('assay:message', message);
}

/** Messages of pages: of our own page in a window's main frame, or of nobody. */
export function listenToPages(supervisor: Supervisor, connected: (window: BrowserWindow) => void): void {
  const windowOf = (event: IpcMainEvent): BrowserWindow | undefined =>
    (isOwnFrame(event.senderFrame, event.sender) ? BrowserWindow.fromWebContents(event.sender) ?? undefined : undefined);

  ipcMain.on('assay:connect', (event) => {
    const window = windowOf(event);
    if (!window) return;
    const { id } = window.webContents;
    ports.get(id)?.close();
    const port: WindowPort = supervisor.connect((message) => { send(window, message); port?.taken(); });
    ports.set(id, port);
    connected(window);
  });
  ipcMain.on('assay:message', (event, data: unknown) => {
    const window = windowOf(event);
    if (!window) return;
    const parsed = clientMessage.safeParse(data);
    if (parsed.success && parsed.data.type === 'request' && isShellRequest(parsed.data.name)) {
      const { id, name, input } = parsed.data;
      answerShell(window, name, input).then(
        (value) => { send(window, { type: 'answer', id, value }); },
        (error: unknown) => { send(window, { type: 'refusal', id, problem: error instanceof ShellRefusal ? error.problem : { kind: 'internal', message: String(error) } }); });
      return;
    }
    ports.get(window.webContents.id)?.post(data);
  });
}
