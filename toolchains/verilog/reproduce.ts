/** The command of an attempt, for a POSIX shell; models of the private folder are made by the yosys command that is kept beside it. */
import type { Attempt } from '../contract.ts';

export function reproduceVerilog(attempt: Attempt): string {
  return attempt.argv.map(quote).join(' ');
}

function quote(word: string): string {
  return /^[A-Za-z0-9_./:=,%+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
