/** A script that embeds the engine and awaits it, while what its toolchain waits for holds nothing that Node counts. */
import { Engine } from '../../app/engine/engine.ts';
import { smt } from '../../toolchains/smt/index.ts';
import type { Toolchain } from '../../toolchains/contract.ts';

const [folder = '', home = ''] = process.argv.slice(2);
const held = (): Promise<void> => new Promise((resolve) => { setTimeout(resolve, 200).unref(); });
const waiting: Toolchain = {
  ...smt,
  locate: async () => { await held(); return { tools: [], missing: [] }; },
  outline: async (project, context) => { await held(); return smt.outline(project, context); },
  check: async (context) => { await held(); return smt.check(context); },
  dispose: held,
};
const engine = await Engine.create({ toolchains: [waiting], home });
const signal = new AbortController().signal;
const opened = await engine.plan({ path: folder, trusted: false, signal });
process.stdout.write('planned\n');
const { ledger } = await engine.verify(opened, { limits: { wallSeconds: 20, memoryMb: 2048, effort: 0 }, trusted: false, fresh: false, selection: {}, command: ['embedding'], recheckShare: 0, signal, onEvent: () => { /* the ledger says it */ } });
process.stdout.write(`${ledger.entries[0]?.result.verdict.kind}\n`);
await engine.dispose();
process.stdout.write('disposed\n');
