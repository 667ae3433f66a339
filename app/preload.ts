/** The one bridge between the page and the application: messages of the contract, and where a dropped file is. Nothing else. */
import { contextBridge, ipcRenderer, webUtils } from 'electron';

let listener: ((data: unknown) => void) | undefined;
ipcRenderer.on('assay:message', (_event, data: unknown) => { listener?.(data); });

contextBridge.exposeInMainWorld('assayBridge', {
  send(message: unknown): void { ipcRenderer.send('assay:message', message); },
  listen(given: (data: unknown) => void): void {
    listener = given;
    ipcRenderer.send('assay:connect');
  },
  pathOf: (file: File): string => webUtils.getPathForFile(file),
});
