/**
 * Runs the cases: the real engine in-process, as the command line drives it, with a store and a PATH of its own.
 * What is asserted: each obligation has the word that the case names, by name and both ways, so that nothing is
 * green that the case does not call green; and that a control is green.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, realpath, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { Engine } from '../../app/engine/engine.ts';
import { exitCodeOf } from '../../app/engine/exit-code.ts';
import type { Ledger, LedgerEntry } from '../../app/engine/ledger/types.ts';
import { recheckSome } from '../../app/engine/running/recheck.ts';
import type { Limits, Toolchain } from '../../toolchains/contract.ts';
import { sat } from '../../toolchains/sat/index.ts';
import { dafny } from '../../toolchains/dafny/index.ts';
import { lean } from '../../toolchains/lean/index.ts';
import { smt } from '../../toolchains/smt/index.ts';
import { classOf } from '../../toolchains/verdict.ts';
import { verilog } from '../../toolchains/verilog/index.ts';
import { verus } from '../../toolchains/verus/index.ts';
import type { Case, Family, Place, Program, RunOptions, VerifyStep, Word } from './case.ts';

const projectRoot = dirname(dirname(import.meta.dirname));
/** A case with a slow machine's worth of room; each program in it is bounded by its own limits. */
const CASE_MILLISECONDS = 120_000;
const LIMITS: Limits = { wallSeconds: 10, memoryMb: 4096, effort: 1 };

/** Absolute path of an installed program, a system folder's before a version manager's; undefined where there is none. */
export function installed(name: string): string | undefined {
  const folders = name === 'dafny' ? [join(homedir(), '.assay-dafny')] : [];
  folders.push('/usr/bin', '/usr/local/bin', ...(process.env.PATH ?? '').split(delimiter));
  return folders.map((folder) => join(folder, name)).find((path) => path.startsWith('/') && existsSync(path));
}

/** Workers run from the bundle. */
export function build(): void {
  execFileSync(process.execPath, ['--input-type=module', '-e', `import { isOutOfDate, buildAll } from ${JSON.stringify(join(projectRoot, 'app/build.mjs'))}; if (isOutOfDate()) await buildAll();`], { stdio: 'inherit' });
}

export function run(family: Family): void {
  describe(family.name, () => {
    for (const one of family.cases) {
      const needed = [...Object.values(one.tools ?? {}).flatMap((tool) => (tool.kind === 'real' ? [tool.name] : [])), ...one.needs ?? []];
      const missing = needed.filter((name) => !installed(name));
      const label = `${one.control ? 'control: ' : ''}${one.name}${needed.length > 0 ? ` (needs ${[...new Set(needed)].join(', ')})` : ''}`;
      it.skipIf(missing.length > 0)(label, () => runCase(one), CASE_MILLISECONDS);
    }
    afterEach(async () => { for (const dispose of left.splice(0)) await dispose(); });
  });
}

const left: (() => Promise<void>)[] = [];

async function runCase(one: Case): Promise<void> {
  const place = await placeOf(one);
  let last: readonly LedgerEntry[] = [];
  for (const [index, step] of one.steps.entries()) {
    if ('act' in step) { await step.act(place); continue; }
    const [ledger] = await Promise.all([verify(one, place, step), step.meanwhile?.(place)]);
    last = ledger.entries;
    judge(ledger, step, `step ${index + 1}`);
  }
  if (one.control) expect(last.some((entry) => isGreen(entry)), 'a control is green').toBe(true);
}

async function placeOf(one: Case): Promise<Place> {
  const base = await realpath(await mkdtemp(join(tmpdir(), 'assay-lies-')));
  left.push(() => rm(base, { recursive: true, force: true, maxRetries: 3 }));
  const folder = (name: string): string => join(base, name);
  const place: Place = {
    root: folder('repository'), home: folder('home'), bin: folder('bin'), marks: folder('marks'),
    async write(path, content) {
      await mkdir(dirname(join(place.root, path)), { recursive: true });
      await writeFile(join(place.root, path), content);
    },
    remove: (path) => rm(join(place.root, path), { recursive: true, force: true }),
    replace: (name, program) => put(place, name, program),
    async marked(name) { while (!existsSync(join(place.marks, name))) await new Promise((resolve) => { setTimeout(resolve, 20); }); },
    mark: (name) => writeFile(join(place.marks, name), ''),
    environment(name, value) {
      const before = process.env[name];
      left.push(async () => { if (before === undefined) Reflect.deleteProperty(process.env, name); else process.env[name] = before; });
      process.env[name] = value;
    },
  };
  for (const path of [place.root, place.home, place.bin, place.marks]) await mkdir(path);
  for (const [path, content] of Object.entries(one.files)) await place.write(path, content);
  for (const [name, program] of Object.entries(one.tools ?? {})) await put(place, name, program);
  return place;
}

