/** A screen of its own for one application: Xvfb on a number that is free. */
import { spawn, type ChildProcess } from 'node:child_process';
import { XVFB } from './programs.ts';

export interface Display { readonly name: string; close(): Promise<void> }

export async function startDisplay(): Promise<Display> {
  const child = spawn(XVFB, ['-displayfd', '3', '-screen', '0', '1600x1000x24', '-nolisten', 'tcp'], { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  const number = await new Promise<string>((resolve, reject) => {
    child.stdio[3]!.once('data', (chunk: Buffer) => { resolve(chunk.toString('utf8').trim()); });
    child.once('error', reject);
    child.once('exit', (code) => { reject(new Error(`Xvfb ended with code ${code}`)); });
  });
  return { name: `:${number}`, close: () => endOf(child) };
}

export async function endOf(child: ChildProcess, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => { child.once('exit', resolve); });
  child.kill(signal);
  await ended;
}
