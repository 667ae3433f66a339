/** Runs Why3 on a private copy, module by module, with each prover in turn until every goal is settled. */
import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, posix } from 'node:path';
import type { Attempt, CheckContext, Obligation, ObligationResult, Tool } from '../contract.ts';
import { unprovedDependencies } from '../dependencies.ts';
import { openVerdict } from '../ended.ts';
import { allFit, firstFit } from '../locate.ts';
import { attemptOf } from '../sat/evidence.ts';
import { REASON, type Verdict } from '../verdict.ts';
import { readGoals, type Reading } from './output.ts';
import { readSource, type Module } from './source.ts';

/** As Why3 calls them; its drivers are chosen by these and the version. */
const PROVERS: Readonly<Record<string, string>> = { z3: 'Z3', cvc4: 'CVC4' };
/** Seconds that Why3 takes beside its provers. */
const OWN_SECONDS = 10;

interface Said { readonly verdict: Verdict; readonly attempt: Attempt }

export async function checkProject(context: CheckContext): Promise<void> {
  const { project, tools, asked } = context;
  const why3 = firstFit(tools, 'why3');
  const provers = Object.keys(PROVERS).flatMap((id) => allFit(tools, id).slice(0, 1)).slice(0, context.limits.effort === 0 ? 1 : undefined);
  const missing = !why3 ? 'why3' : provers.length === 0 ? 'z3' : undefined;
  if (!why3 || missing) { for (const { id } of asked) context.report(result(id, { kind: 'tool-missing', reason: `no ${missing} on PATH`, remedy: `apt install ${missing}` })); return; }
  const file = project.files[0]!;
  const text = (await context.read(file)).toString('utf8');
  const source = readSource(text);
  const folder = await context.workspace();
  const nonce = `assay_${randomBytes(8).toString('hex')}`;
  for (const path of project.files) {
    const copy = join(folder, 'in', posix.relative(project.root, path));
    await mkdir(dirname(copy), { recursive: true });
    await writeFile(copy, path === file ? withQuestion(text, source.modules, nonce) : await context.read(path));
  }
  const said = new Map<string, Said[]>();
  const vacuous = new Set<string>();
  for (const module of source.modules) for (const prover of provers) {
    const declared = source.declarations.filter((one) => one.module === module.name);
    const open = (name: string): boolean => !said.get(`${module.name}.${name}`)?.some((one) => one.verdict.kind === 'proved');
    if (declared.length === 0 || context.signal.aborted || (prover !== provers[0] && !declared.some((one) => open(one.name)))) continue;
    const { reading, attempt } = await ask(context, why3, prover, folder, module.name, declared.length + 1);
    const verdicts = new Map<string, Verdict>();
    // Goals of one name (in scopes) stand for each other: the name is proved where all of them are.
    if ('answers' in reading) for (const one of reading.answers) if (verdicts.get(one.name)?.kind !== undefined && one.verdict.kind === 'proved') continue; else verdicts.set(one.name, one.verdict);
    const isWhole = verdicts.has(nonce) || 'problem' in reading;
    if (verdicts.get(nonce)?.kind === 'proved' && !declared.some((one) => one.kind === 'lemma' && verdicts.get(one.name)?.kind !== 'proved')) vacuous.add(module.name);
    verdicts.delete(nonce);
    for (const name of new Set([...declared.map((one) => one.name), ...verdicts.keys()])) {
      const must = declared.find((one) => one.name === name && one.isStated);
      const verdict = 'problem' in reading ? reading.problem : !isWhole ? { kind: 'crashed' as const, reason: 'why3 did not answer the question that Assay added' }
        : verdicts.get(name) ?? (must ? { kind: 'crashed' as const, reason: 'why3 ended without naming it' } : { kind: 'nothing-to-prove' as const, reason: 'why3 made no condition for it' });
      said.set(`${module.name}.${name}`, [...said.get(`${module.name}.${name}`) ?? [], { verdict, attempt }]);
    }
  }
  report(context, said, vacuous);
}

/** `goal … : false` at the end of each module: proved where its axioms contradict each other, and missing where the output was cut. */
function withQuestion(text: string, modules: readonly Module[], nonce: string): string {
  return [...modules].sort((a, b) => (b.close ?? 0) - (a.close ?? 0)).reduce((copy, { close }) => (close === undefined ? copy : `${copy.slice(0, close)} goal ${nonce} : false ${copy.slice(close)}`), text);
}

