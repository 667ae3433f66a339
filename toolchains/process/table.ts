/** What the system says about running processes: /proc on Linux, `ps` elsewhere. */
export interface ProcessRow {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  readonly session: number;
  /** Ended and only waiting to be collected by its parent: holds no memory, cannot be killed. */
  readonly ended: boolean;
  /** With the pid the identity of a process: a reused pid has another start. */
  readonly start: string;
  /** Of itself and of the children that it waited for. */
  readonly cpuSeconds: number;
  readonly residentMb: number;
}

export interface ProcessTable {
  /** All processes but those in `skip`, which are known to be none of ours; ended ones leave `skip`. */
  read(skip: Set<number>): readonly ProcessRow[] | Promise<readonly ProcessRow[]>;
  row(pid: number): ProcessRow | undefined;
  /** The pid that was given out last, to a process or a thread, by anybody; undefined where the system does not say. */
  lastPid(): number | undefined;
  /** The inherited tag (tag.ts), where the system shows it. */
  tag(pid: number): number | undefined;
}
