/**
 * The second half of the guard, by Dafny itself and without our reader: compiling erases proof text, so base and candidate
 * must compile to the same bytes; and `dafny audit` must find nothing in the candidate that it did not find in the base. The
 * first sees no changed specification, the second none either: both need the structural half's yes.
 */
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Attempt, RepositoryTree, Tool } from '../../contract.ts';
import type { ConfirmContext, Confirmation, GuardReason, GuardRequest, GuardRule } from '../../guard.ts';
import { firstFit } from '../../locate.ts';
import type { ProcessResult } from '../../process.ts';
import { auditCopy, compileCopy } from '../compile.ts';
import { copyProgram } from '../copy.ts';

/** What Dafny made of one version; absent: it could not be told. */
interface Side {
  readonly code?: { readonly kind: 'compiled'; readonly text: string } | { readonly kind: 'does-not-compile'; readonly why: string };
  readonly findings?: readonly string[];
  readonly attempts: readonly Attempt[];
}

/** Bases that are translated or being translated, for as long as their tree is open. */
const bases = new WeakMap<RepositoryTree, Map<string, Promise<Side>>>();

/** Translates the base ahead of the first candidate. */
export async function prepareConfirmation(context: ConfirmContext): Promise<void> { await baseSide(new Map(), context); }

export async function confirmDafny(request: GuardRequest, context: ConfirmContext): Promise<Confirmation> {
  if (!firstFit(context.tools, 'dafny')) return { kind: 'open', why: 'dafny 4 is needed to compare the compiled programs', attempts: [] };
  const [base, candidate] = await Promise.all([baseSide(request.before, context), sideOf(request.after, context, 'candidate')]);
  if (!base || !candidate) return { kind: 'open', why: 'a source lies outside of the repository', attempts: [] };
  const attempts = [...base.attempts, ...candidate.attempts];
  const reasons: GuardReason[] = [];
  const refuse = (rule: GuardRule, why: string): void => { const at = { line: 1, column: 1 }; reasons.push({ file: [...request.after.keys()][0] ?? '', range: { start: at, end: at }, rule, why }); };
  const anew = candidate.findings && base.findings && surplus(candidate.findings, base.findings);
  if (anew?.[0] !== undefined) refuse('assumption', `dafny audit finds more: ${anew[0]}`);
  if (base.code?.kind === 'compiled' && candidate.code) {
    const difference = candidate.code.kind === 'compiled' ? firstDifference(placesOut(base.code.text, request), placesOut(candidate.code.text, request)) : `it no longer compiles (${candidate.code.why})`;
    if (difference !== undefined) refuse('changed-code', `the compiled program is another one: ${difference}`);
  }
  if (base.code?.kind === 'does-not-compile' && candidate.code?.kind === 'compiled') refuse('changed-code', 'it compiles, and the base does not');
  if (reasons.length > 0) return { kind: 'refused', reasons, attempts };
  if (base.code?.kind === 'does-not-compile') return { kind: 'open', why: `the base does not compile (${base.code.why})`, attempts };
  if (base.code === undefined || candidate.code === undefined) return { kind: 'open', why: 'dafny translate did not finish', attempts };
  if (anew === undefined) return { kind: 'open', why: 'dafny audit did not finish', attempts };
  return { kind: 'confirmed', attempts, by: [`dafny translate js: ${Buffer.byteLength(base.code.text)} equal bytes`, `dafny audit: ${candidate.findings!.length} ${candidate.findings!.length === 1 ? 'finding' : 'findings'}, none anew`] };
}

async function baseSide(before: ReadonlyMap<string, string>, context: ConfirmContext): Promise<Side | undefined> {
  const hash = createHash('sha256').update(context.unit.id);
  for (const path of context.unit.inputs.files) hash.update(`\0${path}\0`).update(before.get(path) ?? await context.tree.read(path));
  const key = hash.digest('hex');
  let known = bases.get(context.tree);
  if (!known) bases.set(context.tree, known = new Map());
  const running = known.get(key);
  if (running) { const side = await running; if (side.code && side.findings) return side; }
  const fresh = sideOf(before, context, 'base');
  known.set(key, fresh.then((side) => side ?? { attempts: [] }));
  return fresh;
}

