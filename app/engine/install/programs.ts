/** How programs run that fetch by themselves: long, and with the user's way to the network. */
import type { ProcessLimits } from '../../../toolchains/process.ts';

export const FETCHING_LIMITS: ProcessLimits = { wallSeconds: 3600, memoryMb: 4096, outputBytes: 1024 * 1024, floodBytes: 64 * 1024 * 1024 };

const WAY_OUT = ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'http_proxy', 'https_proxy', 'no_proxy', 'SSL_CERT_FILE', 'SSL_CERT_DIR'];

export function fetchingEnvironment(): Record<string, string> {
  return Object.fromEntries(WAY_OUT.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])));
}
