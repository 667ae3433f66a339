/** From the files of a task to the models that engines read, in a private folder of copies. */
import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { InputError, type Attempt, type CheckContext, type Diagnostic, type Tool } from '../../contract.ts';
import { readNetlist } from '../aiger/netlist.ts';
import { systemOf, type System } from '../aiger/system.ts';
import { kindsOf, type ElaboratedProperty, type PreparedTask, type TaskReport } from '../design.ts';
import { scriptText } from '../sby/commands.ts';
import { timeOf } from '../time.ts';
import { btorScript, elaborationScript, formalScript, gateScript, MODEL } from '../yosys/scripts.ts';
import { instrument } from '../yosys/rtlil.ts';
import { btorModel, type BtorModel } from './btor/model.ts';
import { smt2Model, type Smt2Model } from './smt2.ts';
import { runYosys, type YosysOutcome } from './yosys.ts';

export interface Elaborated {
  readonly top: string;
  readonly models: string;
  /** Of the kinds that the mode decides. */
  readonly properties: readonly ElaboratedProperty[];
  readonly hasAssumptions: boolean;
  /** What a reader of the verdicts should know about the model. */
  readonly remarks: readonly Diagnostic[];
  readonly smt2: Smt2Model;
  readonly attempt: Attempt;
  /** The gates, made when first asked for; a text says why there are none. */
  system(): Promise<System | string>;
  /** The word-level model for btormc and pono, made when first asked for. */
  btor(): Promise<BtorModel | string>;
  /** The run that made them: what stands behind a property that they make constant. */
  gatesAttempt(): Attempt | undefined;
}

/** A flat netlist larger than this is not read as gates. */
const GATES_BYTES = 400 * 2 ** 20;

export async function elaborate(task: PreparedTask, context: CheckContext, yosys: Tool, report: TaskReport): Promise<Elaborated | undefined> {
  const folder = await mkdtemp(join(await context.workspace(), 'task-'));
  const sources = join(folder, 'src');
  const models = join(folder, 'model');
  await mkdir(sources);
  await mkdir(models);
  if (!await layOut(task, context, sources, report)) return undefined;
  const own = await runYosys(context, yosys, { name: 'elaborate', script: elaborationScript(scriptText(task.script), '../model'), models, cwd: sources });
  if (failed(own, report)) return undefined;

  const nonce = randomBytes(8).toString('hex');
  const instrumented = instrument(await readFile(join(models, MODEL.elaborated), 'utf8'), nonce);
  report.elaborated(instrumented.properties);
  if (instrumented.modules.length !== 1 || instrumented.hasProcesses) {
    report.all({ kind: 'malformed', reason: `elaboration left ${instrumented.modules.length} modules where one flat module is needed` }, [], [own.attempt]);
    return undefined;
  }
  await writeFile(join(models, MODEL.instrumented), instrumented.text);
  const time = timeOf(task, instrumented.clocks);
  if ('refused' in time) { report.all({ kind: 'malformed', reason: time.refused }, [], [own.attempt]); return undefined; }
  const formal = await runYosys(context, yosys, { name: 'formal', script: formalScript({ multiclock: time.multiclock, assumeEarly: task.assumeEarly, kinds: kindsOf(task) }), models, cwd: models });
  if (failed(formal, report)) return undefined;
  const smt2 = smt2Model(await readFile(join(models, MODEL.smt2), 'utf8'));
  let system: Promise<System | string> | undefined;
  let btor: Promise<BtorModel | string> | undefined;
  let made: Attempt | undefined;
  return {
    top: instrumented.modules[0]!.replace(/^\\/, ''), models, smt2, attempt: own.attempt,
    properties: instrumented.properties.filter(property => kindsOf(task).includes(property.kind)),
    remarks: time.warning === undefined ? [] : [{ severity: 'warning', message: time.warning, file: task.origin }],
    hasAssumptions: instrumented.properties.some(property => property.kind === 'assume'),
    system: () => system ??= gates(context, yosys, models, attempt => { made = attempt; }),
    btor: () => btor ??= words(context, yosys, models, task.mode === 'cover'),
    gatesAttempt: () => made,
  };
}

async function layOut(task: PreparedTask, context: CheckContext, folder: string, report: TaskReport): Promise<boolean> {
  for (const file of task.files) {
    try {
      const content = file.inline !== undefined ? Buffer.from(file.inline) : await context.read(file.source);
      const path = join(folder, file.path);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, content);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      report.all({ kind: 'malformed', reason: error.message }, [{ severity: 'error', message: error.message, file: file.source }], []);
      return false;
    }
  }
  return true;
}

/** A front-end error is the word for everything in the task. */
function failed(outcome: YosysOutcome, report: TaskReport): boolean {
  if (outcome.open) { report.all(outcome.open, [], [{ ...outcome.attempt, said: outcome.open }]); return true; }
  if (!outcome.error) return false;
  const { file, line, message } = outcome.error;
  const start = { line: line ?? 1, column: 1 };
  const place = file !== undefined ? report.place({ file, range: { start, end: start } }) : undefined;
  const diagnostic: Diagnostic = { severity: 'error', message, ...(place && { file: place.file, range: place.range }) };
  const reason = place ? `${place.file}:${place.range.start.line}: ${message}` : message;
  report.all({ kind: 'malformed', reason }, [diagnostic], [outcome.attempt]);
  return true;
}

async function gates(context: CheckContext, yosys: Tool, models: string, made: (attempt: Attempt) => void): Promise<System | string> {
  const outcome = await runYosys(context, yosys, { name: 'gates', script: gateScript(), models, cwd: models });
  made(outcome.attempt);
  if (outcome.open || outcome.error) return outcome.error?.message ?? `yosys: ${outcome.open!.kind}`;
  try {
    const content = await readFile(join(models, MODEL.gates));
    if (content.length > GATES_BYTES) return `${content.length} bytes of gates are more than the and-inverter engines are given`;
    return systemOf('the elaborated design', readNetlist('the elaborated design', content.toString('utf8')));
  } catch (error) {
    if (error instanceof InputError || error instanceof RangeError) return error.message;
    throw error;
  }
}

async function words(context: CheckContext, yosys: Tool, models: string, covers: boolean): Promise<BtorModel | string> {
  const outcome = await runYosys(context, yosys, { name: 'btor', script: btorScript(covers), models, cwd: models });
  if (outcome.open || outcome.error) return outcome.error?.message ?? `yosys: ${outcome.open!.kind}`;
  return btorModel(await readFile(join(models, MODEL.btor), 'latin1'));
}
