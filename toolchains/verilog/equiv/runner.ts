/** Runs a yosys script on files in memory, natively or in WebAssembly, and gives back one file that it wrote. */
import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Attempt, type CheckContext, InputError, type Tool } from '../../contract.ts';
import type { Verdict } from '../../verdict.ts';
import type { ModelChecker } from '../aiger/reach.ts';
import { attemptOf, embeddedChecker, endOf, runEmbedded } from '../embedded/checker.ts';
import { EMBEDDED_YOSYS } from '../embedded/locate.ts';
import type { FileTree } from '../embedded/protocol.ts';
import { putFile } from '../embedded/tree.ts';
import { nativeChecker } from '../native/checker.ts';
import { runYosys } from '../native/yosys.ts';
import { readYosysRun, type YosysError } from '../yosys/messages.ts';

export type ScriptOutcome =
  | { readonly kind: 'written'; readonly text: string; readonly attempt: Attempt }
  | { readonly kind: 'error'; readonly error: YosysError; readonly attempt: Attempt }
  | { readonly kind: 'open'; readonly verdict: Verdict; readonly attempt: Attempt };

export interface EquivalenceEngine {
  readonly checker: ModelChecker;
  /** For the ledger: "yosys 0.23". */
  readonly yosys: string;
  run(name: string, files: ReadonlyMap<string, Uint8Array>, script: string, wanted: string): Promise<ScriptOutcome>;
}

const SCRIPT = 'assay.ys';

/** The native programs where both are there, else WebAssembly; undefined where there is neither. */
export async function chooseEngine(context: CheckContext): Promise<EquivalenceEngine | undefined> {
  const fit = (id: string): Tool | undefined => context.tools.find((tool) => tool.id === id && tool.unfit === undefined);
  const yosys = fit('yosys');
  const abc = fit('yosys-abc');
  if (yosys && abc) return nativeEngine(context, yosys, abc);
  const embedded = fit(EMBEDDED_YOSYS);
  return embedded && embeddedEngine(context, embedded);
}

export async function nativeEngine(context: CheckContext, yosys: Tool, abc: Tool): Promise<EquivalenceEngine> {
  const workspace = await context.workspace();
  return {
    yosys: `yosys ${yosys.version}`,
    checker: nativeChecker(context, abc, workspace, context.unit.obligations),
    async run(name, files, script, wanted) {
      const folder = await mkdtemp(join(workspace, 'equiv-'));
      for (const [path, content] of files) {
        await mkdir(dirname(join(folder, path)), { recursive: true });
        await writeFile(join(folder, path), content);
      }
      const { attempt, error, open } = await runYosys(context, yosys, { name, script, models: folder, cwd: folder });
      if (open) return { kind: 'open', verdict: open, attempt };
      if (error) return { kind: 'error', error, attempt };
      const text = await readFile(join(folder, wanted), 'utf8').catch(() => undefined);
      return text === undefined ? { kind: 'open', verdict: { kind: 'crashed', reason: `yosys wrote no ${wanted}` }, attempt } : { kind: 'written', text, attempt };
    },
  };
}

export function embeddedEngine(context: CheckContext, tool: Tool): EquivalenceEngine {
  return {
    yosys: `yosys ${tool.version} (WebAssembly)`,
    checker: embeddedChecker(context, tool, context.unit.obligations),
    async run(name, files, script, wanted) {
      const tree: FileTree = {};
      for (const [path, content] of files) putFile(tree, path, content);
      tree[SCRIPT] = Buffer.from(script);
      const { wallSeconds } = context.limits;
      const args = ['-s', SCRIPT];
      const run = await runEmbedded(context, tool, { args, files: tree, wanted: [wanted], wallSeconds, memoryMb: context.limits.memoryMb }, name, context.unit.obligations);
      const attempt = attemptOf(context, tool, args, run);
      const verdict = endOf(run, wallSeconds);
      if (verdict) return { kind: 'open', verdict, attempt: { ...attempt, said: verdict } };
      const output = run.output.toString('utf8');
      const content = run.files[wanted];
      const reading = readYosysRun({ log: output, output: run.code === 0 ? '' : output, code: run.code });
      if (reading.kind === 'complete' && content) return { kind: 'written', text: Buffer.from(content).toString('utf8'), attempt };
      return reading.kind === 'error' ? { kind: 'error', error: reading.error, attempt } : { kind: 'open', verdict: { kind: 'crashed', reason: `yosys ended with code ${run.code ?? 'none'} and wrote no ${wanted}` }, attempt };
    },
  };
}

/** Of a map of files to lay out: two names that fall together would hide one of them. */
export function addFile(files: Map<string, Uint8Array>, path: string, content: Uint8Array): void {
  if (files.has(path)) throw new InputError(path, 'two files have the same name once odd characters are replaced', 'Rename one of them');
  files.set(path, content);
}
