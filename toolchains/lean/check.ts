/** Checks a project: each module is built in import order, then its build is asked for axioms and replayed in the kernel. */
import { randomBytes } from 'node:crypto';
import type { Assumption, Attempt, CheckContext, Diagnostic, ObligationResult } from '../contract.ts';
import { openVerdict } from '../ended.ts';
import { classOf, type Verdict } from '../verdict.ts';
import { readAudit, sortAxioms, type AuditedConstant } from './audit.ts';
import { audit, build, openWorkbench, replay, seal, unbuiltImport, type Workbench } from './build.ts';
import { auditCopy } from './copy.ts';
import { readMessages } from './messages.ts';
import { inImportOrder } from './modules.ts';
import { fileObligation } from './outline.ts';
import { readProgram, type Program, type ProgramFile, type Symbol } from './program.ts';
import { projectOptions } from './recognise.ts';
import { readReplay, type Replay } from './replay.ts';
import { canonicalName } from './source/names.ts';
import { chooseTools } from './tools.ts';
import { diagnosticOf, errorsOutside, failedBy, verdictOfErrors, weighModule } from './weigh.ts';
import { wholeVerdict } from './whole.ts';

export async function checkProject(context: CheckContext): Promise<void> {
  const tools = chooseTools(context.project, context.tools);
  if ('kind' in tools) { for (const { id } of context.asked) context.report(resultOf(id, tools)); return; }
  const contents = new Map<string, Buffer>();
  for (const { file } of projectOptions(context.project).modules) contents.set(file, await context.read(file));
  const program = readProgram(context.project, new Map([...contents].map(([path, content]) => [path, content.toString('utf8')])));
  const bench = await openWorkbench(context, tools, program.files);
  const wanted = coneOf(program, new Set(context.asked.map((one) => one.file)));
  const broken = new Set<string>();
  for (const file of inImportOrder(program.files.filter((one) => wanted.has(one)))) {
    const builds = await new ModuleCheck(bench, program, file, contents.get(file.path)!, broken).run();
    if (!builds) broken.add(file.module);
  }
}

function coneOf(program: Program, asked: ReadonlySet<string>): ReadonlySet<ProgramFile> {
  const reached = new Set(program.files.filter((file) => asked.has(file.path)));
  for (const file of reached) for (const name of file.imports) { const next = program.files.find((other) => other.module === name); if (next) reached.add(next); }
  return reached;
}

class ModuleCheck {
  private readonly symbols: readonly Symbol[];
  private readonly attempts: Attempt[] = [];
  private readonly context: CheckContext;

  constructor(private readonly bench: Workbench, private readonly program: Program, private readonly file: ProgramFile, private readonly content: Buffer, private readonly broken: ReadonlySet<string>) {
    this.context = bench.context;
    this.symbols = program.symbols.filter((symbol) => symbol.file === file);
  }

  /** @returns whether others can import it */
  async run(): Promise<boolean> {
    const { bench, file } = this;
    const unusable = file.imports.find((name) => this.broken.has(name));
    if (unusable !== undefined) return this.all({ kind: 'not-run', reason: `it imports ${unusable}, which was not built` });
    const unbuilt = unbuiltImport(bench, file, new Set(this.program.files.map((one) => one.module)));
    if (unbuilt !== undefined) return this.all({ kind: 'tool-missing', reason: `it imports ${unbuilt}, of which there is no build`, remedy: 'Let Lake fetch and build what the package depends on: lake exe cache get, then lake build' });
    const built = await build(bench, file, this.content, 'main');
    this.attempts.push(built.attempt);
    const reading = readMessages(built.result.stdout.content, built.result.stdout.truncated, file.source.text);
    const whole = wholeVerdict(built, reading, bench.tools.lean.version, this.context.limits);
    if (whole) return this.all(whole, reading.messages.map((message) => diagnosticOf(message, file.path)));
    const outside = errorsOutside(this.symbols, reading.messages);
    if (outside.length > 0) this.fileError(outside.map((one) => diagnosticOf(one, file.path)), verdictOfErrors(outside));
    else if (this.symbols.length === 0) this.reportOne(fileObligation(this.context.project, file.path).id, { kind: 'nothing-to-prove', reason: 'the module has no declaration' }, []);
    const audited = await this.audit(built.written, failedBy(this.symbols, reading.messages));
    const stated = new Set(this.program.assumptions.flatMap((one) => (one.kind === 'axiom' && one.symbol !== undefined ? [canonicalName(one.symbol)] : [])));
    const weighed = weighModule({
      stated,
      project: this.context.project, file: file.path, symbols: this.symbols, messages: reading.messages, copied: new Map(), blanked: new Set(), ...audited,
    });
    const outlined = new Set(this.context.unit.obligations);
    for (const { obligation, verdict, diagnostics } of weighed) {
      if (!outlined.has(obligation.id)) this.context.discover(obligation);
      const symbol = this.symbols.find((one) => one.obligation.id === obligation.id);
      this.reportOne(obligation.id, audited.refused && classOf(verdict.kind) === 'green' ? { kind: 'failed', reason: `the kernel refuses the build: ${audited.refused}` } : verdict, [...diagnostics, ...this.notes(obligation.id, verdict, audited, symbol)], audited, this.shown(symbol, verdict, audited));
    }
    return built.written;
  }

