/** In Electron the engine cannot start Assay's own programs itself: it asks the main process, and gets a port to each. */
import { startProgramsWith, type OwnProgram } from '../../toolchains/process/own-programs.ts';

export type ToBroker = { readonly type: 'program-start'; readonly id: number; readonly file: string } | { readonly type: 'program-end'; readonly id: number };
export type FromBroker =
  | { readonly type: 'program-started'; readonly id: number; readonly pid: number }
  | { readonly type: 'program-ended'; readonly id: number; readonly reason: string };

/** One end of a channel, as Electron gives it to a utility process. */
export interface MessagePort {
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): void;
  start(): void;
  postMessage(message: unknown): void;
}

/** @returns what takes the broker's messages; true where one was for it */
export function useBroker(post: (message: ToBroker) => void): (message: unknown, ports: readonly MessagePort[]) => boolean {
  const programs = new Map<number, { started(pid: number, port: MessagePort): void; ended(reason: string): void }>();
  let next = 1;
  startProgramsWith((file, events): OwnProgram => {
    const id = next++;
    let port: MessagePort | undefined, waiting: unknown[] = [], pid = 0;
    programs.set(id, {
      started(given, channel) {
        [pid, port] = [given, channel];
        channel.on('message', (event) => { events.message(event.data); });
        channel.start();
        for (const message of waiting.splice(0)) channel.postMessage(message);
      },
      ended(reason) { programs.delete(id); waiting = []; events.ended(reason); },
    });
    post({ type: 'program-start', id, file });
    return {
      get pid() { return pid; },
      post: (message) => { if (port) port.postMessage(message); else waiting.push(message); },
      end: () => { post({ type: 'program-end', id }); },
    };
  });
  return (message, ports) => {
    const { type, id } = message as FromBroker;
    if (type === 'program-started') programs.get(id)?.started((message as Extract<FromBroker, { type: 'program-started' }>).pid, ports[0]!);
    else if (type === 'program-ended') programs.get(id)?.ended((message as Extract<FromBroker, { type: 'program-ended' }>).reason);
    else return false;
    return true;
  };
}
