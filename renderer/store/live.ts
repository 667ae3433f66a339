/**
 * Live states of open documents: what a language server said of exactly the text in the editor, or nothing. They are
 * beside the ledger and never in it: no row, no count and no colour of a verdict is made from them.
 */
import type { BridgeEventOf, LiveAbilities, LiveView } from '../../app/contract.ts';
import type { WindowState } from './state.ts';

export interface LiveFile {
  /** Of the opening; absent until the engine has answered. */
  readonly token?: string;
  readonly abilities?: LiveAbilities;
  /** Of the text in the editor now. */
  readonly version: number;
  /** About that version; absent until something was said of it. */
  readonly state?: LiveView;
  /** Why there are no live answers. */
  readonly why?: string;
}

export type LiveFiles = Readonly<Record<string, LiveFile>>;

const put = (state: WindowState, file: string, live: LiveFile): WindowState => ({ ...state, live: { ...state.live, [file]: live } });

export function withLiveText(state: WindowState, file: string, version: number): WindowState {
  const known = state.live[file];
  if (known?.version === version) return state;
  const { state: _of, ...rest } = known ?? { version };
  return put(state, file, { ...rest, version });
}

/** @param opening what the engine answered; undefined: nothing, and not a word about it */
export function withLiveOpening(state: WindowState, file: string, opening: Pick<LiveFile, 'token' | 'abilities' | 'why'> | undefined): WindowState {
  const known = state.live[file];
  return known ? put(state, file, { version: known.version, ...opening }) : state;
}

export function withoutLive(state: WindowState, file: string): WindowState {
  if (!(file in state.live)) return state;
  const { [file]: _gone, ...live } = state.live;
  return { ...state, live };
}

/** Dropped where it is about another opening, another file or another version than the text in the editor. */
export function withLiveState(state: WindowState, { token, live }: Pick<BridgeEventOf<'live'>, 'token' | 'live'>): WindowState {
  const known = state.live[live.file];
  return known?.token === token && known.version === live.version ? put(state, live.file, { ...known, state: live }) : state;
}
