/** Runs the built command line as a person does: a process of its own, with its own results folder. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../../app/build.mjs';
import type { LedgerJson } from '../../app/engine/report/schema.ts';

export const program = join(root, 'dist', 'cli.cjs');

export interface Ended { readonly code: number | null; readonly stdout: string; readonly stderr: string; readonly seconds: number }

export interface CommandRoom {
  readonly folder: string;
  start(args: readonly string[], env?: Record<string, string>): { readonly child: ChildProcess; readonly ended: Promise<Ended> };
  run(args: readonly string[], env?: Record<string, string>): Promise<Ended>;
  /** Runs `verify` and reads its ledger. */
  verify(args: readonly string[], env?: Record<string, string>): Promise<Ended & { readonly ledger: LedgerJson }>;
  dispose(): void;
}

export function commandRoom(): CommandRoom {
  const folder = mkdtempSync(join(tmpdir(), 'assay-cli-'));
  let count = 0;
  const start: CommandRoom['start'] = (args, env = {}) => {
    const started = performance.now();
    const child = spawn(process.execPath, [program, ...args], {
      cwd: folder, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ASSAY_HOME: join(folder, 'home'), ASSAY_RECHECK_SHARE: '0', NO_COLOR: '1', ...env },
    });
    let stdout = '', stderr = '';
    child.stdout!.on('data', (chunk: Buffer) => { stdout += chunk.toString(); });
    child.stderr!.on('data', (chunk: Buffer) => { stderr += chunk.toString(); });
    const ended = new Promise<Ended>((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (code) => { resolve({ code, stdout, stderr, seconds: (performance.now() - started) / 1000 }); });
    });
    return { child, ended };
  };
  const run: CommandRoom['run'] = (args, env) => start(args, env).ended;
  return {
    folder, start, run,
    async verify(args, env) {
      const json = join(folder, `ledger${++count}.json`);
      const ended = await run(['verify', ...args, '--json', json, '--no-progress'], env);
      return { ...ended, ledger: JSON.parse(readFileSync(json, 'utf8')) as LedgerJson };
    },
    dispose() { rmSync(folder, { recursive: true, force: true }); },
  };
}

/** "file symbol kind", in the ledger's order. */
export function verdictsOf(ledger: LedgerJson): string[] {
  return ledger.obligations.map((entry) => `${entry.file} ${entry.task ? `${entry.task}/` : ''}${entry.symbol} ${entry.verdict.kind}`);
}
