/** The folder of tools that Assay installed: TOOL/VERSION each, side by side, each with a note of where it came from. */
import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError } from '../../../toolchains/contract.ts';
import { reasonOf } from '../repository/system-errors.ts';

export interface InstallNote {
  readonly tool: string;
  readonly version: string;
  readonly from: string;
  readonly sha256?: string;
  readonly checksum?: 'published' | 'recorded' | 'first use';
  readonly at: string;
}

const NOTE = 'assay-install.json';
/** What a killed Assay left; a fresh one may be another's that is at work. */
const STALE_MS = 24 * 3_600_000;

export function toolsFolder(home: string): string { return join(home, 'tools'); }

/** A folder beside the tools, on the same disk, so that one move puts a tool in place. */
export async function freshFolder(tools: string): Promise<string> {
  try {
    await mkdir(tools, { recursive: true, mode: 0o700 });
    for (const name of await readdir(tools)) {
      const path = join(tools, name);
      if (name.startsWith('.new-') && Date.now() - ((await stat(path).catch(() => undefined))?.mtimeMs ?? Date.now()) > STALE_MS) await rm(path, { recursive: true, force: true });
    }
    const path = join(tools, `.new-${randomBytes(6).toString('hex')}`);
    await mkdir(path, { mode: 0o700 });
    return path;
  } catch (error) {
    throw new InputError(tools, `cannot be used: ${reasonOf(error)}`, 'Set ASSAY_HOME to a folder that you may write');
  }
}

/** In one move; where another Assay was first, its tool stays. */
export async function putInPlace(folder: string, tools: string, note: InstallNote): Promise<string> {
  const target = join(tools, note.tool, note.version);
  try {
    await writeFile(join(folder, NOTE), `${JSON.stringify(note, null, 1)}\n`);
    await mkdir(join(tools, note.tool), { recursive: true });
    await rename(folder, target);
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    if (!['ENOTEMPTY', 'EEXIST', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '') || await noteOf(tools, note.tool, note.version) === undefined) throw error;
  }
  return target;
}

/** Undefined where it is not installed. */
export async function noteOf(tools: string, tool: string, version: string): Promise<InstallNote | undefined> {
  try { return JSON.parse(await readFile(join(tools, tool, version, NOTE), 'utf8')) as InstallNote; } catch { return undefined; }
}
