/**
 * Elaborates a task in the WebAssembly yosys: the task's own script into one flat design, our names for its
 * properties, then gates. Two jobs, so that nothing a script left behind (macros, libraries, a saved design)
 * is there in the second. What goes wrong is told to the report.
 */
import { randomBytes } from 'node:crypto';
import { type Attempt, type CheckContext, type Diagnostic, InputError, type Tool } from '../../contract.ts';
import { readNetlist } from '../aiger/netlist.ts';
import { type System, systemOf } from '../aiger/system.ts';
import type { PreparedTask, TaskReport } from '../design.ts';
import { scriptText } from '../sby/commands.ts';
import { readYosysRun } from '../yosys/messages.ts';
import { instrument } from '../yosys/rtlil.ts';
import { timeOf } from '../time.ts';
import { elaborationScript, MODEL } from '../yosys/scripts.ts';
import { attemptOf, endOf, runEmbedded } from './checker.ts';
import { GATE_SCRIPT, modelScript } from './prepare.ts';
import type { FileTree } from './protocol.ts';
import { OWN, putFile } from './tree.ts';

export interface Elaboration {
  readonly system: System;
  readonly properties: ReturnType<typeof instrument>['properties'];
  readonly top: string;
  readonly attempt: Attempt;
  /** What a reader of the verdicts should know of the model. */
  readonly warning?: string;
}

export const NATIVE_REMEDY = 'Install yosys natively: apt install yosys z3';

export async function elaborate(task: PreparedTask, context: CheckContext, tool: Tool, report: TaskReport): Promise<Elaboration | undefined> {
  let files: FileTree;
  try {
    files = await layOut(task, context);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    report.all({ kind: 'malformed', reason: error.message }, [{ severity: 'error', message: error.message, file: error.file }], []);
    return undefined;
  }
  files[OWN] = { 'own.ys': Buffer.from(elaborationScript(scriptText(task.script), OWN)) };
  const own = await yosys(context, tool, report, 'elaborate', files, `${OWN}/own.ys`, `${OWN}/${MODEL.elaborated}`);
  if (!own) return undefined;
  const instrumented = instrument(own.text, randomBytes(8).toString('hex'));
  report.elaborated(instrumented.properties);
  if (instrumented.modules.length !== 1 || instrumented.hasProcesses) {
    report.all({ kind: 'malformed', reason: `elaboration left ${instrumented.modules.length} modules where one flat module is needed` }, [], [own.attempt]);
    return undefined;
  }
  const time = timeOf(task, instrumented.clocks);
  if ('refused' in time) { report.all({ kind: 'malformed', reason: time.refused }, [], [own.attempt]); return undefined; }
  const script = [`read_rtlil ${MODEL.instrumented}`, ...modelScript({ multiclock: time.multiclock, assumeEarly: task.assumeEarly }), ...GATE_SCRIPT, `write_json ${MODEL.gates}`, ''].join('\n');
  const gates = await yosys(context, tool, report, 'gates', { [MODEL.instrumented]: Buffer.from(instrumented.text), 'gates.ys': Buffer.from(script) }, 'gates.ys', MODEL.gates);
  if (!gates) return undefined;
  try {
    const system = systemOf('the elaborated design', readNetlist('the elaborated design', gates.text));
    return { system, properties: instrumented.properties, top: instrumented.modules[0]!.replace(/^\\/, ''), attempt: own.attempt, ...(time.warning !== undefined && { warning: time.warning }) };
  } catch (error) {
    if (!(error instanceof InputError || error instanceof RangeError)) throw error;
    report.all({ kind: 'tool-missing', reason: `yosys in WebAssembly cannot check this design: ${error.message}`, remedy: NATIVE_REMEDY }, [], [gates.attempt]);
    return undefined;
  }
}

async function layOut(task: PreparedTask, context: CheckContext): Promise<FileTree> {
  const root: FileTree = {};
  for (const file of task.files) putFile(root, file.path, file.inline === undefined ? await context.read(file.source) : Buffer.from(file.inline));
  return root;
}

/** One script to its end, and the text of the file that it was to write; undefined where the report was told why not. */
async function yosys(context: CheckContext, tool: Tool, report: TaskReport, name: string, files: FileTree, script: string, wanted: string): Promise<{ text: string; attempt: Attempt } | undefined> {
  const { wallSeconds } = context.limits;
  const args = ['-s', script];
  const run = await runEmbedded(context, tool, { args, files, wanted: [wanted], wallSeconds, memoryMb: context.limits.memoryMb }, name, context.asked.map((obligation) => obligation.id));
  const attempt = attemptOf(context, tool, args, run);
  const ended = endOf(run, wallSeconds);
  if (ended) { report.all(ended, [], [{ ...attempt, said: ended }]); return undefined; }
  const output = run.output.toString('utf8');
  const content = run.files[wanted];
  const reading = readYosysRun({ log: output, output: run.code === 0 ? '' : output, code: run.code });
  if (reading.kind === 'complete' && content) return { text: Buffer.from(content).toString('utf8'), attempt };
  if (reading.kind === 'error') {
    const { error } = reading;
    const start = { line: error.line ?? 1, column: 1 };
    const place = error.file === undefined ? undefined : report.place({ file: error.file, range: { start, end: start } });
    const diagnostic: Diagnostic = { severity: 'error', message: error.message, ...(place && { file: place.file, range: place.range }) };
    report.all({ kind: 'malformed', reason: place ? `${place.file}:${place.range.start.line}: ${error.message}` : error.message }, [diagnostic], [attempt]);
  } else report.all({ kind: 'crashed', reason: `yosys ended with code ${run.code ?? 'none'} and without ${name === 'gates' ? 'gates' : 'a design'}` }, [], [attempt]);
  return undefined;
}
