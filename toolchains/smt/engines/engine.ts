/** What the portfolio needs to know of a solver: which scripts it takes, what its private copy looks like, how it is started. */
import type { Tool } from '../../contract.ts';
import type { Dialect } from '../framing.ts';
import type { Script } from '../script.ts';

export interface EngineRequest {
  /** Absolute path of the framed copy. */
  readonly file: string;
  /** For one check; the process as a whole has its own bound. */
  readonly wallSeconds: number;
  /** The solver's own deterministic count for one check. */
  readonly resource?: number;
  /** 0: the solver's default. */
  readonly seed: number;
  readonly incremental: boolean;
  readonly script: Script;
}

export interface Engine {
  /** Tool.id. */
  readonly id: string;
  readonly dialect: Dialect;
  takes(script: Script, tool: Tool): boolean;
  arguments(request: EngineRequest): readonly string[];
  /** How it is kept warm: scripts come on standard input, one after the other, each after (reset). Absent: it cannot be. */
  readonly warm?: WarmEngine;
}

export interface WarmEngine {
  /** The last one stands for standard input. No limit of its own: z3's timer costs as much as a small script. */
  arguments(script: Script): readonly string[];
  /** Said before a script, where the solver would else warn on standard error. */
  readonly before: (script: Script) => string;
}
