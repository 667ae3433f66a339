/** A window without a screen: the real client on a host in this process, each message as JSON like on a socket. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { BridgeEvent, Outcome, RunState } from '../../app/contract.ts';
import { Host } from '../../app/host/host.ts';
import { createClient, type Bridge } from '../../renderer/bridge/client.ts';
import type { ChannelListener } from '../../renderer/bridge/channel.ts';

export interface TestWindow { readonly bridge: Bridge; readonly events: BridgeEvent[]; readonly host: Host; readonly home: string }

export async function openWindow(home?: string): Promise<TestWindow> {
  const folder = home ?? await mkdtemp(join(tmpdir(), 'assay-host-'));
  const host = await Host.create({ home: folder, surroundings: { transport: 'web', versions: {}, canChooseFiles: false } });
  onTestFinished(async () => {
    await host.dispose();
    if (home === undefined) await rm(folder, { recursive: true, force: true });
  });
  return { ...windowOn(host), host, home: folder };
}

/** A further window on the same host. */
export function windowOn(host: Host): { readonly bridge: Bridge; readonly events: BridgeEvent[] } {
  let listener: ChannelListener | undefined;
  const connection = host.connect((message) => { listener?.message(JSON.parse(JSON.stringify(message))); });
  const bridge = createClient({
    send(message) { connection.receive(JSON.parse(JSON.stringify(message))); return true; },
    listen(given) { listener = given; given.state('connected'); },
    pathOf: async () => { throw new Error('no files are dropped here'); },
    close: () => { connection.close(); },
  });
  const events: BridgeEvent[] = [];
  bridge.onBatch((batch) => { events.push(...batch); });
  return { bridge, events };
}

/** The value of a request that must succeed. */
export async function valueOf<Value>(outcome: Promise<Outcome<Value>>): Promise<Value> {
  const settled = await outcome;
  if (!settled.ok) throw new Error(settled.problem.message);
  return settled.value;
}

export function ended({ bridge }: Pick<TestWindow, 'bridge'>): Promise<RunState> {
  return new Promise((resolve) => {
    const stop = bridge.on('run', ({ run }) => {
      if (run.state === 'running' || run.state === 'cancelling') return;
      stop();
      resolve(run);
    });
  });
}
