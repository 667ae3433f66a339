/** Messages between the engine and its worker thread. */

/** A folder of the in-memory file system: names to bytes or to further folders. */
export interface FileTree { [name: string]: FileTree | Uint8Array }

export interface YosysJob {
  readonly id: number;
  readonly args: readonly string[];
  readonly files: FileTree;
  /** Paths of files that are sent back where they exist. */
  readonly wanted: readonly string[];
  /** Kept bytes of the output; more is counted, not kept. */
  readonly outputBytes: number;
}

export interface YosysAnswer {
  readonly id: number;
  /** Of yosys itself; absent where the program trapped. */
  readonly code?: number;
  /** The WebAssembly trap or the failure to start, in words. */
  readonly trap?: string;
  /** Standard output and error, as they came. */
  readonly output: Uint8Array;
  readonly outputBytes: number;
  readonly files: Readonly<Record<string, Uint8Array>>;
}
