/**
 * Documents of all windows that have live answers, by the token of their opening. One editor a project; the newest
 * opening of a file has it. Live states go to the windows as events and nowhere else: no ledger, no store, no cache.
 */
import { randomBytes } from 'node:crypto';
import type { Editor, EditorDocument, LiveDocument } from '../../../toolchains/editor.ts';
import type { BridgeEvent, RequestOutput, Settings } from '../../contract.ts';
import { liveDocument } from '../../contract/live.ts';
import { limitsOf } from '../settings.ts';
import type { RepositorySession } from '../session.ts';
import { ProjectEditor, type OpenDocument } from './project-editor.ts';

/** A proof that takes longer is for a run, seconds. */
const LONGEST_TASK = 20;

interface Held { readonly one: OpenDocument; readonly session: RepositorySession; editor: ProjectEditor }

export class LiveDocuments {
  readonly #held = new Map<string, Held>();
  /** By repository and project. */
  readonly #editors = new Map<string, ProjectEditor>();

  constructor(private readonly workspaceRoot: string, private readonly settings: () => Settings, private readonly tell: (event: BridgeEvent) => void) {}

  async open(session: RepositorySession, document: EditorDocument, closed: AbortSignal): Promise<RequestOutput<'live.open'>> {
    const made = this.#editorOf(session, document.file);
    if (!made) return { kind: 'none' };
    const editor = await made.made;
    if (typeof editor === 'string') { this.#forget(made); return { kind: 'none', why: editor }; }
    for (const other of [...this.#held.values()]) if (other.session === session && other.one.document.file === document.file) this.#taken(other);
    const one: OpenDocument = { token: randomBytes(8).toString('hex'), document, around: '', deaths: [] };
    if (closed.aborted) return { kind: 'none' };
    this.#held.set(one.token, { one, session, editor: made });
    closed.addEventListener('abort', () => { void this.closeDocument(one.token); }, { once: true });
    // After the answer: the window knows the token when the first state of it arrives.
    setImmediate(() => { void made.open(one); });
    return { kind: 'open', token: one.token, abilities: { ...editor.abilities } };
  }

  change(token: string, { version, text }: Omit<EditorDocument, 'file'>): void {
    const held = this.#held.get(token);
    if (held && version > held.one.document.version) void held.editor.change(held.one, { file: held.one.document.file, version, text });
  }

  async closeDocument(token: string): Promise<void> {
    const held = this.#held.get(token);
    this.#held.delete(token);
    await held?.editor.close(held.one);
  }

  /** Asks the editor about a document's newest version; no answer where it is another, or the opening is over. */
  async ask<Value>(token: string, version: number, ask: (editor: Editor, file: string) => Promise<Value | undefined>): Promise<Value | undefined> {
    const held = this.#held.get(token);
    if (!held || held.one.document.version !== version) return undefined;
    const editor = await held.editor.made;
    if (typeof editor === 'string') return undefined;
    const answer = await ask(editor, held.one.document.file);
    return this.#held.get(token) === held && held.one.document.version === version ? answer : undefined;
  }

  planned(session: RepositorySession): void {
    for (const made of [...this.#editors.values()]) {
      if (made.options.session !== session) continue;
      if (made.isStillOf(session.opened.plan.projects.find(({ id }) => id === made.options.project.id))) made.planned();
      else void this.#replace(made);
    }
  }

  /** Ends all of a repository; the documents are told why. */
  async close(repository: string, why: string): Promise<void> {
    for (const held of [...this.#held.values()]) if (held.session.id === repository) { this.#held.delete(held.one.token); this.#say(held, { phase: 'gone', problem: why }); }
    await this.#end([...this.#editors.values()].filter((made) => made.options.session.id === repository));
  }

  async dispose(): Promise<void> {
    this.#held.clear();
    await this.#end([...this.#editors.values()]);
  }

  async #end(editors: readonly ProjectEditor[]): Promise<void> {
    for (const made of editors) this.#forget(made);
    await Promise.all(editors.map((made) => made.end()));
  }

  #forget(made: ProjectEditor): void {
    for (const [key, one] of this.#editors) if (one === made) this.#editors.delete(key);
    void made.end();
  }

  /** Its project is another now: a new editor for the same documents. */
  async #replace(made: ProjectEditor): Promise<void> {
    const held = [...this.#held.values()].filter(({ editor }) => editor === made);
    await this.#end([made]);
    for (const one of held) {
      const next = this.#held.get(one.one.token) === one ? this.#editorOf(one.session, one.one.document.file) : undefined;
      const editor = await next?.made;
      if (next && typeof editor === 'object') { one.editor = next; await next.open(one.one); } else this.#say(one, { phase: 'gone', ...(typeof editor === 'string' ? { problem: editor } : { problem: 'the file is of no such project now' }) });
    }
  }

  #taken(other: Held): void {
    this.#held.delete(other.one.token);
    this.#say(other, { phase: 'gone', problem: 'the file is being edited in another place' });
    void other.editor.close(other.one);
  }

  #editorOf(session: RepositorySession, file: string): ProjectEditor | undefined {
    for (const project of session.opened.plan.projects) {
      const toolchain = session.toolchain(project.toolchain);
      if (!toolchain?.editor || !project.files.includes(file)) continue;
      const key = `${session.id} ${project.id}`;
      const known = this.#editors.get(key);
      if (known && !known.isOver) return known;
      const { memoryMb, wallSeconds } = limitsOf(this.settings());
      const made: ProjectEditor = new ProjectEditor({
        session, project, toolchain, workspaceRoot: this.workspaceRoot, memoryMb, limitSeconds: Math.min(wallSeconds, LONGEST_TASK),
        onLive: (token, live) => { this.#send(session, token, live); }, onIdle: () => { this.#forget(made); },
      });
      this.#editors.set(key, made);
      return made;
    }
    return undefined;
  }

  #say({ one, session }: Held, said: Pick<LiveDocument, 'phase' | 'problem'>): void {
    const { file, version } = one.document;
    this.#send(session, one.token, { file, version, ...said, symbols: [], assertions: [], diagnostics: [], working: [] });
  }

  #send(session: RepositorySession, token: string, live: LiveDocument): void {
    this.tell({ type: 'live', repository: session.id, token, live: liveDocument.parse(live) });
  }
}
