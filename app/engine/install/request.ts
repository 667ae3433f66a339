/** What `install` is asked, and what it tells meanwhile. */
import type { FetchProgress } from './fetch.ts';

export interface InstallProgress extends Partial<FetchProgress> { readonly step: 'fetch' | 'check' | 'unpack' | 'run' }

export interface InstallRequest {
  readonly home: string;
  /** The managed folder in it. */
  readonly tools: string;
  /** A file of the user's instead of the network. */
  readonly from?: string;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: InstallProgress) => void;
  /** Programs on PATH: `dotnet`, `elan`. */
  readonly find: (name: string) => Promise<readonly string[]>;
  readonly stallSeconds?: number;
}
