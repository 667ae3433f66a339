/** Reads what yosys says where it refuses a design: "file:line: ERROR: text" or "ERROR: text", the last one decides. */
import type { Diagnostic } from '../../contract.ts';

const START_OF_LINE = { line: 1, column: 1 };

/** @param place finds the repository's file and line for a file as yosys saw it */
export function frontEndError(output: string, place: (file: string, line: number) => { readonly file: string; readonly line: number }): Diagnostic | undefined {
  const lines = output.split(/\r?\n/);
  for (let index = lines.length - 1; index >= 0; index--) {
    const match = /^(?:(.+?):(\d+)(?:\.\d+(?:-\d+\.\d+)?)?: )?ERROR: (.+)$/.exec(lines[index]!);
    if (!match) continue;
    const message = match[3]!.trim();
    if (match[1] === undefined) return { severity: 'error', message };
    const { file, line } = place(match[1], Number(match[2]));
    return { severity: 'error', message, file, range: { start: { ...START_OF_LINE, line }, end: { ...START_OF_LINE, line } } };
  }
  return undefined;
}
