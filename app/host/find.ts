/** Find in files: one short-lived process for each search, ended when the search is cancelled or takes too long. */
import { EngineProcess } from '../../toolchains/process/engine-process.ts';
import type { FindResult, RequestInput } from '../contract.ts';
import type { OpenedRepository } from '../engine/repository/types.ts';
import type { FindRequest } from './find.worker.ts';
import { refuse } from './refusal.ts';

const LONGEST_MS = 30_000;

export async function findIn(repository: OpenedRepository, query: RequestInput<'files.find'>['query'], signal: AbortSignal): Promise<FindResult> {
  const pattern = patternOf(query);
  const files = repository.tree.files.map((file) => file.path).filter((path) => !query.include?.length || query.include.some((glob) => matches(path, glob)));
  const worker = new EngineProcess<FindRequest, FindResult>('app/host/find.worker');
  const timeout = AbortSignal.timeout(LONGEST_MS);
  const ended = AbortSignal.any([signal, timeout]);
  try {
    return await new Promise<FindResult>((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('exit', (reason) => { reject(new Error(`the search ended early: ${reason}`)); });
      ended.addEventListener('abort', () => { reject(new Error('ended')); }, { once: true });
      worker.postMessage({ root: repository.root, files, ...pattern, limit: query.limit });
    });
  } catch (error) {
    if (timeout.aborted) refuse('input', 'The search took more than 30 s', 'Use a simpler pattern or fewer files');
    if (signal.aborted) refuse('cancelled', 'cancelled');
    throw error;
  } finally {
    void worker.terminate();
  }
}

function patternOf({ text, regularExpression, matchCase, wholeWord }: RequestInput<'files.find'>['query']): { pattern: string; flags: string } {
  const inner = regularExpression ? text : text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  const pattern = wholeWord ? `(?<![\\p{L}\\p{N}_])(?:${inner})(?![\\p{L}\\p{N}_])` : inner;
  const flags = `gu${matchCase ? '' : 'i'}`;
  try {
    new RegExp(pattern, flags);
  } catch (error) {
    refuse('input', `"${text}" is no regular expression: ${error instanceof Error ? error.message.replace(/^Invalid regular expression: /, '') : String(error)}`);
  }
  return { pattern, flags };
}

/** "*" within a name, "**" over folders, "?" one character. A glob without a folder means the file's name. */
function matches(path: string, glob: string): boolean {
  const parts = glob.split(/(\*\*\/?|\*|\?)/).map((part) => {
    if (part.startsWith('**')) return part.endsWith('/') ? '(?:.*/)?' : '.*';
    return part === '*' ? '[^/]*' : part === '?' ? '[^/]' : part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  });
  return new RegExp(`^${glob.includes('/') ? '' : '(?:.*/)?'}${parts.join('')}$`, 's').test(path);
}