/** In one move, as an installer does it. */
async function put(place: Place, name: string, program: Program): Promise<void> {
  const fresh = join(place.bin, `.${name}.new`);
  if (program.kind === 'real') await symlink(installed(program.name)!, fresh);
  else {
    await writeFile(fresh, typeof program.text === 'string' ? program.text : program.text(place));
    await chmod(fresh, 0o755);
  }
  await rename(fresh, join(place.bin, name));
}

async function verify(one: Case, place: Place, step: VerifyStep): Promise<Ledger> {
  const { only, tasks, trusted = false, fresh = false, deadlineSeconds, recheckShare = 0, path = '', onlyToolchain, ...limits }: RunOptions = step.options ?? {};
  const engine = await Engine.create({ toolchains: [smt, sat, verilog, dafny, verus, lean].map((each) => withEmbedded(each, one.embedded ?? [])), home: place.home, path: place.bin, cores: 2 });
  const signal = new AbortController().signal;
  const onEvent = (): void => { /* the ledger says it all */ };
  try {
    const opened = await engine.plan({ path: join(place.root, path), trusted, signal, ...(onlyToolchain === undefined ? {} : { onlyToolchain }) });
    try {
      const outcome = await engine.verify(opened, {
        limits: { ...LIMITS, ...limits }, trusted, fresh, selection: { ...(only === undefined ? {} : { only }), ...(tasks ? { tasks } : {}) },
        command: ['assay', 'verify'], recheckShare, signal, onEvent, ...(deadlineSeconds === undefined ? {} : { deadlineSeconds }),
      });
      const ledger = await recheckSome(engine.parts, outcome, outcome.ledger, { share: recheckShare, signal, onEvent });
      // What stands behind a kept verdict is read from the store when it is asked for: while the store is open.
      for (const entry of ledger.entries) void entry.result.attempts;
      return ledger;
    } finally { await opened.repository.dispose(); }
  } finally { await engine.dispose(); }
}

/** Only the embedded engines that the case names; the installed ones are on its PATH. */
function withEmbedded(toolchain: Toolchain, ids: readonly string[]): Toolchain {
  return {
    ...toolchain,
    async locate(host) {
      const { tools, missing } = await toolchain.locate(host);
      return { tools: tools.filter((tool) => !tool.embedded || ids.includes(tool.id)), missing };
    },
  };
}

function judge(ledger: Ledger, step: VerifyStep, where: string): void {
  const said = Object.fromEntries(ledger.entries.map((entry) => [entry.obligation.id, wordOf(entry)]));
  const names = Object.keys(step.verify);
  const nameOf = (id: string): string | undefined => names.filter((name) => id.endsWith(name)).sort((a, b) => b.length - a.length)[0];
  const wanted = Object.fromEntries(ledger.entries.map((entry) => {
    const name = nameOf(entry.obligation.id);
    const words = name === undefined ? ['(no such obligation)'] : [step.verify[name]!].flat();
    const word = wordOf(entry);
    return [entry.obligation.id, words.find((each) => matches(word, each)) === undefined ? words.join(' | ') : word];
  }));
  expect(said, where).toEqual(wanted);
  expect([...new Set(ledger.entries.map((entry) => nameOf(entry.obligation.id)))].sort(), `${where}: every obligation that the case names`).toEqual([...names].sort());
  for (const entry of ledger.entries) {
    if (entry.obligation.id && isGreen(entry)) expect(entry.result.attempts[0]?.exit, `${where}: what stands behind ${entry.obligation.id}`).toBeDefined();
    expect(entry.cached, `${where}: ${entry.obligation.id} cached`).toBe(step.cached ?? false);
  }
  if (step.exit !== undefined) expect(exitCodeOf(ledger.entries, { cancelled: false, depthGiven: step.options?.depth !== undefined, strict: false }), `${where}: exit code`).toBe(step.exit);
}

function wordOf({ result: { verdict } }: LedgerEntry): string {
  return 'reason' in verdict && verdict.reason !== undefined ? `${verdict.kind}: ${verdict.reason}` : verdict.kind;
}

function matches(said: string, word: Word): boolean {
  return word.includes(':') ? said.startsWith(word) : said.split(':')[0] === word;
}

export function isGreen(entry: LedgerEntry): boolean { return classOf(entry.result.verdict.kind) === 'green'; }

/** Every family of the folder, by name. */
export async function families(): Promise<readonly Family[]> {
  const folder = join(import.meta.dirname, 'families');
  const files = readdirSync(folder).filter((name) => name.endsWith('.ts')).sort();
  const modules = await Promise.all(files.map(async (name) => (await import(join(folder, name))) as { readonly family?: Family; readonly families?: readonly Family[] }));
  return modules.flatMap((module) => module.families ?? (module.family ? [module.family] : []));
}

/** Families of one proof language, which have their own test file: "dafny: truncation". */
export function isOfLanguage({ name }: Family, language = /^(?:dafny|verus|lean): /): boolean { return language.test(name); }
