/**
 * What Electron's windows may do at all, set once for every one of them: no navigation, no further windows, no embedded
 * pages, no devices, no network. The page is the application's own, whatever its content shows.
 */
import { app, type Session, type WebContents, type WebFrameMain } from 'electron';

export const ORIGIN = 'app://assay';

const SCHEMES = new Set(['app:', 'blob:', 'data:', 'devtools:']);
/** System notices at the end of a run, and copying text. */
const PERMISSIONS = new Set(['notifications', 'clipboard-sanitized-write']);

export function isOwnFrame(frame: WebFrameMain | null, contents: WebContents): boolean {
  return frame !== null && frame === contents.mainFrame && isOwn(frame.url);
}

export function isOwn(url: string): boolean {
  try {
    const { protocol, host } = new URL(url);
    return `${protocol}//${host}` === ORIGIN;
  } catch { return false; }
}

export function guardContents(): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
    contents.on('will-navigate', (event) => { event.preventDefault(); });
    contents.on('will-frame-navigate', (event) => { if (event.isMainFrame || !/^(blob:|about:)/.test(event.url)) event.preventDefault(); });
    contents.on('will-redirect', (event) => { event.preventDefault(); });
    contents.on('will-attach-webview', (event) => { event.preventDefault(); });
  });
}

export function guardSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, allow, details) => { allow(PERMISSIONS.has(permission) && isOwn(details.requestingUrl)); });
  session.setPermissionCheckHandler((_contents, permission, origin) => PERMISSIONS.has(permission) && isOwn(origin));
  session.setDevicePermissionHandler(() => false);
  session.webRequest.onBeforeRequest((details, answer) => {
    let scheme = '';
    try { scheme = new URL(details.url).protocol; } catch { /* refused */ }
    answer({ cancel: !SCHEMES.has(scheme) });
  });
  session.setSpellCheckerEnabled(false);
}
