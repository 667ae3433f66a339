/** Whether a file is something that the system starts itself. */
import { accessSync, closeSync, constants, openSync, readSync, statSync } from 'node:fs';
import { isAbsolute } from 'node:path';

/** First bytes of what a kernel starts: ELF, a script that names its interpreter, Mach-O (both orders, 32 and 64 bit, and fat). */
const MAGIC = ['7f454c46', '2321', 'feedface', 'feedfacf', 'cefaedfe', 'cffaedfe', 'cafebabe'];
const checked = new Map<string, string>();
const REMEMBERED = 1000;

/**
 * Undefined where the file can be started. The shell of the prologue would read a file of unknown kind as a
 * script of its own (POSIX, execvp): such a file is refused.
 */
export function whyNoProgram(file: string): string | undefined {
  if (!isAbsolute(file)) return `${file} is not an absolute path`;
  const state = statSync(file, { throwIfNoEntry: false });
  if (!state) return `${file} is not there`;
  if (!state.isFile()) return `${file} is not a regular file`;
  try { accessSync(file, constants.X_OK); } catch { return `${file} may not be executed`; }
  if (process.platform === 'win32') return undefined;
  const identity = `${state.dev}:${state.ino}:${state.size}:${state.mtimeMs}:${state.ctimeMs}`;
  if (checked.get(file) === identity) return undefined;
  const start = firstBytes(file);
  // A program that may be executed but not read is left to the kernel.
  if (start !== undefined && !MAGIC.some((magic) => start.startsWith(magic))) return `${file} is no program: neither a binary of this system nor a script that names its interpreter`;
  if (checked.size >= REMEMBERED) checked.clear();
  checked.set(file, identity);
  return undefined;
}

/** By its first bytes, whether or not it may be executed. */
export function looksLikeProgram(file: string): boolean {
  const start = firstBytes(file);
  return start !== undefined && MAGIC.some((magic) => start.startsWith(magic));
}

function firstBytes(file: string): string | undefined {
  let descriptor: number;
  try { descriptor = openSync(file, 'r'); } catch { return undefined; }
  try {
    const bytes = Buffer.alloc(4);
    return bytes.subarray(0, readSync(descriptor, bytes, 0, 4, 0)).toString('hex');
  } finally { closeSync(descriptor); }
}
