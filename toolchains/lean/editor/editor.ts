/**
 * Lean's server as the editor of one project: live answers for open documents (../../editor.ts), never a verdict.
 *
 * Elaboration is code of the repository: without trust and a sandbox there is no editor. Lake is not run, as in a check
 * (../build.ts): a module's imports are found in Lean's own library and in builds as they lie in the tree (`.lake/build`,
 * those of packages); what was never built is an error of the import, which Lean tells. Each open document has a server
 * of its own, and so its own bound of memory.
 */
import { realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Position, Tool } from '../../contract.ts';
import type { Definition, Editor, EditorDocument, EditorPlace, EditorRequest, Goals, Hover, LiveDocument, OutlineEntry } from '../../editor.ts';
import { PAUSE_MS, Pause } from '../../language-server/pause.ts';
import { packageBuilds } from '../build.ts';
import { projectOptions } from '../recognise.ts';
import { LeanServer, type FileState } from '../server/client.ts';
import { chooseTools } from '../tools.ts';
import { editBetween } from './edit.ts';
import { LiveText } from './live.ts';

/** Mathlib takes gigabytes a server. */
const MOST_DOCUMENTS = 4;

interface Open {
  document: EditorDocument;
  readonly pause: Pause;
  server: LeanServer | undefined;
  starting: Promise<LeanServer | string> | undefined;
  /** What the server has, and which of its versions that is. */
  given: { readonly text: LiveText; readonly version: number; settled: boolean } | undefined;
}

export function createLeanEditor(request: EditorRequest): Promise<Editor | string> {
  if (!request.trusted) return Promise.resolve('Lean runs code of the repository while it reads a file: live answers need your trust in it');
  if (!request.sandbox) return Promise.resolve('Lean runs code of the repository while it reads a file, and there is no sandbox to run it in');
  const tools = chooseTools(request.project, request.tools);
  return Promise.resolve('kind' in tools ? ('reason' in tools ? tools.reason ?? 'no lean 4' : 'no lean 4') : new LeanEditor(request, tools.lean));
}

export class LeanEditor implements Editor {
  readonly abilities = { hover: true, definition: true, outline: true, counterexamples: false, goals: true };
  readonly #open = new Map<string, Open>();
  readonly #leaving = new Set<Promise<void>>();
  #disposed = false;

  constructor(private readonly request: EditorRequest, private readonly lean: Tool) {}

