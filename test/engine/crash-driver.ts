/** Verifies a folder and prints the id and verdict of everything that it is told, one JSON line each; killed at any moment by crash.test.ts. */
import { Engine } from '../../app/engine/engine.ts';
import { toolchains } from '../../toolchains/registry.ts';

const [folder = '', home = ''] = process.argv.slice(2);
const engine = await Engine.create({ toolchains, home });
const signal = new AbortController().signal;
const opened = await engine.plan({ path: folder, trusted: false, signal });
await engine.verify(opened, {
  limits: { wallSeconds: 20, memoryMb: 2048, effort: 0 }, trusted: false, fresh: false, selection: {}, command: ['crash-driver'], recheckShare: 0, signal,
  onEvent: (event) => {
    if (event.type !== 'verdicts') return;
    for (const { obligation, result, cached } of event.entries) process.stdout.write(`${JSON.stringify({ id: obligation.id, kind: result.verdict.kind, cached })}\n`);
  },
});
await engine.dispose();
process.stdout.write('{"end":true}\n');
