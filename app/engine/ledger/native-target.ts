/**
 * Which of libsql's prebuilt libraries is this machine's, in place of `@neon-rs/load` and `detect-libc` in the bundle
 * (build-command.mjs): those two ask for a diagnostic report and for child processes, a tenth of the time of a run in which nothing changed.
 * npm installs the library of the machine's own C library; of two the one that loads is right.
 */
import { createRequire } from 'node:module';

export const GLIBC = 'glibc', MUSL = 'musl';

export function currentTarget(): string {
  const { platform, arch } = process;
  if (platform === 'win32') return `win32-${arch}-msvc`;
  if (platform !== 'linux') return `${platform}-${arch}`;
  if (arch === 'arm') return familySync() === MUSL ? 'linux-arm-musleabihf' : 'linux-arm-gnueabihf';
  return `linux-${arch}-${familySync() === MUSL ? 'musl' : 'gnu'}`;
}

export function familySync(): string {
  const load = createRequire(import.meta.url);
  const gnu = process.arch === 'arm' ? '@libsql/linux-arm-gnueabihf' : `@libsql/linux-${process.arch}-gnu`;
  try { load(gnu); return GLIBC; } catch { return MUSL; }
}

/** Of a checkout of libsql itself; never here. */
export function load(folder: string): never {
  throw new Error(`no native library is built in ${folder}`);
}
