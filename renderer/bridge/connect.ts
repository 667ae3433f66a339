/** The one bridge of this window: Electron's preload where it is there, else the WebSocket of `assay serve`. */
import { preloadChannel, socketChannel } from './channel.ts';
import { createClient, type Bridge } from './client.ts';

export function connect(): Bridge {
  const preload = window.assayBridge;
  return createClient(preload ? preloadChannel(preload) : socketChannel(new URL('/', window.location.href)));
}
