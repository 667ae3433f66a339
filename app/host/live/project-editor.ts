/**
 * The editor of one project: started with its first document, kept for a while after the last, asked again after its
 * server died, ended with the repository. What it says is sent on as it comes, under the token of the opening.
 */
import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Project, Toolchain } from '../../../toolchains/contract.ts';
import type { Editor, EditorDocument, LiveDocument } from '../../../toolchains/editor.ts';
import { repositorySandbox } from '../../../toolchains/process/sandbox/folders.ts';
import type { RepositorySession } from '../session.ts';

export interface OpenDocument {
  readonly token: string;
  document: EditorDocument;
  /** Digest of what else its state is about: the other files of its project. */
  around: string;
  /** When its server died lately, milliseconds. */
  deaths: number[];
}

export interface ProjectEditorOptions {
  readonly session: RepositorySession;
  readonly project: Project;
  readonly toolchain: Toolchain;
  readonly workspaceRoot: string;
  readonly memoryMb: number;
  readonly limitSeconds: number;
  readonly onLive: (token: string, live: LiveDocument) => void;
  /** It has been idle and is gone. */
  readonly onIdle: () => void;
}

/** An editor without a document is kept for this long; its server is warm. */
const IDLE_MS = 60_000;
/** A server that died is started again so often within {@link FORGIVEN_AFTER_MS}, a little later each time. */
const MOST_DEATHS = 3, FORGIVEN_AFTER_MS = 300_000, FIRST_WAIT_MS = 500;

export class ProjectEditor {
  readonly documents = new Map<string, OpenDocument>();
  readonly made: Promise<Editor | string>;
  #idle: NodeJS.Timeout | undefined;
  readonly #waits = new Set<NodeJS.Timeout>();
  #workspace: string | undefined;
  #ended: Promise<void> | undefined;

  constructor(readonly options: ProjectEditorOptions) {
    this.made = this.#make();
  }

  async #make(): Promise<Editor | string> {
    const { session, project, toolchain, workspaceRoot, memoryMb, limitSeconds } = this.options;
    const workspace = this.#workspace = await mkdtemp(join(workspaceRoot, 'live-'));
    const { tree } = session.opened.repository;
    const made = await toolchain.editor!({
      tree, project, tools: session.opened.tools.of(toolchain.id), trusted: session.trusted, memoryMb, limitSeconds, workspace,
      sandbox: repositorySandbox(tree.root, [workspace]), onLive: (live) => { this.#hear(live); },
    });
    if (typeof made !== 'string' && this.#ended) { await made.dispose(); return 'the repository was closed'; }
    return made;
  }

  get isOver(): boolean { return this.#ended !== undefined; }
  /** What the editor was made for; another one is needed where it changed. */
  isStillOf(project: Project | undefined): boolean { return JSON.stringify(project) === JSON.stringify(this.options.project); }

  async open(one: OpenDocument): Promise<void> {
    clearTimeout(this.#idle);
    one.around = this.#around(one.document.file);
    this.documents.set(one.document.file, one);
    const editor = await this.made;
    if (typeof editor !== 'string' && this.documents.get(one.document.file) === one) editor.open(one.document);
  }

  async change(one: OpenDocument, document: EditorDocument): Promise<void> {
    one.document = document;
    const editor = await this.made;
    if (typeof editor !== 'string' && one.document === document && this.documents.get(document.file) === one) editor.change(document);
  }

  async close(one: OpenDocument): Promise<void> {
    if (this.documents.get(one.document.file) !== one) return;
    this.documents.delete(one.document.file);
    const editor = await this.made;
    if (typeof editor !== 'string' && !this.documents.has(one.document.file)) editor.close(one.document.file);
    if (this.documents.size > 0 || this.isOver) return;
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => { if (this.documents.size === 0) void this.end().then(this.options.onIdle); }, IDLE_MS);
    this.#idle.unref();
  }

  /** The plan was made again: those whose surroundings changed are asked anew. */
  planned(): void {
    for (const one of this.documents.values()) {
      const around = this.#around(one.document.file);
      if (around === one.around) continue;
      one.around = around;
      void this.change(one, one.document);
    }
  }

  /** Settles when nothing of it is left. */
  end(): Promise<void> {
    return this.#ended ??= (async () => {
      clearTimeout(this.#idle);
      for (const wait of this.#waits) clearTimeout(wait);
      const editor = await this.made;
      if (typeof editor !== 'string') await editor.dispose();
      if (this.#workspace !== undefined) await rm(this.#workspace, { recursive: true, force: true, maxRetries: 3 });
    })();
  }

  #hear(live: LiveDocument): void {
    const one = this.documents.get(live.file);
    if (!one || this.isOver || live.version !== one.document.version) return;
    this.options.onLive(one.token, live);
    if (live.phase === 'gone') this.#again(one);
  }

  #again(one: OpenDocument): void {
    const now = performance.now();
    one.deaths = [...one.deaths.filter((at) => now - at < FORGIVEN_AFTER_MS), now];
    if (one.deaths.length > MOST_DEATHS) return;
    const wait = setTimeout(() => {
      this.#waits.delete(wait);
      if (this.documents.get(one.document.file) === one && !this.isOver) void this.change(one, one.document);
    }, FIRST_WAIT_MS * 2 ** (one.deaths.length - 1));
    this.#waits.add(wait);
  }

  #around(file: string): string {
    const { session, project } = this.options;
    const inputs = session.units.filter(({ unit }) => unit.project === project.id).flatMap((unit) => unit.inputs).filter(({ path }) => path !== file).map(({ path, sha256 }) => `${path} ${sha256}`);
    return createHash('sha256').update([...new Set(inputs)].sort().join('\n')).digest('hex');
  }
}
