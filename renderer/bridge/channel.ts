/** How messages travel: through Electron's preload, or over a WebSocket to `assay serve`. Neither knows what they say. */

export type ConnectionState = 'connecting' | 'connected' | 'lost';

export interface ChannelListener {
  message(data: unknown): void;
  state(state: ConnectionState): void;
}

export interface Channel {
  /** False where there is no connection: the message is dropped. */
  send(message: unknown): boolean;
  listen(listener: ChannelListener): void;
  /** The path of a file that was dropped or chosen; in a browser, of the copy that it is uploaded to. */
  pathOf(file: File): Promise<string>;
  close(): void;
}

/** What app/preload.ts puts on `window`. */
export interface PreloadBridge {
  send(message: unknown): void;
  listen(listener: (data: unknown) => void): void;
  pathOf(file: File): string;
}

declare global {
  interface Window { readonly assayBridge?: PreloadBridge }
}

export function preloadChannel(bridge: PreloadBridge): Channel {
  return {
    send(message) { bridge.send(message); return true; },
    listen(listener) {
      bridge.listen((data) => { listener.message(data); });
      listener.state('connected');
    },
    pathOf: async (file) => bridge.pathOf(file),
    close: () => undefined,
  };
}

/** Between two attempts to connect again, milliseconds. */
const RETRY_FIRST = 200, RETRY_LAST = 5_000;

/** @param base address of the page; its cookie is the key that the one-time link left */
export function socketChannel(base: URL): Channel {
  const address = new URL('bridge', base);
  address.protocol = base.protocol === 'https:' ? 'wss:' : 'ws:';
  let socket: WebSocket | undefined, listener: ChannelListener | undefined;
  let wait = RETRY_FIRST, closed = false, timer: ReturnType<typeof setTimeout> | undefined;

  function open(): void {
    socket = new WebSocket(address);
    socket.onopen = () => { wait = RETRY_FIRST; listener?.state('connected'); };
    socket.onmessage = ({ data }: { readonly data: unknown }) => {
      if (typeof data === 'string') listener?.message(JSON.parse(data));
    };
    socket.onclose = () => {
      if (closed) return;
      listener?.state('lost');
      timer = setTimeout(open, wait);
      wait = Math.min(wait * 2, RETRY_LAST);
    };
  }

  return {
    send(message) {
      if (socket?.readyState !== WebSocket.OPEN) return false;
      socket.send(JSON.stringify(message));
      return true;
    },
    listen(given) {
      listener = given;
      listener.state('connecting');
      open();
    },
    async pathOf(file) {
      const answer = await fetch(new URL('upload', base), { method: 'POST', body: file, headers: { 'x-assay-name': encodeURIComponent(file.name) } });
      if (!answer.ok) throw new Error(await answer.text());
      return answer.text();
    },
    close() {
      closed = true;
      clearTimeout(timer);
      socket?.close();
    },
  };
}
