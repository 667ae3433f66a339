/** How requests are answered: one function a name, with input and output as the contract has them. */
import type { BridgeEvent, RequestInput, RequestName, RequestOutput } from '../contract.ts';
import type { z } from 'zod';
import type { requests } from '../contract.ts';
import type { Engine } from '../engine/engine.ts';
import type { TrustedRepositories } from '../engine/trust/trusted.ts';
import type { LiveDocuments } from './live/documents.ts';
import type { RecentRepositories } from './recent.ts';
import { refuse } from './refusal.ts';
import type { RepositorySession } from './session.ts';
import type { SettingsFile } from './settings.ts';

export type Parsed<Name extends RequestName> = z.output<(typeof requests)[Name]['input']>;
export type { RequestInput, RequestOutput };

export interface Call {
  /** Fires when the window cancels the request or is gone. */
  readonly signal: AbortSignal;
  /** Fires when the window is gone. */
  readonly closed: AbortSignal;
  /** Repositories whose events go to this window. */
  readonly looksAt: Set<string>;
  /** To this window alone. */
  readonly tell: (event: BridgeEvent) => void;
}

export type Answer<Name extends RequestName> = (input: Parsed<Name>, call: Call) => RequestOutput<Name> | Promise<RequestOutput<Name>>;
export type Answers<Area extends string> = { readonly [Name in Extract<RequestName, `${Area}.${string}`>]: Answer<Name> };

/** What all answers share: one engine, what is open in it, and what the user keeps. */
export interface HostState {
  readonly engine: Engine;
  readonly home: string;
  readonly trust: TrustedRepositories;
  readonly settings: SettingsFile;
  readonly recent: RecentRepositories;
  readonly sessions: Map<string, RepositorySession>;
  readonly live: LiveDocuments;
  /** To the windows that it concerns. */
  readonly tell: (event: BridgeEvent) => void;
}

export function sessionOf(state: HostState, repository: string): RepositorySession {
  return state.sessions.get(repository) ?? refuse('not-open', 'This repository is not open in the engine', 'Open it again');
}
