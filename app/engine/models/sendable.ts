/**
 * Which files of a repository may leave it: not those that .assayignore or .gitignore name (at its root, in folders above it
 * up to the one that git knows, and in every folder below), and nothing of git's own folder. A tracked file that an ignore
 * rule names stays here as well.
 */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import ignore, { type Ignore } from 'ignore';

const LISTS = ['.gitignore', '.assayignore'];
const MOST_FOLDERS_ABOVE = 40;

export class Sendable {
  readonly #rules = new Map<string, Ignore | undefined>();
  /** The root first, seen from the folder that git knows: "a/b/" for a repository two folders below it. */
  readonly #prefix: string;
  readonly #top: string;

  /** @param root absolute */
  constructor(root: string) {
    let top = root;
    const parts: string[] = [];
    for (let folder = root, level = 0; level < MOST_FOLDERS_ABOVE; level++) {
      if (existsSync(join(folder, '.git'))) { top = folder; break; }
      const above = dirname(folder);
      if (above === folder) { parts.length = 0; break; }
      parts.unshift(posix.basename(folder));
      folder = above;
      if (level === MOST_FOLDERS_ABOVE - 1) parts.length = 0;
    }
    this.#top = top;
    this.#prefix = top === root ? '' : parts.map((part) => `${part}/`).join('');
  }

  /** Why the file stays, or undefined. @param path as in the tree */
  whyNot(path: string): string | undefined {
    if (path.startsWith('/')) return 'it is no file of the repository';
    const whole = `${this.#prefix}${posix.normalize(path)}`;
    const parts = whole.split('/');
    if (parts.includes('..') || parts.includes('.git')) return 'it is no file of the repository';
    for (let depth = 0; depth < parts.length; depth++) {
      const folder = parts.slice(0, depth).join('/');
      const rules = this.#rulesOf(folder);
      const below = parts.slice(depth);
      // A folder that is named takes all below it, whatever a later rule says, as in git.
      for (let length = 1; rules && length <= below.length; length++) {
        const name = `${below.slice(0, length).join('/')}${length < below.length ? '/' : ''}`;
        if (rules.ignores(name)) return `${folder === '' ? '' : `${folder}/`}${LISTS.join(' or ')} names ${name}`;
      }
    }
    return undefined;
  }

  #rulesOf(folder: string): Ignore | undefined {
    const known = this.#rules.get(folder);
    if (known !== undefined || this.#rules.has(folder)) return known;
    const texts = [...LISTS.map((name) => join(this.#top, folder, name)), ...(folder === '' ? [join(this.#top, '.git', 'info', 'exclude')] : [])].flatMap((file) => {
      try { return [readFileSync(file, 'utf8')]; } catch { return []; }
    });
    // Each list on its own: what one brings back, the other may still keep.
    const rules = texts.length === 0 ? undefined : several(texts.map((text) => ignore().add(text)));
    this.#rules.set(folder, rules);
    return rules;
  }
}

function several(lists: readonly Ignore[]): Ignore {
  const [first] = lists;
  return lists.length === 1 ? first! : Object.assign(Object.create(first!) as Ignore, { ignores: (path: string) => lists.some((one) => one.ignores(path)) });
}
