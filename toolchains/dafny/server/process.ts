/** One `dafny server` process: how it is started, and its greeting. */
import { parse } from 'node:path';
import type { Tool } from '../../contract.ts';
import { LanguageServerPeer, type PeerEvents } from '../../language-server/peer.ts';
import { DAFNY_ENVIRONMENT } from '../run.ts';

export interface ServerOptions {
  readonly dafny: Tool;
  readonly solver: Tool;
  /** Of each proof task. */
  readonly limitSeconds: number;
  readonly resource?: number;
  /** Of the server and its solver together. */
  readonly memoryMb: number;
  /** One proof task for each assertion. */
  readonly isolate?: boolean;
  /** Warns where something was proved from a contradiction, and of `requires` that were not needed; some proofs fail with it that hold without. */
  readonly contradictions?: boolean;
  /** Options of the language, as for `dafny verify` ("--function-syntax=3"). The server takes neither --filter-symbol nor --allow-warnings. */
  readonly arguments?: readonly string[];
  readonly libraries?: readonly string[];
  /** It tells of lines as well. */
  readonly lines?: boolean;
  /** For Boogie, "/subsumption:0" say. */
  readonly boogie?: readonly string[];
}

/** Loading takes 2 s, and 15 s were seen on a machine with eight jobs a core. */
const START_MS = 60_000;

/** The words for why there is none, where it could not be started. */
export async function startServer(options: ServerOptions, events: PeerEvents): Promise<LanguageServerPeer | string> {
  const peer = await LanguageServerPeer.start({
    file: options.dafny.path, args: serverArguments(options), cwd: parse(options.dafny.path).root, env: DAFNY_ENVIRONMENT, memoryMb: options.memoryMb,
  }, events);
  if (typeof peer === 'string') return peer;
  const timer = setTimeout(() => { void peer.end(); }, START_MS);
  try {
    await peer.request('initialize', { processId: null, rootUri: null, capabilities: { textDocument: { publishDiagnostics: { relatedInformation: true, versionSupport: true }, documentSymbol: { hierarchicalDocumentSymbolSupport: true } } } });
    peer.notify('initialized', {});
    return peer;
  } catch (error) {
    await peer.end();
    return error instanceof Error ? error.message : String(error);
  } finally {
    clearTimeout(timer);
  }
}

export function serverArguments(options: ServerOptions): string[] {
  return [
    'server', '--verify-on=Change', '--cache-verification=0', '--error-limit=0', '--cores=1', `--verification-time-limit=${Math.max(1, Math.ceil(options.limitSeconds))}`, `--solver-path=${options.solver.path}`,
    ...(options.resource === undefined ? [] : [`--resource-limit=${options.resource}`]),
    ...(options.isolate ? ['--isolate-assertions'] : []),
    ...(options.contradictions ? ['--analyze-proofs'] : []),
    ...(options.lines ? ['--notify-line-verification-status'] : []),
    ...options.arguments ?? [], ...(options.libraries ?? []).flatMap((library) => ['--library', library]),
    ...(options.boogie && options.boogie.length > 0 ? ['--boogie', options.boogie.join(' ')] : []),
  ];
}
