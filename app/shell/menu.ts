/** The menus of the system. Each item is a command of the window, which has its own keys for them. */
import { BrowserWindow, Menu, type MenuItemConstructorOptions } from 'electron';
import type { MenuCommand } from '../contract.ts';

export function setMenu(send: (window: BrowserWindow, command: MenuCommand) => void): void {
  const isMac = process.platform === 'darwin';
  const item = (label: string, command: MenuCommand, accelerator?: string): MenuItemConstructorOptions => ({
    label, ...(accelerator === undefined ? {} : { accelerator }),
    // Elsewhere the page hears the key itself; on macOS the menu is first.
    registerAccelerator: isMac,
    click: (_item, window) => { if (window instanceof BrowserWindow) send(window, command); },
  });
  const separator: MenuItemConstructorOptions = { type: 'separator' };
  Menu.setApplicationMenu(Menu.buildFromTemplate([
    ...(isMac ? [{ role: 'appMenu' as const }] : []),
    { label: '&File', submenu: [
      item('Open Folder…', 'open-folder', 'CmdOrCtrl+O'), item('Open File or Archive…', 'open-file', 'CmdOrCtrl+Shift+O'), item('Close Repository', 'close-repository'), separator,
      item('Settings', 'settings', 'CmdOrCtrl+,'), separator, isMac ? { role: 'close' } : { role: 'quit' },
    ] },
    { label: '&Edit', submenu: [{ role: 'undo' }, { role: 'redo' }, separator, { role: 'cut' }, { role: 'copy' }, { role: 'paste' }, { role: 'selectAll' }, separator, item('Find in Repository', 'find-in-files', 'CmdOrCtrl+Shift+F')] },
    { label: '&Run', submenu: [item('Run All', 'run-all', 'F5'), item('Stop', 'stop', 'Shift+F5'), separator, item('Toolchains', 'toolchains')] },
    { label: '&Go', submenu: [item('Back', 'back', 'Alt+Left'), item('Forward', 'forward', 'Alt+Right'), separator, item('Command Palette', 'palette', 'CmdOrCtrl+Shift+P'), item('Go to File', 'go-to-file', 'CmdOrCtrl+P')] },
    { label: '&View', submenu: [
      item('Side Panel', 'toggle-side', 'CmdOrCtrl+B'), item('Bottom Panel', 'toggle-bottom', 'CmdOrCtrl+J'), item('Inspector', 'toggle-inspector', 'CmdOrCtrl+I'), separator,
      { role: 'resetZoom' }, { role: 'zoomIn' }, { role: 'zoomOut' }, { role: 'togglefullscreen' },
    ] },
    { role: 'windowMenu' },
    { label: '&Help', submenu: [item('Keys and Legend', 'legend')] },
  ]));
}
