/** What a person names a run by: a repository's path, a run's id or the beginning of one, "last", "last~1", a ledger file or a report page. */
import { existsSync, realpathSync, statSync } from 'node:fs';
import { knownAs, type Engine } from '../engine/engine.ts';
import { withStale } from '../engine/report/freshness.ts';
import { ledgerJson } from '../engine/report/json.ts';
import { ledgerOf, readLedgerJson } from '../engine/report/read.ts';
import type { LedgerJson } from '../engine/report/schema.ts';
import type { Ledger, RunRecord } from '../engine/ledger/types.ts';
import { openRepository } from '../engine/repository/open.ts';
import { UsageError } from './arguments.ts';

/** The ledger as it was; of the store or of a file. */
export async function ledgerNamed(engine: Engine, name: string, signal: AbortSignal): Promise<Ledger> {
  return isLedgerFile(name) ? ledgerOf(readLedgerJson(name)) : storedLedger(engine, name, signal);
}

/** As JSON, with what changed on the disk since marked stale. A ledger file is taken as it is. */
export async function currentLedger(engine: Engine, name: string, signal: AbortSignal): Promise<LedgerJson> {
  if (isLedgerFile(name)) return readLedgerJson(name);
  const ledger = await storedLedger(engine, name, signal);
  const { root } = ledger.run;
  const isFolder = existsSync(root) && statSync(root).isDirectory();
  return ledgerJson(isFolder ? await withStale(ledger, root, engine.parts.files, signal) : ledger, engine.toolchains);
}

const isLedgerFile = (name: string): boolean => /\.(json|html?)$/i.test(name) && existsSync(name);

async function storedLedger(engine: Engine, name: string, signal: AbortSignal): Promise<Ledger> {
  const run = existsSync(name) ? await latestRunOf(engine, name, signal) : runNamed(engine, name);
  const ledger = engine.parts.store.readLedger(run.id);
  if (!ledger) throw new UsageError(`the run "${name}" cannot be read`);
  return ledger;
}

async function latestRunOf(engine: Engine, path: string, signal: AbortSignal): Promise<RunRecord> {
  const { store } = engine.parts;
  const real = realpathSync(path);
  let [run] = store.listRuns(real);
  if (!run && statSync(real).isFile()) {
    const repository = await openRepository(real, { home: store.home, signal, references: (file, content) => engine.toolchains.flatMap((toolchain) => [...toolchain.references(file, content)]) });
    try { [run] = store.listRuns(knownAs(repository)); } finally { await repository.dispose(); }
  }
  if (!run) throw new UsageError(`nothing of ${path} was checked yet: run "assay verify ${path}" first`);
  return run;
}

function runNamed(engine: Engine, name: string): RunRecord {
  const runs = engine.parts.store.listRuns();
  const last = /^last(?:~(\d+))?$/.exec(name);
  const matches = last ? runs.slice(Number(last[1] ?? 0), Number(last[1] ?? 0) + 1) : runs.filter((run) => run.id.startsWith(name));
  if (matches.length > 1) throw new UsageError(`"${name}" is the beginning of ${matches.length} runs: ${matches.slice(0, 3).map((run) => run.id).join(', ')} …`);
  if (!matches[0]) throw new UsageError(`there is no run "${name}", and no such file; known runs: ${runs.slice(0, 5).map((run) => run.id).join(', ') || 'none'}`);
  return matches[0];
}
