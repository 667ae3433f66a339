/** Runs the script of a task in the WebAssembly yosys; what goes wrong is told to the report. */
import { type Attempt, type CheckContext, type Diagnostic, InputError, type Tool } from '../../contract.ts';
import type { PreparedTask, TaskReport } from '../design.ts';
import { attemptOf, endOf, runEmbedded } from './checker.ts';
import { frontEndError } from './front-end.ts';
import type { FileTree } from './protocol.ts';
import { taskScript } from './prepare.ts';

export interface Elaboration {
  readonly netlist: string;
  readonly top: string;
  readonly attempt: Attempt;
}

/** Names that the in-memory tree keeps for itself. */
const SCRIPT = '.assay.ys';
const NETLIST = '.assay.json';
const RESERVED = new Set([SCRIPT, NETLIST, 'share', 'tmp', 'dev', '__proto__']);

/** A cold worker alone takes 3.5 s (measured), and elaboration stands for all properties of the task. */
const LEAST_SECONDS = 60;

export async function elaborate(task: PreparedTask, context: CheckContext, tool: Tool, report: TaskReport): Promise<Elaboration | undefined> {
  let files: FileTree;
  try {
    files = await layOut(task, context);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    report.all({ kind: 'malformed', reason: error.message }, [{ severity: 'error', message: error.message, file: error.file }], []);
    return undefined;
  }
  files[SCRIPT] = Buffer.from(taskScript(task.script, task.multiclock, NETLIST));
  const wallSeconds = Math.max(LEAST_SECONDS, context.limits.wallSeconds);
  const args = ['-s', SCRIPT];
  const run = await runEmbedded(context, tool, { args, files, wanted: [NETLIST], wallSeconds, memoryMb: context.limits.memoryMb }, `elaborate ${task.origin}`, context.asked.map((obligation) => obligation.id));
  const attempt = attemptOf(context, tool, args, run);
  const ended = endOf(run, wallSeconds);
  if (ended) { report.all(ended, [], [{ ...attempt, said: ended }]); return undefined; }
  const netlist = run.files[NETLIST];
  const output = run.output.toString('utf8');
  if (run.code === 0 && netlist && output.includes('\nEnd of script. Logfile hash:')) {
    const text = Buffer.from(netlist).toString('utf8');
    return { netlist: text, top: topOf(text), attempt };
  }
  const place = (file: string, line: number) => {
    const found = report.place({ file, range: { start: { line, column: 1 }, end: { line, column: 1 } } });
    return { file: found.file, line: found.range.start.line };
  };
  const diagnostic: Diagnostic | undefined = run.code === 1 ? frontEndError(output, place) : undefined;
  if (diagnostic) report.all({ kind: 'malformed', reason: diagnostic.message }, [diagnostic], [attempt]);
  else report.all({ kind: 'crashed', reason: `yosys ended with code ${run.code ?? 'none'} and without a netlist` }, [], [attempt]);
  return undefined;
}

async function layOut(task: PreparedTask, context: CheckContext): Promise<FileTree> {
  const root: FileTree = {};
  for (const file of task.files) {
    const parts = file.path.split('/');
    const name = parts.pop()!;
    if (RESERVED.has(parts[0] ?? name)) throw new InputError(file.path, 'this name is taken by yosys in WebAssembly', 'Install yosys natively, or rename the file');
    let folder = root;
    for (const part of parts) {
      const inner = Object.hasOwn(folder, part) ? folder[part] : (folder[part] = {});
      if (inner === undefined || inner instanceof Uint8Array) throw new InputError(file.path, 'a file and a folder have the same name');
      folder = inner;
    }
    folder[name] = file.inline === undefined ? await context.read(file.source) : Buffer.from(file.inline);
  }
  return root;
}

/** The module that the netlist holds; only for the scope of traces. */
function topOf(netlist: string): string {
  return /"modules": \{\s*"((?:[^"\\]|\\.)*)"/.exec(netlist)?.[1] ?? 'top';
}