  open(document: EditorDocument): void {
    if (this.#open.size >= MOST_DOCUMENTS) { this.#tell({ ...blank(document, 'gone'), problem: `${MOST_DOCUMENTS} Lean files are live already: close one of them` }); return; }
    const one: Open = { document, pause: new Pause(), server: undefined, starting: undefined, given: undefined };
    this.#open.set(document.file, one);
    this.#tell(blank(document, 'starting'));
    one.pause.after(0, () => { void this.#give(one); });
  }

  change(document: EditorDocument): void {
    const one = this.#open.get(document.file);
    if (!one) { this.open(document); return; }
    const again = document.version === one.document.version;
    one.document = document;
    // What it imports may be another now: only a new server reads that.
    if (again) { this.#leave(one); one.given = undefined; }
    this.#tell(blank(document, one.server ? 'reading' : 'starting'));
    one.pause.after(PAUSE_MS, () => { void this.#give(one); });
  }

  close(file: string): void {
    const one = this.#open.get(file);
    if (!one) return;
    this.#open.delete(file);
    one.pause.stop();
    this.#leave(one);
  }

  async hover({ at, ...document }: EditorPlace): Promise<Hover | undefined> {
    const markdown = await this.#ask(document, (server) => server.hover(at));
    return markdown === undefined ? undefined : { markdown };
  }

  definition({ at, ...document }: EditorPlace): Promise<readonly Definition[] | undefined> {
    return this.#ask(document, (server) => server.definition(at, (uri) => this.#fileOf(uri, document.file), document.file));
  }

  outline(document: Omit<EditorDocument, 'text'>): Promise<readonly OutlineEntry[] | undefined> {
    return this.#ask(document, (server) => server.outline());
  }

  counterexamples(): Promise<undefined> { return Promise.resolve(undefined); }

  goals({ at, ...document }: EditorPlace): Promise<Goals | undefined> {
    return this.#ask(document, async (server) => {
      const goal = await server.goalAt(at);
      return goal ? { goals: goal.goals, markdown: goal.rendered } : expectedAt(server, at);
    });
  }

  async dispose(): Promise<void> {
    this.#disposed = true;
    const starting = [...this.#open.values()].map((one) => one.starting);
    for (const file of [...this.#open.keys()]) this.close(file);
    await Promise.all(starting);
    await Promise.all(this.#leaving);
  }

  async #give(one: Open): Promise<void> {
    const { document } = one;
    const server = await this.#ready(one);
    if (one.document !== document || this.#open.get(document.file) !== one) return;
    if (typeof server === 'string') { this.#tell({ ...blank(document, 'gone'), problem: server }); return; }
    const before = one.given?.text.document.text;
    const given: NonNullable<Open['given']> = { text: new LiveText(document), version: before === undefined ? 1 : server.state.version + 1, settled: false };
    one.given = given;
    if (before === undefined) server.open(this.#uriOf(document.file), document.text); else server.change([editBetween(before, document.text)]);
    // A server that dies here is told of by its end.
    given.settled = await server.settled().catch(() => false);
    if (given.settled && one.given === given && one.document === document) this.#tell(given.text.live(server.state, true));
  }

  #ready(one: Open): Promise<LeanServer | string> {
    if (one.server && one.server.ended === undefined) return Promise.resolve(one.server);
    return one.starting ??= this.#start(one).finally(() => { one.starting = undefined; });
  }

  async #start(one: Open): Promise<LeanServer | string> {
    one.given = undefined;
    let started: LeanServer | undefined;
    const { request, lean } = this;
    const options = projectOptions(request.project);
    const server = await LeanServer.start({
      tool: lean, cwd: request.workspace, memoryMb: request.memoryMb, env: { LEAN_PATH: this.#searchPath() }, arguments: ['-j', '1', ...options.leanOptions.map((option) => `-D${option}`)],
      ...(request.sandbox ? { sandbox: request.sandbox } : {}),
    }, (state) => { this.#hear(one, state); }, (reason) => { if (started && one.server === started) this.#died(one, reason); });
    if (typeof server === 'string') return server;
    started = one.server = server;
    if (this.#disposed || this.#open.get(one.document.file) !== one) { this.#leave(one); return 'the editor is over'; }
    return server.ended ?? server;
  }

  #searchPath(): string {
    const root = join(this.request.tree.root, this.request.project.root);
    return [join(dirname(realpathSync(this.lean.path)), '..', 'lib', 'lean'), join(root, '.lake', 'build', 'lib', 'lean'), ...packageBuilds(root)].join(':');
  }

  #hear(one: Open, state: FileState): void {
    const { given } = one;
    if (given && given.version === state.version && given.text.document === one.document && state.processing !== undefined) this.#tell(given.text.live(state, given.settled));
  }

  #died(one: Open, reason: string): void {
    one.server = undefined;
    one.given = undefined;
    this.#tell({ ...blank(one.document, 'gone'), problem: `Lean’s server: ${reason}` });
  }

  #leave(one: Open): void {
    const { server } = one;
    one.server = undefined;
    if (!server) return;
    const left = server.dispose().finally(() => { this.#leaving.delete(left); });
    this.#leaving.add(left);
  }

  async #ask<Value>({ file, version }: Omit<EditorDocument, 'text'>, ask: (server: LeanServer) => Promise<Value | undefined>): Promise<Value | undefined> {
    const one = this.#open.get(file);
    const given = one?.given;
    if (!one?.server || !given || one.document.version !== version || given.text.document !== one.document) return undefined;
    // A server that says no, or dies, has no answer.
    const answer = await ask(one.server).catch(() => undefined);
    return one.given === given && given.text.document === one.document ? answer : undefined;
  }

  #uriOf(file: string): string { return pathToFileURL(join(this.request.tree.root, file)).href; }

  #fileOf(uri: string, own: string): string | undefined {
    let path: string;
    try { path = fileURLToPath(uri); } catch { return uri; }
    const { root } = this.request.tree;
    const inside = path.startsWith(`${root}/`) ? path.slice(root.length + 1) : path;
    return inside === own ? undefined : inside;
  }

  #tell(live: LiveDocument): void { if (!this.#disposed) this.request.onLive(live); }
}

async function expectedAt(server: LeanServer, at: Position): Promise<Goals | undefined> {
  const expected = await server.termGoalAt(at);
  return expected && { goals: [], markdown: '', expected: expected.goal };
}

function blank({ file, version }: EditorDocument, phase: LiveDocument['phase']): LiveDocument {
  return { file, version, phase, symbols: [], assertions: [], diagnostics: [], working: [] };
}
