/** What the process of the engine and the one that shows the window say to each other: messages of many windows on one pipe. */
import type { HostMessage } from '../contract.ts';
import type { Surroundings } from './answers/machine.ts';

export type ToEngine =
  | { readonly type: 'start'; readonly surroundings: Surroundings }
  | { readonly type: 'connect' | 'disconnect' | 'taken'; readonly window: number }
  /** `data` is as the window sent it, of any shape. */
  | { readonly type: 'message'; readonly window: number; readonly data: unknown }
  | { readonly type: 'stop' };

export type FromEngine =
  | { readonly type: 'ready' }
  | { readonly type: 'message'; readonly window: number; readonly message: HostMessage }
  /** How many runs go on. */
  | { readonly type: 'running'; readonly count: number }
  | { readonly type: 'failed'; readonly message: string };

export interface EngineLink {
  readonly pid: number | undefined;
  post(message: ToEngine): void;
  onMessage(listener: (message: FromEngine) => void): void;
  onExit(listener: (reason: string) => void): void;
  kill(): void;
}
