/**
 * Whether a file is the one that was meant. A published checksum decides; where none is known, the one of the first
 * use is recorded in the folder of tools, and every later fetch is held to it.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError } from '../../../toolchains/contract.ts';

interface Recorded { readonly sha256: string; readonly at: string }
export interface Checked { readonly sha256: string; readonly by: 'published' | 'recorded' | 'first use' }

export async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

/** @param what names the source: the address, or "nuget:dafny@4.11.0" */
export async function checkSum(tools: string, what: string, path: string, published: string | undefined): Promise<Checked> {
  const sha256 = await sha256Of(path);
  if (published !== undefined) {
    if (sha256 !== published) throw new InputError(what, `has the checksum ${sha256}, and ${published} was published: it was damaged or replaced`, 'It was not installed. Fetch it again; if it stays so, do not use it');
    return { sha256, by: 'published' };
  }
  const known = (await recorded(tools))[what];
  if (known === undefined) return { sha256, by: 'first use' };
  if (known.sha256 !== sha256) throw new InputError(what, `has the checksum ${sha256}, and ${known.sha256} was recorded at its first use on ${known.at.slice(0, 10)}: it was damaged or replaced`, `It was not installed. If it was replaced in good faith, remove its line from ${fileIn(tools)}`);
  return { sha256, by: 'recorded' };
}

/** Once it was installed: a file that could not be used is not recorded. */
export async function recordSum(tools: string, what: string, checked: Checked): Promise<void> {
  if (checked.by !== 'first use') return;
  const sums = { ...await recorded(tools), [what]: { sha256: checked.sha256, at: new Date().toISOString() } };
  const fresh = `${fileIn(tools)}.${process.pid}.tmp`;
  await writeFile(fresh, `${JSON.stringify(sums, null, 1)}\n`, { mode: 0o600 });
  await rename(fresh, fileIn(tools));
}

const fileIn = (tools: string): string => join(tools, 'checksums.json');

async function recorded(tools: string): Promise<Record<string, Recorded>> {
  let text: string;
  try { text = await readFile(fileIn(tools), 'utf8'); } catch { return {}; }
  try { return JSON.parse(text) as Record<string, Recorded>; } catch { throw new InputError(fileIn(tools), 'is no JSON, so that recorded checksums cannot be compared', 'Repair or remove it; checksums are then recorded anew'); }
}
