/**
 * Folders that are never looked into: what version control, package managers and compilers put there. Found
 * artefacts are rebuilt, not believed (DESIGN, "Limits and rules"). Each one that is passed over is reported.
 */

export interface SkippedFolder { readonly path: string; readonly why: string }

const BY_NAME: ReadonlyMap<string, string> = new Map([
  ['.git', 'version control'],
  ['.hg', 'version control'],
  ['.svn', 'version control'],
  ['.jj', 'version control'],
  ['node_modules', 'installed packages'],
  ['.lake', 'build output of Lake'],
  ['lake-packages', 'packages fetched by Lake'],
  ['__pycache__', 'compiled Python'],
]);

/** Folders that are build output only where something beside or inside them says so. */
const BY_CONTEXT: readonly { readonly name: string; readonly beside: readonly string[]; readonly why: string }[] = [
  { name: 'target', beside: ['Cargo.toml'], why: 'build output of Cargo' },
];

/** @param beside names in the same parent folder */
export function skipReason(name: string, beside: (name: string) => boolean): string | undefined {
  const why = BY_NAME.get(name);
  if (why !== undefined) return why;
  return BY_CONTEXT.find((rule) => rule.name === name && rule.beside.some(beside))?.why;
}

export const isVersionControl = (skipped: SkippedFolder): boolean => skipped.why === 'version control';
