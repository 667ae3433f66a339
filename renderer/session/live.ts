/**
 * Live answers for the texts that are being edited. The version of a text in the store is raised with the key itself, so
 * that nothing that was said of the text before outlives it; the text goes to the engine a moment later.
 */
import { LIVE_TEXT_AT_MOST, type LiveAbilities, type RequestInput, type RequestName, type RequestOutput } from '../../app/contract.ts';
import { withLiveOpening, withLiveText, withoutLive } from '../store/live.ts';
import type { Session } from './session.ts';

/** A text in an editor, whichever editor that is. */
export interface LiveSource {
  readonly file: string;
  /** Larger with each change. */
  version(): number;
  text(): string;
  onChange(listener: () => void): () => void;
}

/** Between the last key and the message, milliseconds. */
const PAUSE = 120;
type Asking = Extract<RequestName, 'live.hover' | 'live.definition' | 'live.outline' | 'live.counterexamples' | 'live.goals'>;

interface Followed { users: number; end: () => void }
const followed = new WeakMap<Session, Map<string, Followed>>();

/** Several views of one text are one opening. Returns what ends this one. */
export function followText(session: Session, source: LiveSource): () => void {
  const files = followed.get(session) ?? new Map<string, Followed>();
  followed.set(session, files);
  const known = files.get(source.file) ?? { users: 0, end: begin(session, source) };
  files.set(source.file, known);
  known.users += 1;
  return () => {
    known.users -= 1;
    if (known.users > 0 || files.get(source.file) !== known) return;
    files.delete(source.file);
    known.end();
  };
}

function begin(session: Session, source: LiveSource): () => void {
  const { file } = source;
  const repository = session.repository();
  let token: string | undefined, sent = source.version(), over = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  session.update((state) => withLiveText(state, file, source.version()));
  const send = (): void => {
    if (over || token === undefined || sent === source.version()) return;
    const text = source.text();
    sent = source.version();
    if (text.length <= LIVE_TEXT_AT_MOST) void session.bridge.request('live.change', { token, version: sent, text });
  };
  const stop = source.onChange(() => {
    session.update((state) => withLiveText(state, file, source.version()));
    clearTimeout(timer);
    timer = setTimeout(send, PAUSE);
  });
  const text = source.text();
  if (repository !== undefined && text.length <= LIVE_TEXT_AT_MOST) {
    void session.bridge.request('live.open', { repository, file, version: sent, text }).then((answer) => {
      const opened = answer.ok && answer.value.kind === 'open' ? answer.value : undefined;
      if (over) { if (opened) void session.bridge.request('live.close', { token: opened.token }); return; }
      token = opened?.token;
      const why = !answer.ok ? answer.problem.message : answer.value.kind === 'none' ? answer.value.why : undefined;
      session.update((state) => withLiveOpening(state, file, opened ? { token: opened.token, abilities: opened.abilities } : why === undefined ? undefined : { why }));
      send();
    });
  }
  return () => {
    over = true;
    stop();
    clearTimeout(timer);
    session.update((state) => withoutLive(state, file));
    if (token !== undefined) void session.bridge.request('live.close', { token });
  };
}

/** About the newest version alone: no answer where it cannot be had, or where the text has changed by the time of the answer. */
export async function askLive<Name extends Asking>(session: Session, name: Name, file: string, version: number, ability: keyof LiveAbilities, more: Omit<RequestInput<Name>, 'token' | 'version'>, signal?: AbortSignal): Promise<RequestOutput<Name> | undefined> {
  const known = session.get().live[file];
  if (!known?.token || known.version !== version || !known.abilities?.[ability]) return undefined;
  const answer = await session.bridge.request(name, { token: known.token, version, ...more } as RequestInput<Name>, signal);
  const now = session.get().live[file];
  return answer.ok && now?.token === known.token && now.version === version ? answer.value : undefined;
}
