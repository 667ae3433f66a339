/**
 * Tells when files of an opened folder change on the disk. One watcher a folder that holds files of the tree; changes are
 * gathered for a moment. Where the system gives no more watchers the caller is told once that changes may go unseen.
 */
import { watch as watchFolder, type FSWatcher } from 'node:fs';
import { dirname, join } from 'node:path';

export interface WatchListener {
  /** Paths relative to the root; `more`: others may have changed as well. */
  changed(paths: readonly string[], more: boolean): void;
  /** In words. */
  blind(why: string): void;
}

export interface Watching {
  /** The folders of these files are watched from now on, and no others. */
  follow(files: readonly { readonly path: string }[]): void;
  close(): void;
}

const GATHER_MS = 150;
/** inotify's usual bound for a user is 8,192 or more; others want some too. */
const MOST_FOLDERS = 4_000;
const MOST_PATHS = 1_000;
/** What editors and Assay itself write beside a file for a moment. */
const PASSING = /(^|\/)(\.assay-[0-9a-f]+\.tmp|\.#.*|.*~|\..*\.sw[a-z]|4913)$/;

export function watchRepository(root: string, listener: WatchListener): Watching {
  const watchers = new Map<string, FSWatcher>();
  const paths = new Set<string>();
  let timer: NodeJS.Timeout | undefined, more = false, isBlind = false, closed = false;

  function note(folder: string, name: string | null): void {
    if (closed) return;
    const path = name === null ? folder : folder === '' ? name : `${folder}/${name}`;
    if (PASSING.test(path) || path.split('/').includes('.git')) return;
    if (name === null || paths.size >= MOST_PATHS) more = true; else paths.add(path);
    timer ??= setTimeout(() => {
      timer = undefined;
      const changed = [...paths], all = more;
      paths.clear();
      more = false;
      listener.changed(changed, all);
    }, GATHER_MS);
  }

  function blind(why: string): void {
    if (!isBlind && !closed) listener.blind(why);
    isBlind = true;
  }

  function add(folder: string): void {
    try {
      const watcher = watchFolder(join(root, folder), (_event, name) => { note(folder, name); });
      watcher.on('error', (error) => { watchers.delete(folder); watcher.close(); note(folder, null); if ((error as NodeJS.ErrnoException).code === 'ENOSPC') blind(error.message); });
      watchers.set(folder, watcher);
    } catch (error) {
      // Gone again already: its parent tells.
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') blind(error instanceof Error ? error.message : String(error));
    }
  }

  return {
    follow(files) {
      const folders = new Set(['']);
      for (const { path } of files) for (let folder = dirname(path); folder !== '.' && !folders.has(folder); folder = dirname(folder)) folders.add(folder);
      if (folders.size > MOST_FOLDERS) blind(`it has ${folders.size} folders, and ${MOST_FOLDERS} are watched`);
      for (const [folder, watcher] of watchers) if (!folders.has(folder)) { watcher.close(); watchers.delete(folder); }
      for (const folder of folders) if (!watchers.has(folder) && watchers.size < MOST_FOLDERS) add(folder);
    },
    close() {
      closed = true;
      clearTimeout(timer);
      for (const watcher of watchers.values()) watcher.close();
      watchers.clear();
    },
  };
}
