/**
 * The texts that are open, one a file, whether or not a tab shows them: an edit is lost by no closed tab. Knows when a buffer
 * differs from what the verdicts are about, and says so at once; writes only over the file that it read.
 */
import { editor, Uri } from 'monaco-editor/editor';
import type { FileContent, Problem } from '../../../app/contract.ts';
import type { Session } from '../../session/session.ts';
import { replan } from '../../session/repository.ts';
import { dependentsOf, readText, writeText } from '../../session/texts.ts';
import { withEdit, withoutEdit } from '../../store/unsaved.ts';
import { languageOf } from './languages/register.ts';

export interface Buffer {
  readonly file: string;
  readonly model: editor.ITextModel;
  /** Of the file as it was read or last written. */
  base: string;
  savedVersion: number;
  dependents: readonly string[];
  /** Why it cannot be edited. */
  readonly locked?: string;
  /** The file has other bytes now than the buffer was made from. */
  conflict?: FileContent | 'gone';
}

const openBuffers = new Map<string, Buffer>();
const listeners = new Set<() => void>();
const changed = (): void => { for (const listener of listeners) listener(); };

export function onBuffers(listener: () => void): () => void { listeners.add(listener); return () => { listeners.delete(listener); }; }
export const bufferOf = (file: string): Buffer | undefined => openBuffers.get(file);
export const isDirty = (buffer: Buffer): boolean => buffer.model.getAlternativeVersionId() !== buffer.savedVersion;
export const dirtyFiles = (): readonly string[] => [...openBuffers.values()].filter(isDirty).map((buffer) => buffer.file);

export function uriOf(repository: string, file: string): Uri {
  return Uri.from({ scheme: 'assay', authority: encodeURIComponent(repository), path: `/${file}` });
}

export async function openBuffer(session: Session, file: string): Promise<Buffer | Problem> {
  const known = openBuffers.get(file);
  if (known) return known;
  const repository = session.repository();
  if (repository === undefined) return { kind: 'not-open', message: 'No repository is open' };
  const answer = await readText(session, file);
  if (!answer.ok) return answer.problem;
  return openBuffers.get(file) ?? created(session, repository, answer.value);
}

function created(session: Session, repository: string, content: FileContent): Buffer {
  const uri = uriOf(repository, content.path);
  const locked = lockOf(content);
  const model = editor.getModel(uri) ?? editor.createModel(content.text, languageOf(content.path), uri);
  const buffer: Buffer = { file: content.path, model, base: content.sha256, savedVersion: model.getAlternativeVersionId(), dependents: [], ...(locked === undefined ? {} : { locked }) };
  openBuffers.set(content.path, buffer);
  model.onDidChangeContent(() => { mark(session, buffer); });
  void readDependents(session, buffer);
  changed();
  return buffer;
}

function lockOf(content: FileContent): string | undefined {
  if (content.truncated) return 'Only the first part of this large file is shown: it cannot be edited here.';
  if (!content.exact) return 'This file is not UTF-8: saving it would change bytes that are not shown, so it cannot be edited here.';
  if (!content.writable) return 'This file cannot be written: an archive’s, or one without permission.';
  if (/\r(?!\n)/.test(content.text) || (/\r\n/.test(content.text) && /(^|[^\r])\n/.test(content.text))) return 'This file mixes line ends: the editor would change lines that you do not touch, so it cannot be edited here.';
  return undefined;
}

/** Synchronous, with the key: no verdict on this text is shown as current for longer than the key took. */
function mark(session: Session, buffer: Buffer): void {
  const marked = session.get().unsaved[buffer.file] !== undefined;
  const dirty = isDirty(buffer);
  if (dirty && !marked) session.update((state) => withEdit(state, buffer.file, buffer.dependents));
  else if (!dirty && marked && buffer.conflict === undefined) session.update((state) => withoutEdit(state, buffer.file));
  if (dirty !== marked) changed();
}

async function readDependents(session: Session, buffer: Buffer): Promise<void> {
  const dependents = await dependentsOf(session, buffer.file, buffer.base);
  if (!dependents) return;
  buffer.dependents = dependents;
  if (isDirty(buffer)) session.update((state) => withEdit(state, buffer.file, buffer.dependents));
}

/** The text as it is written: line ends as in the file, its byte-order mark kept. */
export const textOf = (buffer: Buffer): string => buffer.model.getValue(editor.EndOfLinePreference.TextDefined, true);

/** @param over writes over what is on the disk now, which the user has seen */
export async function saveBuffer(session: Session, buffer: Buffer, over = false): Promise<boolean> {
  if (buffer.locked !== undefined || (!isDirty(buffer) && !over)) return false;
  const version = buffer.model.getAlternativeVersionId();
  const base = over && buffer.conflict !== undefined && buffer.conflict !== 'gone' ? buffer.conflict.sha256 : buffer.base;
  const written = await writeText(session, buffer.file, textOf(buffer), base);
  if (!written) return false;
  if (written.kind === 'conflict') { buffer.conflict = written.now ?? 'gone'; changed(); return false; }
  buffer.base = written.sha256;
  buffer.savedVersion = version;
  delete buffer.conflict;
  changed();
  // The marks go when the engine has read the file, not before: until then its rows are those of the old text.
  await replan(session, true);
  if (!isDirty(buffer)) session.update((state) => withoutEdit(state, buffer.file));
  void readDependents(session, buffer);
  return true;
}

/** False where one could not be. */
export async function saveAll(session: Session): Promise<boolean> {
  let all = true;
  for (const file of dirtyFiles()) all = await saveBuffer(session, openBuffers.get(file)!) && all;
  return all;
}

/** Throws the buffer's edits away for what is on the disk. */
export function takeDisk(session: Session, buffer: Buffer): void {
  if (buffer.conflict === undefined || buffer.conflict === 'gone') return;
  const { text, sha256 } = buffer.conflict;
  delete buffer.conflict;
  buffer.model.pushEditOperations([], [{ range: buffer.model.getFullModelRange(), text }], () => null);
  buffer.base = sha256;
  buffer.savedVersion = buffer.model.getAlternativeVersionId();
  mark(session, buffer);
  changed();
}

/** Files changed on the disk by somebody else: a clean buffer follows, a dirty one is in conflict. */
export async function followDisk(session: Session, paths: readonly string[] | 'all'): Promise<void> {
  if (session.repository() === undefined) return;
  for (const buffer of openBuffers.values()) {
    if (paths !== 'all' && !paths.includes(buffer.file)) continue;
    const answer = await readText(session, buffer.file);
    if (answer.ok && answer.value.sha256 === buffer.base) continue;
    buffer.conflict = answer.ok ? answer.value : 'gone';
    if (answer.ok && !isDirty(buffer)) takeDisk(session, buffer);
    changed();
  }
}

/** Another repository: nothing of the last one is held. */
export function closeBuffers(): void {
  for (const buffer of openBuffers.values()) buffer.model.dispose();
  openBuffers.clear();
  changed();
}
