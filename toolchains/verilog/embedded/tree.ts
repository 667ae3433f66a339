/** The in-memory file system of a job. */
import { InputError } from '../../contract.ts';
import type { FileTree } from './protocol.ts';

/** The folder of Assay's own files in the tree. */
export const OWN = '.assay';
/** Names at the root that yosys in WebAssembly fills itself, or that are ours. */
const RESERVED = new Set([OWN, 'share', 'tmp', 'dev']);

/** @throws InputError where a name cannot be had */
export function putFile(root: FileTree, path: string, content: Uint8Array): void {
  const parts = path.split('/');
  const name = parts.pop()!;
  if (RESERVED.has(parts[0] ?? name)) throw new InputError(path, 'yosys in WebAssembly uses this name itself', 'Install yosys natively, or rename it');
  let folder = root;
  for (const part of parts) {
    checkName(path, part);
    const inner = Object.hasOwn(folder, part) ? folder[part] : (folder[part] = {});
    if (inner === undefined || inner instanceof Uint8Array) throw new InputError(path, 'a file and a folder have the same name');
    folder = inner;
  }
  checkName(path, name);
  if (Object.hasOwn(folder, name) && !(folder[name] instanceof Uint8Array)) throw new InputError(path, 'a file and a folder have the same name');
  folder[name] = content;
}

function checkName(path: string, part: string): void {
  if (part === '' || part === '.' || part === '..' || part === '__proto__') throw new InputError(path, 'not a path inside the private folder');
}
