/** Verilog and SystemVerilog with immediate assertions: .sby files and bare designs, on native engines or in WebAssembly. */
import type { CheckContext, Toolchain } from '../contract.ts';
import type { Verdict } from '../verdict.ts';
import type { Lane } from './design.ts';
import { locateVerilog } from './locate.ts';
import { askedText } from './native/engines.ts';
import { recogniseVerilog } from './recognise.ts';
import { TaskReporter } from './report.ts';
import { reproduceVerilog } from './reproduce.ts';
import { referencedFiles } from './sby/references.ts';
import { planOf } from './unit.ts';

/** Loaded when first used: most runs of Assay need one of them, and some neither. */
async function lanes(): Promise<readonly Lane[]> {
  const { nativeLane } = await import('./native/lane.ts');
  const { embeddedLane } = await import('./embedded/lane.ts');
  return [nativeLane, embeddedLane];
}

async function check(context: CheckContext): Promise<void> {
  const plan = planOf(context.unit);
  const { task } = plan;
  const asked = task.engines.some(engine => engine.line > 0) ? askedText(task.engines) : undefined;
  const report = new TaskReporter(context, plan, asked);
  const reasons: string[] = [];
  for (const lane of await lanes()) {
    const can = lane.canRun(task, context.tools);
    if (can !== true) { reasons.push(can); continue; }
    await lane.check(task, context, report);
    if (context.signal.aborted) report.all({ kind: 'cancelled' }, [], []);
    report.finish();
    return;
  }
  const missing: Verdict = { kind: 'tool-missing', reason: reasons.join('; ') };
  report.all(missing, [], []);
}

export const verilog: Toolchain = {
  id: 'verilog',
  name: 'Verilog',
  capabilities: { perSymbol: true, counterexamples: true, goals: false, certificates: false, resourceLimit: false, bounded: true },
  revision: 5,
  locate: locateVerilog,
  references: (path, content) => (path.endsWith('.sby') ? referencedFiles(content.toString('utf8')) : []),
  recognise: recogniseVerilog,
  outline: async (project, context) => (await import('./outline.ts')).outlineProject(project, context),
  check,
  guard: async (request) => (await import('./guard/guard.ts')).guardVerilog(request),
  reproduce: reproduceVerilog,
};
