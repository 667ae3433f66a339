/** Runs an equivalence check on sources given as text, natively or in WebAssembly. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHash } from 'node:crypto';
import type { CheckContext, Limits, ObligationResult, RepositoryTree, Tool } from '../../../toolchains/contract.ts';
import { runProcess } from '../../../toolchains/process/run.ts';
import { checkEquivalence } from '../../../toolchains/verilog/equiv/check.ts';
import { chooseEngine, type EquivalenceEngine } from '../../../toolchains/verilog/equiv/runner.ts';
import type { InitialState } from '../../../toolchains/verilog/equiv/request.ts';
import { equivalenceToolchain } from '../../../toolchains/verilog/equiv/toolchain.ts';
import { contextFor, embeddedTool, LIMITS } from '../verilog-embedded/bench.ts';

export interface Pair { readonly gold: string; readonly gate: string; readonly goldTop?: string; readonly gateTop?: string; readonly initial?: InitialState; readonly depth?: number; readonly more?: Record<string, string> }

export function nativeTools(): readonly Tool[] {
  return ['yosys', 'yosys-abc'].flatMap((id): Tool[] => {
    try {
      const path = `/usr/bin/${id}`;
      const sha256 = createHash('sha256').update(readFileSync(path)).digest('hex');
      return [{ id, version: '0.23', path, sha256, fingerprint: sha256, embedded: false }];
    } catch { return []; }
  });
}

export const hasNative = nativeTools().length === 2;

/** @param wrapped another engine in place of the one that is here */
export async function compare(lane: 'native' | 'embedded', pair: Pair, limits: Limits = LIMITS, wrapped?: (engine: EquivalenceEngine) => EquivalenceEngine): Promise<ObligationResult> {
  const files: Record<string, string> = { 'gold.v': pair.gold, 'gate.v': pair.gate, ...pair.more };
  const tree: RepositoryTree = {
    root: '/', files: Object.entries(files).map(([path, text]) => ({ path, bytes: text.length })), has: (path) => Object.hasOwn(files, path),
    read: (path) => Promise.resolve(Buffer.from(files[path]!)),
  };
  const toolchain = equivalenceToolchain({
    gold: { files: ['gold.v'], ...(pair.goldTop !== undefined && { top: pair.goldTop }) }, gate: { files: ['gate.v'], ...(pair.gateTop !== undefined && { top: pair.gateTop }) },
    initial: pair.initial ?? 'free', depth: pair.depth ?? 12,
  });
  const { projects } = await toolchain.recognise(tree);
  const outline = await toolchain.outline(projects[0]!, { tree, tools: [], trusted: false, signal: new AbortController().signal, run: () => Promise.reject(new Error('not here')), workspace: () => Promise.reject(new Error('not here')) });
  const tools = lane === 'native' ? nativeTools() : [await embeddedTool()];
  const folder = mkdtempSync(join(tmpdir(), 'assay-equiv-'));
  let result: ObligationResult | undefined;
  const context: CheckContext = {
    ...contextFor(tools, limits), tree, project: projects[0]!, unit: outline.units[0]!, asked: outline.obligations,
    read: (path) => tree.read(path), workspace: () => Promise.resolve(folder),
    run: (job) => runProcess({
      file: job.tool.path, args: job.args, cwd: job.cwd,
      limits: { wallSeconds: limits.wallSeconds, memoryMb: limits.memoryMb, outputBytes: 1 << 24, floodBytes: 1 << 28, ...job.limits },
    }),
    report: (reported) => { result = reported; },
  };
  try {
    await checkEquivalence(context, wrapped?.((await chooseEngine(context))!));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  if (!result) throw new Error('nothing was reported');
  return result;
}