  /** The module's own build where it names all, a copy's where examples have no name or an error left no build. */
  private async audit(written: boolean, failed: ReadonlySet<Symbol['declaration']>): Promise<Audited> {
    const { bench, file } = this;
    const nonce = randomBytes(8).toString('hex');
    const copy = auditCopy(file, written ? new Set() : failed, nonce);
    const main = written ? await this.ask([bench.main], nonce) : undefined;
    if (!copy) return main ?? { constants: undefined, unaudited: 'the file has an error elsewhere, and Lean keeps no build of it' };
    const built = await build(bench, file, Buffer.from(copy.text), 'copy');
    this.attempts.push(built.attempt);
    const reading = readMessages(built.result.stdout.content, built.result.stdout.truncated, copy.text);
    const sound = built.result.exit.reason === 'exited' && built.result.exit.code === 0 && built.written && reading.doubt === undefined && !reading.messages.some((one) => one.severity === 'error');
    if (!sound) return main ?? { constants: undefined, unaudited: 'the file has an error elsewhere, and Lean could not build the rest of it' };
    const other = await this.ask([built.place, bench.main], nonce);
    if (!other.constants) return main ?? other;
    const refused = main?.refused ?? other.refused;
    const common = { unaudited: '', copied: copy.names, blanked: copy.blanked, ...(refused === undefined ? {} : { refused }), replayed: other.replayed === true && (main === undefined || main.replayed === true), attempts: other.attempts };
    if (!main) return { ...common, constants: other.constants };
    if (!main.constants) return main;
    // Of what has a name, the module itself speaks; of what has none, the copy.
    const added = [...other.constants].filter(([name]) => [...copy.names.values()].some((own) => name.split('.').includes(own)));
    return { ...common, constants: new Map([...main.constants, ...added]), attempts: [...main.attempts ?? [], ...other.attempts ?? []] };
  }

  private async ask(places: readonly string[], nonce: string): Promise<Audited> {
    const { bench, file } = this;
    const changed = await seal(bench, file);
    if (changed !== undefined) return { constants: undefined, unaudited: `the build ${changed} was changed by what was built after it` };
    const { result, attempt } = await audit(bench, file, places, nonce);
    this.attempts.push(attempt);
    const open = openVerdict(result, `lean ${bench.tools.lean.version}`, this.context.limits);
    if (open) return { constants: undefined, unaudited: `its axioms could not be read: ${'reason' in open && open.reason ? open.reason : open.kind}` };
    const reading = readAudit(result.stdout.content, result.stdout.truncated, nonce, file.module);
    if (reading.kind === 'doubt' || result.exit.code !== 0) {
      const said = result.stderr.content.toString('utf8').trim().split('\n')[0] ?? '';
      return { constants: undefined, unaudited: `its axioms could not be read: ${reading.kind === 'doubt' ? reading.reason : `lean ended with code ${result.exit.code ?? 'none'}`}${said ? ` (${said.slice(0, 300)})` : ''}` };
    }
    const replayed = await this.replay(places);
    return {
      constants: reading.constants, unaudited: '', attempts: [attempt], replayed: replayed?.kind === 'accepted',
      ...(replayed?.kind === 'refused' ? { refused: replayed.reason } : {}), ...(replayed?.kind === 'open' ? { unreplayed: replayed.reason } : {}),
    };
  }

  private async replay(places: readonly string[]): Promise<Replay | undefined> {
    const { checker } = this.bench.tools;
    if (!checker) return undefined;
    const { result, attempt } = await replay(this.bench, checker, this.file, places);
    this.attempts.push(attempt);
    return readReplay(result, this.file.module);
  }

