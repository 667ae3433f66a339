/**
 * `dafny audit` as a further source of the inventory of assumptions: what it names and the source inventory does not is
 * added, of kind "audit". It costs a process of its own, so it is asked only from {@link AUDITED_FROM} on, once for a
 * content: what it said is kept with the verdicts. It misses much (an `assume` beside an `assert {:only}`), so it takes nothing away.
 */
import { isAbsolute, relative, resolve } from 'node:path';
import type { Assumption, Attempt, CheckContext, Tool } from '../contract.ts';
import { unitPlan } from './outline.ts';
import { closureOf, type Program, type ProgramSymbol } from './program.ts';
import { absoluteRoots, attemptOf, DAFNY_ENVIRONMENT, type DafnyTools } from './run.ts';

export const AUDITED_FROM = 2;
const WALL_SECONDS = 120;
const OUTPUT = { outputBytes: 16 * 1024 * 1024, floodBytes: 64 * 1024 * 1024 };

export interface AuditFinding { readonly file: string; readonly line: number; readonly column: number; readonly symbol: string; readonly issue: string }

const FINDING = /^(.+)\((\d+),(\d+)\): Warning: (.+?): (.+) Possible mitigation: .+$/;
const CLOSING = /^Dafny auditor completed with (\d+) findings?$/;

/** Undefined unless the report is whole: its last line counts what stands above it. */
export function readAudit(stdout: Buffer, truncated: boolean): readonly AuditFinding[] | undefined {
  if (truncated) return undefined;
  const lines = stdout.toString('utf8').split('\n').map((line) => line.trimEnd());
  const findings = lines.flatMap((line): AuditFinding[] => {
    const match = FINDING.exec(line);
    return match ? [{ file: match[1]!, line: Number(match[2]), column: Number(match[3]), symbol: match[4]!, issue: match[5]! }] : [];
  });
  const closings = lines.flatMap((line) => { const match = CLOSING.exec(line); return match ? [Number(match[1])] : []; });
  return closings.length === 1 && closings[0] === findings.length ? findings : undefined;
}

/** What its words are called in the source inventory; several where they do not tell. */
const KINDS: readonly (readonly [RegExp, readonly string[]])[] = [
  [/`assume/, ['assume']], [/`\{:verify false\}`/, ['verify-false']], [/@VerifyOnly|\{:only\}/, ['only']], [/`decreases \*`/, ['decreases-star']], [/`forall` statement with no body/, ['bodyless-forall']],
  [/loop with no body/, ['bodyless-loop']], [/\{:extern\}/, ['extern', 'axiom']], [/\{:axiom\}|has no body/, ['axiom', 'extern', 'abstract']],
];

export interface Audited { readonly attempt: Attempt; /** By obligation. */ readonly added: ReadonlyMap<string, readonly Assumption[]> }

/** Undefined where there was no whole report. */
export async function auditProgram(context: CheckContext, program: Program, tools: DafnyTools): Promise<Audited | undefined> {
  const result = await context.run(auditJob(context, tools.dafny));
  const findings = result.exit.reason === 'exited' ? readAudit(result.stdout.content, result.stdout.truncated) : undefined;
  if (!findings) return undefined;
  return { attempt: attemptOf(context, { ...tools, wallSeconds: WALL_SECONDS }, result), added: beyond(findings, program, context.tree.root, context.project.toolchain) };
}

function auditJob(context: CheckContext, dafny: Tool): Parameters<CheckContext['run']>[0] {
  const { libraries } = unitPlan(context.unit);
  return {
    tool: dafny, cwd: context.tree.root, cores: 1, label: `dafny audit ${context.project.name}`, learnKey: `${context.unit.id} dafny audit ${dafny.version}`, obligations: context.unit.obligations,
    expectedMemoryMb: context.unit.expectedMemoryMb, env: DAFNY_ENVIRONMENT, limits: { wallSeconds: WALL_SECONDS, ...OUTPUT },
    args: ['audit', ...(context.project.options.standardLibraries === true ? ['--standard-libraries'] : []), ...libraries.flatMap((library) => ['--library', library]), ...absoluteRoots(context)],
  };
}

/** Findings that the source inventory does not have in the same declaration, for it and for all that use it. */
export function beyond(findings: readonly AuditFinding[], program: Program, root: string, toolchain: string): Map<string, Assumption[]> {
  const added = new Map<string, Assumption[]>();
  for (const finding of findings) {
    const file = relative(root, isAbsolute(finding.file) ? finding.file : resolve(root, finding.file)).replaceAll('\\', '/');
    const owner = ownerOf(program, file, finding);
    const kinds = KINDS.find(([pattern]) => pattern.test(finding.issue))?.[1] ?? [];
    const isKnown = program.assumptions.some((one) => one.file === file && kinds.includes(one.kind) && (owner ? one.symbol === owner.declaration.path : one.range.start.line <= finding.line && finding.line <= one.range.end.line));
    if (isKnown) continue;
    const at = { line: finding.line, column: finding.column };
    const assumption: Assumption = {
      id: `dafny:${file}:audit:${owner?.declaration.path ?? finding.symbol}:${finding.issue}`, toolchain, kind: 'audit', file, range: { start: at, end: at }, text: `dafny audit: ${finding.issue}`,
      ...(owner ? { symbol: owner.declaration.path } : {}),
    };
    for (const { obligation: { id } } of program.symbols) {
      if (owner && id !== owner.obligation.id && !closureOf(id, program.uses).has(owner.obligation.id)) continue;
      const some = added.get(id) ?? [];
      added.set(id, some);
      if (!some.some((one) => one.id === assumption.id)) some.push(assumption);
    }
  }
  return added;
}

/** The innermost declaration that the place lies in. */
function ownerOf(program: Program, file: string, { line, column }: AuditFinding): ProgramSymbol | undefined {
  return program.symbols.filter(({ obligation, range: { start, end } }) => obligation.file === file
    && (line > start.line || (line === start.line && column >= start.column)) && (line < end.line || (line === end.line && column <= end.column)))
    .sort((a, b) => b.range.start.line - a.range.start.line || b.range.start.column - a.range.start.column)[0];
}
