/** Reads what yosys says about a design that it cannot read or elaborate: "FILE:LINE: ERROR: …" and "ERROR: …". */
export interface YosysError { readonly file?: string; readonly line?: number; readonly message: string }

/** The first error of a run's output; undefined where there is none. */
export function readYosysError(text: string): YosysError | undefined {
  for (const line of text.split('\n')) {
    const placed = /^(.+?):(\d+)(?:[.:][\d.\-]*)?: ERROR: (.*)$/.exec(line);
    if (placed) return { file: placed[1]!, line: Number(placed[2]), message: placed[3]! };
    const bare = /^ERROR: (.*)$/.exec(line);
    if (bare) {
      const inside = / at ([^\s]+?):(\d+)(?:\.\d+(?:-\d+\.\d+)?)?[!.]?$/.exec(bare[1]!);
      return { message: bare[1]!, ...(inside && { file: inside[1]!, line: Number(inside[2]) }) };
    }
  }
  return undefined;
}

export type YosysReading =
  /** The script ran to its end. */
  | { readonly kind: 'complete' }
  | { readonly kind: 'error'; readonly error: YosysError }
  | { readonly kind: 'incomplete'; readonly why: string };

/** @param run `log`: everything it wrote, or the end of that; `output`: where errors stand; `code`: it ended by itself with it */
export function readYosysRun(run: { readonly log: string; readonly output: string; readonly code: number | null }): YosysReading {
  const error = readYosysError(run.output);
  /* check: yosys: no error */ if (error) return { kind: 'error', error };
  /* check: yosys: exit code */ if (run.code !== 0) return { kind: 'incomplete', why: `yosys ended with code ${run.code ?? 'none'}` };
  const lines = run.log.split(/\r?\n/);
  const closing = lines.findLastIndex(line => CLOSING.test(line));
  /* check: yosys: closing line */ if (closing < 0) return { kind: 'incomplete', why: 'yosys ended without its closing line' };
  // A design may print a line like it (`$display`): the true one is last.
  /* check: yosys: nothing after the end */ if (!lines.slice(closing + 1).every(line => EPILOGUE.test(line))) return { kind: 'incomplete', why: 'yosys went on after its closing line' };
  /* check: yosys: its name at the end */ if (!lines.slice(closing + 1).some(line => /^Yosys \d/.test(line))) return { kind: 'incomplete', why: 'the output of yosys is cut at its end' };
  return { kind: 'complete' };
}

/** Every run ends with the hash of its log, its name and where its time went. */
const CLOSING = /^End of script\. Logfile hash: [0-9a-f]+/;
const EPILOGUE = /^(?:|Yosys \d.*|Time spent: .*|\s+\d+% .*)$/;