  private notes(obligation: string, verdict: Verdict, audited: Audited, symbol: Symbol | undefined): Diagnostic[] {
    if (classOf(verdict.kind) !== 'green') return [];
    const notes: Diagnostic[] = [];
    if (audited.replayed !== true) notes.push({ severity: 'warning', code: 'not-replayed', message: `not replayed: ${audited.unreplayed ?? 'no leanchecker beside this lean (it comes with 4.28)'}; the build is believed as Lean wrote it`, obligation, file: this.file.path });
    const constant = symbol && audited.constants?.get(symbol.declaration.name);
    const native = constant ? sortAxioms(constant.axioms).native : [];
    if (native.length > 0) notes.push({ severity: 'warning', code: 'native_decide', message: `rests on compiled code: ${native.join(', ')}`, obligation, file: this.file.path });
    return notes;
  }

  /** What the axioms show and the text does not: an axiom that a tactic brought in, a library's use of compiled code. */
  private shown(symbol: Symbol | undefined, verdict: Verdict, audited: Audited): readonly Assumption[] {
    const constant = symbol && audited.constants?.get(symbol.declaration.name);
    if (!constant || classOf(verdict.kind) !== 'green') return [];
    const { native, others } = sortAxioms(constant.axioms);
    // By names the text may not show them: a tactic can bring one in.
    const axioms = this.program.assumptions.filter((one) => one.kind === 'axiom' && one.symbol !== undefined && others.includes(canonicalName(one.symbol)) && !symbol.obligation.assumptions.includes(one.id));
    return [...axioms, ...this.compiled(symbol, native)];
  }

  private compiled(symbol: Symbol, native: readonly string[]): readonly Assumption[] {
    if (native.length === 0 || symbol.obligation.assumptions.some((id) => this.program.assumptions.some((one) => one.id === id && one.kind === 'native_decide'))) return [];
    const { file, range, toolchain } = symbol.obligation;
    return [{ id: `${toolchain}:${file}:native_decide:${symbol.declaration.name}:axioms`, toolchain, kind: 'native_decide', file, range, symbol: symbol.declaration.name, text: native.join(', ') }];
  }

  private all(verdict: Verdict, diagnostics: readonly Diagnostic[] = []): boolean {
    const ids = this.symbols.length > 0 ? this.symbols.map((symbol) => symbol.obligation.id) : [fileObligation(this.context.project, this.file.path).id];
    for (const id of ids) this.reportOne(id, verdict, diagnostics.filter((one) => one.severity === 'error'));
    return false;
  }

  private fileError(diagnostics: readonly Diagnostic[], verdict: Verdict): void {
    const obligation = fileObligation(this.context.project, this.file.path);
    if (!this.context.unit.obligations.includes(obligation.id)) this.context.discover(obligation);
    this.reportOne(obligation.id, verdict, diagnostics);
  }

  private reportOne(id: string, verdict: Verdict, diagnostics: readonly Diagnostic[], audited?: Audited, assumptions: readonly Assumption[] = []): void {
    const deciding = classOf(verdict.kind) === 'green' ? audited?.attempts?.at(-1) : this.attempts[0];
    const attempts = deciding ? [{ ...deciding, said: verdict }, ...this.attempts.filter((one) => one !== deciding)] : this.attempts;
    const confirmed = classOf(verdict.kind) === 'green' && audited?.replayed === true ? [{ by: 'leanchecker', how: 'the build replayed in the kernel' }] : [];
    this.context.report({ ...resultOf(id, verdict), diagnostics, attempts, confirmed, ...(assumptions.length > 0 ? { assumptions } : {}), seconds: share(this.attempts, this.symbols.length), memoryMb: Math.max(0, ...this.attempts.map((one) => one.peakMemoryMb)) });
  }
}

interface Audited {
  readonly constants: ReadonlyMap<string, AuditedConstant> | undefined;
  readonly unaudited: string;
  readonly copied?: ReadonlyMap<Symbol['declaration'], string>;
  readonly blanked?: ReadonlySet<Symbol['declaration']>;
  readonly replayed?: boolean;
  readonly unreplayed?: string;
  /** Why the kernel refused it. */
  readonly refused?: string;
  readonly attempts?: readonly Attempt[];
}

function share(attempts: readonly Attempt[], among: number): number { return attempts.reduce((sum, one) => sum + one.seconds, 0) / Math.max(1, among); }

function resultOf(obligation: string, verdict: Verdict): ObligationResult {
  return { obligation, verdict, diagnostics: [], attempts: [], confirmed: [], seconds: 0, memoryMb: 0 };
}