async function ask(context: CheckContext, why3: Tool, prover: Tool, folder: string, module: string, goals: number): Promise<{ reading: Reading; attempt: Attempt }> {
  const { limits, project } = context;
  const configuration = join(folder, `${prover.id}.conf`);
  await writeFile(configuration, `[main]\nmagic = 14\nrunning_provers_max = 1\n\n[partial_prover]\nname = "${PROVERS[prover.id]}"\npath = "${prover.path}"\nversion = "${prover.version}"\n`);
  const wallSeconds = goals * Math.ceil(limits.wallSeconds) + OWN_SECONDS;
  const ended = await context.run({
    tool: why3, cwd: join(folder, 'in'), label: `why3 ${prover.id} ${project.name} ${module}`, obligations: context.unit.obligations, learnKey: `${context.unit.id} ${module} ${prover.id}`, limits: { wallSeconds },
    args: ['prove', '-C', configuration, '-L', '.', '-P', `${PROVERS[prover.id]},${prover.version},`, '-t', String(Math.ceil(limits.wallSeconds)), '-m', String(limits.memoryMb), ...(limits.resource === undefined ? [] : ['-s', String(limits.resource)]), '--json', project.name, '-T', module],
  });
  const attempt: Attempt = { ...attemptOf(context, why3, ended), solver: { id: prover.id, version: prover.version, fingerprint: prover.fingerprint } };
  const open = openVerdict(ended, 'why3', { wallSeconds, memoryMb: limits.memoryMb });
  const problem: Verdict | undefined = open ?? (ended.stdout.truncated ? { kind: 'crashed', reason: 'the output of why3 was too long' } : undefined);
  return { attempt, reading: problem ? { problem } : readGoals(ended.stdout.content.toString('utf8'), ended.stderr.content.toString('utf8'), ended.exit.code, limits.wallSeconds) };
}

function report(context: CheckContext, said: ReadonlyMap<string, readonly Said[]>, vacuous: ReadonlySet<string>): void {
  const { project, asked } = context;
  const prefix = `${project.id}#`;
  const keyOf = (id: string): string => id.slice(prefix.length).replace(/ \(\d+\)$/, '');
  const known = new Set(context.unit.obligations.map(keyOf));
  const found = [...said.keys()].filter((key) => !known.has(key)).map((symbol): Obligation => ({ ...asked[0]!, id: prefix + symbol, symbol, kind: 'condition' }));
  for (const one of found) context.discover(one);
  const decide = (id: string): { verdict: Verdict; attempts: readonly Attempt[] } => {
    const all = said.get(keyOf(id)) ?? [];
    const best = all.find((one) => one.verdict.kind === 'proved') ?? all[0];
    const attempts = best ? [{ ...best.attempt, said: best.verdict }, ...all.filter((one) => one !== best).map((one) => ({ ...one.attempt, said: one.verdict }))] : [];
    const verdict: Verdict = context.signal.aborted ? { kind: 'cancelled' } : best?.verdict ?? { kind: 'nothing-to-prove', reason: 'there is no goal in it' };
    return { attempts, verdict: verdict.kind === 'proved' && vacuous.has(keyOf(id).split('.')[0]!) ? { kind: 'failed', reason: `${REASON.vacuous}: the axioms of the module contradict each other` } : verdict };
  };
  for (const obligation of [...asked, ...found]) {
    const { verdict, attempts } = decide(obligation.id);
    const rests = verdict.kind === 'proved' ? unprovedDependencies(obligation, asked, (id) => decide(id).verdict) : { assumptions: [], diagnostics: [] };
    context.report({ ...result(obligation.id, verdict), attempts, ...rests, seconds: attempts.reduce((sum, one) => sum + one.seconds, 0) / Math.max(1, known.size), memoryMb: Math.max(0, ...attempts.map((one) => one.peakMemoryMb)) });
  }
}

function result(obligation: string, verdict: Verdict): ObligationResult { return { obligation, verdict, diagnostics: [], attempts: [], confirmed: [], seconds: 0, memoryMb: 0 }; }
