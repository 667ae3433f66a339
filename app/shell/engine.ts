/**
 * The engine in a utility process, never in this one. Programs of Assay's own that the engine wants beside it (WebAssembly
 * engines, searches) are utility processes too, since a packaged Electron does not run as Node; they end with their engine.
 */
import { MessageChannelMain, utilityProcess, type UtilityProcess } from 'electron';
import { join, normalize, sep } from 'node:path';
import type { EngineLink, FromEngine } from '../host/link.ts';
import type { FromBroker, ToBroker } from '../host/broker.ts';

/** @param folder of the built engine (dist) */
export function startEngine(folder: string): EngineLink {
  const engine = utilityProcess.fork(join(folder, 'app', 'host', 'engine.worker.mjs'), [], { serviceName: 'Assay engine', stdio: 'inherit' });
  const programs = new Map<number, UtilityProcess>();
  const listeners: ((message: FromEngine) => void)[] = [];
  const tell = (message: FromBroker, ports?: Electron.MessagePortMain[]): void => { engine.postMessage(message, ports); };

  function startProgram(id: number, file: string): void {
    const path = normalize(file);
    if (!path.startsWith(folder + sep) || !path.endsWith('.worker.mjs')) return tell({ type: 'program-ended', id, reason: `${file} is no program of Assay` });
    const program = utilityProcess.fork(path, [], { serviceName: 'Assay program', stdio: 'ignore' });
    programs.set(id, program);
    const { port1, port2 } = new MessageChannelMain();
    program.on('spawn', () => {
      program.postMessage({ type: 'port' }, [port1]);
      tell({ type: 'program-started', id, pid: program.pid ?? 0 }, [port2]);
    });
    program.on('exit', (code) => {
      programs.delete(id);
      tell({ type: 'program-ended', id, reason: `the program ended with code ${code}` });
    });
  }

  engine.on('message', (message: FromEngine | ToBroker) => {
    switch (message.type) {
      case 'program-start': return startProgram(message.id, message.file);
      case 'program-end': return void programs.get(message.id)?.kill();
      default: for (const listener of listeners) listener(message);
    }
  });
  engine.on('exit', () => { for (const program of programs.values()) program.kill(); });
  return {
    get pid() { return engine.pid; },
    post: (message) => { engine.postMessage(message); },
    onMessage: (listener) => { listeners.push(listener); },
    onExit: (listener) => { engine.once('exit', (code) => { listener(`it ended with code ${code}`); }); },
    kill: () => { engine.kill(); },
  };
}
