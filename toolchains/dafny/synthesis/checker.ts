/** Quick checks of edited texts for the search, in warm servers; each counts as one verifier call. Never the last word. */
import type { Diagnostic, Range, Tool } from '../../contract.ts';
import { DafnySession, type CheckAnswer } from '../server/session.ts';
import type { Candidate } from './candidate.ts';
import { insert, type Muting } from './edit.ts';

export interface Verdicts {
  /** Candidates on whose lines an error stands. */
  readonly failed: ReadonlySet<Candidate>;
  /** Errors elsewhere. */
  readonly open: readonly Diagnostic[];
  readonly limit: boolean;
  readonly end: CheckAnswer['end'];
  /** Everything that was checked is proved. */
  readonly proved: boolean;
  readonly reason?: string;
  readonly seconds: number;
}

export interface CheckerOptions {
  readonly dafny: Tool;
  readonly solver: Tool;
  readonly memoryMb: number;
  readonly arguments: readonly string[];
  readonly libraries: readonly string[];
  /** Seconds of a proof task; the resource limit comes first where the machine is not loaded. */
  readonly limitSeconds: number;
  /** The solver's own count, which does not depend on the load: some five million a second. */
  readonly resource: number;
  /** Undefined where the calls are spent: the answer is then `cancelled`. */
  readonly spend: () => boolean;
  readonly signal: AbortSignal;
  /** Takes a core for as long as a check runs. */
  readonly admitted: <T>(body: (signal: AbortSignal) => Promise<T>) => Promise<T>;
}

/** Lines as in the base; columns are exact where nothing was put into the line. */
function atBase(diagnostic: Diagnostic, baseLine: (line: number) => number): Diagnostic {
  const moved = (range: Range | undefined): Range | undefined => range && { start: { ...range.start, line: baseLine(range.start.line) }, end: { ...range.end, line: baseLine(range.end.line) } };
  const range = moved(diagnostic.range);
  return { ...diagnostic, ...(range ? { range } : {}), ...(diagnostic.notes ? { notes: diagnostic.notes.map((note) => { const at = moved(note.range); return { ...note, ...(at ? { range: at } : {}) }; }) } : {}) };
}

/** The first text of a server takes three times as long as the next ones: it compiles itself. */
const WARMING = 'method M(a: array<int>) modifies a { var i := 0; while i < a.Length invariant 0 <= i <= a.Length { a[i] := i; i := i + 1; } }\n', WARMING_SECONDS = 30;

/**
 * A server whose assertions are not assumed once they were checked, so that failures are told together; and, from the first
 * question for it, one as Dafny has it, for proofs that run out of resources without those assumptions.
 */
export class Checker {
  readonly #apart: DafnySession;
  readonly #plain: DafnySession;
  calls = 0;

  constructor(private readonly options: CheckerOptions) {
    const common = { dafny: options.dafny, solver: options.solver, limitSeconds: options.limitSeconds, resource: options.resource, memoryMb: options.memoryMb, arguments: options.arguments, libraries: options.libraries };
    this.#apart = new DafnySession({ ...common, boogie: ['/subsumption:0'] });
    this.#plain = new DafnySession(common);
  }

  /** Starts the server while there is something else to do. */
  async warm(): Promise<void> { await this.#apart.check({ text: WARMING, wallSeconds: WARMING_SECONDS, signal: this.options.signal }); }

  async check(base: string, candidates: readonly Candidate[], { muted = [], plain = false, wallSeconds, signal }: { muted?: readonly Muting[]; plain?: boolean; wallSeconds: number; signal?: AbortSignal }): Promise<Verdicts> {
    const nothing: Verdicts = { failed: new Set(), open: [], limit: false, end: 'cancelled', proved: false, seconds: 0 };
    if (wallSeconds <= 0.2 || this.options.signal.aborted || !this.options.spend()) return nothing;
    this.calls++;
    const { text, lines, baseLine } = insert(base, candidates, muted, plain);
    const session = plain ? this.#plain : this.#apart;
    const answer = await this.options.admitted((admitted) => session.check({ text, wallSeconds, signal: signal ? AbortSignal.any([admitted, signal]) : admitted }));
    const failed = new Set<Candidate>(), open: Diagnostic[] = [];
    for (const diagnostic of answer.diagnostics) {
      if (diagnostic.severity !== 'error') continue;
      const own = diagnostic.range && lines.get(diagnostic.range.start.line);
      if (own) failed.add(own); else open.push(atBase(diagnostic, baseLine));
    }
    const limit = answer.end === 'wall' || answer.symbols.some((symbol) => symbol.limit !== undefined);
    const proved = answer.end === 'finished' && failed.size === 0 && open.length === 0 && answer.symbols.length > 0 && answer.symbols.every((symbol) => symbol.state === 'correct');
    return { failed, open, limit, end: answer.end, proved, seconds: answer.seconds, ...(answer.reason === undefined ? {} : { reason: answer.reason }) };
  }

  async dispose(): Promise<void> { await Promise.all([this.#apart.dispose(), this.#plain.dispose()]); }
}