async function sideOf(texts: ReadonlyMap<string, string>, context: ConfirmContext, name: string): Promise<Side | undefined> {
  const dafny = firstFit(context.tools, 'dafny');
  if (!dafny) return { attempts: [] };
  const copy = await copyProgram({ unit: context.unit, tree: context.tree, read: (path) => context.tree.read(path), workspace: () => context.workspace() }, `confirm-${name}`, (path, text) => texts.get(path) ?? text);
  if (!copy) return undefined;
  const folder = join(copy.folder, '.compiled');
  await mkdir(folder, { recursive: true });
  const common = { dafny, copy, obligations: context.unit.obligations };
  const [compiled, audited] = await Promise.all([
    compileCopy(context, { ...common, output: join(folder, 'program'), runtime: false, label: `dafny translate of the ${name}` }),
    auditCopy(context, { ...common, label: `dafny audit of the ${name}` }),
  ]);
  const findings = findingsOf(audited);
  const attempts = [attemptOf(context, dafny, compiled), attemptOf(context, dafny, audited)];
  const code = await codeOf(compiled, folder);
  return { ...(code ? { code } : {}), ...(findings ? { findings } : {}), attempts };
}

async function codeOf(result: ProcessResult, folder: string): Promise<Side['code']> {
  if (result.exit.reason !== 'exited' || result.stdout.truncated) return undefined;
  const said = result.stdout.content.toString('utf8');
  const error = /^.*\bError: (.*)$/m.exec(said);
  if (error) return { kind: 'does-not-compile', why: error[1]! };
  const names = (await readdir(folder)).filter((name) => name.endsWith('.js')).sort();
  if (result.exit.code !== 0 || names.length === 0) return undefined;
  return { kind: 'compiled', text: (await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')))).join('\n') };
}

/** Each finding without its place; undefined where the audit did not say that it was complete, or what it says does not add up. */
export function findingsOf(result: Pick<ProcessResult, 'exit' | 'stdout'>): readonly string[] | undefined {
  if (result.exit.reason !== 'exited' || result.stdout.truncated) return undefined;
  const said = result.stdout.content.toString('utf8');
  const total = /^Dafny auditor completed with (\d+) finding/m.exec(said);
  if (!total) return undefined;
  const count = Number(total[1]);
  const lines = said.slice(0, total.index).split('\n').flatMap((line) => /^.*\(\d+,\d+\): \w+: (.*)$/.exec(line.trimEnd())?.[1] ?? []);
  return lines.length < count ? undefined : lines.slice(lines.length - count);
}

/** Those that occur more often than before. */
function surplus(after: readonly string[], before: readonly string[]): string[] {
  const left = new Map<string, number>();
  for (const one of before) left.set(one, (left.get(one) ?? 0) + 1);
  return after.filter((one) => { const count = left.get(one) ?? 0; left.set(one, count - 1); return count <= 0; });
}

/**
 * `expect` carries its place into the program, "a.dfy(12,3): ", and lines move when proof text is added. Left out, but where
 * the source itself has such a text.
 */
function placesOut(text: string, { before, after }: GuardRequest): string {
  const names = [...after.keys()].map((path) => basename(path));
  const own = [...before.values(), ...after.values()];
  return names.reduce((all, name) => (own.some((source) => source.includes(`${name}(`)) ? all : all.replaceAll(new RegExp(`(${escaped(name)})\\(\\d+,\\d+\\): `, 'g'), '$1: ')), text);
}
function escaped(text: string): string { return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'); }

function firstDifference(base: string, candidate: string): string | undefined {
  if (base === candidate) return undefined;
  const [one, other] = [base.split('\n'), candidate.split('\n')];
  const at = other.findIndex((line, index) => line !== one[index]);
  return at < 0 ? 'it is shorter' : `line ${at + 1} is "${shortened(other[at]!)}"${one[at] === undefined ? '' : `, in the base "${shortened(one[at])}"`}`;
}
function shortened(line: string): string { const text = line.trim(); return text.length > 80 ? `${text.slice(0, 79)}…` : text; }

function attemptOf(context: ConfirmContext, dafny: Tool, result: ProcessResult): Attempt {
  return {
    tool: dafny.id, toolVersion: dafny.version, fingerprint: dafny.fingerprint, argv: result.argv, cwd: result.cwd, env: result.env, exit: result.exit, limits: context.limits, startedAt: result.startedAt,
    seconds: result.seconds, peakMemoryMb: result.peakMemoryMb, outputs: [{ name: 'stdout', ...result.stdout }],
  };
}
