/** `app://assay/…`: the built window's files, and nothing else of the disk. */
import { protocol, type Session } from 'electron';
import { contentPolicy, SAFE_HEADERS } from '../host/policy.ts';
import { windowFile } from '../host/window-files.ts';

/** Before the application is ready. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } }]);
}

export function serveWindow(session: Session, folder: string): void {
  session.protocol.handle('app', async (request) => {
    const url = new URL(request.url);
    const headers = { ...SAFE_HEADERS, 'content-security-policy': contentPolicy('') };
    const file = url.host === 'assay' && request.method === 'GET' ? await windowFile(folder, url.pathname) : undefined;
    if (!file) return new Response('there is no such file\n', { status: 404, headers: { ...headers, 'content-type': 'text/plain; charset=utf-8' } });
    return new Response(new Uint8Array(file.content), { headers: { ...headers, 'content-type': file.type } });
  });
}
