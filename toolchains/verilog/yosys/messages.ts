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

/** Every yosys run ends with its log's hash; without it the run is not complete, whatever its exit code. */
export function isComplete(log: string): boolean {
  return /^End of script\. Logfile hash: [0-9a-f]+/m.test(log);
}
