/**
 * The engine: a plain Node program that the command line, the window and the tests drive alike. Make one a
 * process; `dispose` ends everything that it started.
 */
import { mkdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createToolHost } from '../../toolchains/executables.ts';
import type { Toolchain } from '../../toolchains/contract.ts';
import { awake } from './awake.ts';
import { storeHome } from './ledger/home.ts';
import { openStore, type Store } from './ledger/store.ts';
import { makePlan, type Plan } from './plan.ts';
import { coverageOf, type Coverage } from './repository/coverage.ts';
import { openRepository } from './repository/open.ts';
import type { OpenedRepository } from './repository/types.ts';
import { verify, type VerifyOutcome, type VerifyRequest } from './running/verify.ts';
import { machineMemory } from './scheduler/machine-memory.ts';
import { createScheduler, type Scheduler } from './scheduler/scheduler.ts';
import { locateAll, type ToolInventory } from './tools.ts';

export interface EngineOptions {
  readonly toolchains: readonly Toolchain[];
  /** ASSAY_HOME; default: the platform's user data folder. */
  readonly home?: string;
  /** PATH that programs are looked for on; default: this process's. */
  readonly path?: string;
  /** Cores that jobs may use together; default: those of the machine. */
  readonly cores?: number;
}

/** What a run uses of the engine. */
export interface EngineParts {
  readonly store: Store;
  readonly memory: Store['memory'];
  readonly files: Store['files'];
  readonly leases: Store['leases'];
  readonly scheduler: Scheduler;
  readonly cores: number;
  readonly workspaceRoot: string;
}

export interface OpenedPlan {
  readonly repository: OpenedRepository;
  readonly tools: ToolInventory;
  /** `uncovered` has all: what no toolchain claims, what each left out, what could not be read. */
  readonly plan: Plan;
  /** Files that are no source, counted. */
  readonly other: Coverage['other'];
  readonly environment: Readonly<Record<string, string>>;
  readonly notes: readonly string[];
}

export interface PlanRequest {
  /** What the user named; a repository that is open already is taken as it is. */
  readonly path: string | OpenedRepository;
  readonly trusted: boolean;
  readonly onlyToolchain?: string;
  readonly signal: AbortSignal;
}

export class Engine {
  readonly parts: EngineParts;
  private constructor(readonly options: EngineOptions, parts: EngineParts) { this.parts = parts; }

  static async create(options: EngineOptions): Promise<Engine> {
    const home = options.home ?? storeHome();
    mkdirSync(home, { recursive: true });
    const store = openStore(home);
    const cores = options.cores ?? availableParallelism();
    const memory = store.memory;
    const scheduler = createScheduler({
      resources: { cores: { capacity: cores } }, memory: machineMemory(), 
      coreGate: { acquire: async (count, total, signal) => ({ release: await store.cores.acquire(count, total, signal) }) },
      learned: (key) => learnedOf(memory.learned([key]).get(key)),
      // What was not measured (the machine stood still) keeps what was known.
      onLearn: (key, measured) => {
        const before = memory.learned([key]).get(key);
        memory.learn(key, { seconds: measured.seconds ?? before?.seconds ?? 0, memoryMb: measured.memoryMb ?? before?.memoryMb ?? 0, outcome: 'ended' });
      },
    });
    // Beside the system's temporary files: framed copies of inputs are short-lived, and often in memory there.
    const workspaceRoot = await mkdtemp(join(tmpdir(), 'assay-'));
    return new Engine(options, { store, memory, files: store.files, leases: store.leases, scheduler, cores, workspaceRoot });
  }

  get toolchains(): readonly Toolchain[] { return this.options.toolchains; }

  /** Finds programs as every toolchain does: on absolute PATH entries outside the repository, and among the managed ones. */
  toolHost(repositoryRoot?: string): ReturnType<typeof createToolHost> {
    return createToolHost({
      path: this.options.path ?? process.env.PATH ?? '', hashCache: this.parts.memory, managed: join(this.parts.store.home, 'tools'), ...(repositoryRoot === undefined ? {} : { repositoryRoot }),
    });
  }

  /** Every program that is found or missing, for these toolchains. */
  async tools(repositoryRoot?: string, toolchains: readonly Toolchain[] = this.toolchains): Promise<{ inventory: ToolInventory; environment: Readonly<Record<string, string>>; notes: readonly string[] }> {
    const host = this.toolHost(repositoryRoot);
    const inventory = await locateAll(toolchains, host);
    return { inventory, environment: await host.environment(), notes: [...host.notes] };
  }

  plan(request: PlanRequest): Promise<OpenedPlan> { return awake(this.#plan(request)); }

  async #plan(request: PlanRequest): Promise<OpenedPlan> {
    const repository = typeof request.path !== 'string' ? request.path : await openRepository(request.path, {
      home: this.parts.store.home, signal: request.signal,
      references: (path, content) => this.toolchains.flatMap((toolchain) => [...toolchain.references(path, content)]),
    });
    try {
      let found: Awaited<ReturnType<Engine['tools']>> | undefined;
      const plan = await makePlan(repository.tree, {
        toolchains: this.toolchains, locate: async (used) => (found = await this.tools(repository.root, used)).inventory, trusted: request.trusted, signal: request.signal, workspaceRoot: this.parts.workspaceRoot, knownAs: knownAs(repository),
        memory: { hashFiles: (root, paths, signal) => this.parts.files.hashFiles(root, paths, signal), getAll: (keys) => this.parts.memory.getAll(keys), set: (key, value) => { this.parts.memory.set(key, value); } },
        ...(repository.selected ? { selected: repository.selected } : {}), ...(request.onlyToolchain === undefined ? {} : { onlyToolchain: request.onlyToolchain }),
      });
      const coverage = coverageOf(repository.tree.files, plan.recognitions);
      const uncovered = [...plan.uncovered, ...coverage.uncovered, ...repository.uncovered];
      const { environment, notes } = found!;
      return { repository, tools: plan.tools, plan: { ...plan, uncovered }, other: coverage.other, environment, notes };
    } catch (error) {
      await repository.dispose();
      throw error;
    }
  }

  verify(opened: OpenedPlan, request: Omit<VerifyRequest, 'plan' | 'root' | 'commit' | 'tools' | 'environment'>): Promise<VerifyOutcome> {
    const { commit } = opened.repository;
    return awake(verify(this.parts, { ...request, root: knownAs(opened.repository), ...(commit ? { commit } : {}), plan: opened.plan, tools: opened.tools, environment: opened.environment }));
  }

  dispose(): Promise<void> { return awake(this.#dispose()); }

  async #dispose(): Promise<void> {
    await this.parts.scheduler.dispose();
    for (const toolchain of this.toolchains) await toolchain.dispose?.();
    this.parts.store.close();
    await rm(this.parts.workspaceRoot, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** What the user knows it by: its folder, or the archive, whose own folder is another in each run. */
export function knownAs(repository: OpenedRepository): string {
  return repository.kind === 'archive' ? repository.origin : repository.root;
}

function learnedOf(known: { seconds: number; memoryMb: number; samples: number } | undefined): { seconds?: number; memoryMb?: number; runs: number } | undefined {
  if (!known) return undefined;
  return { runs: known.samples, ...(known.seconds > 0 ? { seconds: known.seconds } : {}), ...(known.memoryMb > 0 ? { memoryMb: known.memoryMb } : {}) };
}
