/** Addresses of servers: only http and https, and http without encryption only on this machine. */
import type { Receiver } from './types.ts';

export function receiverOf(url: URL): Receiver { return { origin: url.origin, isLoopback: isLoopback(url.hostname) }; }

/** A name that may be resolved elsewhere is not this machine: only literal addresses, and the name that RFC 6761 reserves. */
export function isLoopback(host: string): boolean { return host === 'localhost' || host === '[::1]' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host); }

/** The address, or why it is none that text may be sent to. */
export function readServer(text: string): URL | string {
  let url: URL;
  try { url = new URL(text); } catch { return `"${text}" is no address; it looks like http://127.0.0.1:8080/v1`; }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return `${url.protocol}// is not understood; use https://`;
  if (url.username !== '' || url.password !== '') return 'an address with a password in it ends up in logs; keep the key in an environment variable or the key store';
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) return `${url.host} is another machine, and http:// would send text and key in clear; use https://`;
  return url;
}
