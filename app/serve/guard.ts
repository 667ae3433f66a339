/**
 * Who may speak to `assay serve`: a browser on this machine that came through the one-time link. The link's token is good
 * once and becomes a cookie that scripts cannot read. Host and Origin are held to the address that is served, so that a page
 * from elsewhere whose name was made to point here (DNS rebinding) reaches nothing.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

export class Guard {
  #token = fresh();
  #used = false;
  readonly #session = fresh();
  readonly #cookie: string;
  readonly #hosts: ReadonlySet<string>;

  constructor(readonly port: number) {
    // Cookies know no ports: two served at once must not take each other's.
    this.#cookie = `assay-${port}`;
    this.#hosts = new Set([`127.0.0.1:${port}`, `localhost:${port}`]);
  }

  get link(): string { return `http://127.0.0.1:${this.port}/?token=${this.#token}`; }

  /** A further link, for another window or after the first was used up. */
  renew(): string {
    this.#token = fresh();
    this.#used = false;
    return this.link;
  }

  isOwnHost(request: IncomingMessage): boolean { return this.#hosts.has(request.headers.host ?? ''); }

  /** Requests that change something or open a socket come from the served page itself. */
  isOwnOrigin(request: IncomingMessage): boolean {
    const { origin, host } = request.headers;
    return origin !== undefined && host !== undefined && origin === `http://${host}` && this.#hosts.has(host);
  }

  hasSession(request: IncomingMessage): boolean {
    const cookies = (request.headers.cookie ?? '').split(';').map((part) => part.trim());
    return cookies.some((cookie) => cookie.startsWith(`${this.#cookie}=`) && same(cookie.slice(this.#cookie.length + 1), this.#session));
  }

  /** The cookie to set, where the token is the one that was given out and not used yet. */
  redeem(token: string): string | undefined {
    if (this.#used || !same(token, this.#token)) return undefined;
    this.#used = true;
    return `${this.#cookie}=${this.#session}; HttpOnly; SameSite=Strict; Path=/`;
  }
}

function fresh(): string { return randomBytes(32).toString('base64url'); }

function same(one: string, other: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}
