/** A word as a POSIX shell takes it, for commands that a person pastes. Nothing that Assay itself starts goes through a shell. */
export function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
