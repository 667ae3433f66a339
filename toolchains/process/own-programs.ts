/** Who starts Assay's own programs (`*.worker.ts`): this process itself, or where it cannot (Electron) somebody for it. */

export interface OwnProgram {
  /** 0 until it is known. */
  readonly pid: number;
  post(message: unknown): void;
  end(): void;
}

export interface OwnProgramEvents {
  message(message: unknown): void;
  /** Once, when it has ended. */
  ended(reason: string): void;
}

export type StartOwnProgram = (file: string, events: OwnProgramEvents) => OwnProgram;

let given: StartOwnProgram | undefined;

/** Once, before any program is started. */
export function startProgramsWith(start: StartOwnProgram): void { given = start; }

export function programStarter(): StartOwnProgram | undefined { return given; }
