/** Finds text in files, in a process of its own: a pattern of the user's may take for ever, and is then ended with it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FindResult } from '../contract.ts';
import { workerPort } from '../../toolchains/worker-port.ts';

export interface FindRequest {
  readonly root: string;
  readonly files: readonly string[];
  /** Source and flags of the pattern. */
  readonly pattern: string;
  readonly flags: string;
  readonly limit: number;
}

/** Of a line that is shown, and of a file that is looked at (bytes). */
const LINE_SHOWN = 400;
const LARGEST = 8 * 1024 * 1024;

const port = workerPort<FindRequest, FindResult>();
port.onMessage((request) => { port.postMessage(find(request)); });

function find({ root, files, pattern, flags, limit }: FindRequest): FindResult {
  const matches: FindResult['matches'] = [];
  const expression = new RegExp(pattern, flags);
  let found = 0, searched = 0;
  for (const file of files) {
    const text = textOf(join(root, file));
    if (text === undefined) continue;
    searched += 1;
    let isIn = false;
    for (const [index, line] of text.split('\n').entries()) {
      for (const match of line.matchAll(expression)) {
        if (match[0] === '') continue;
        if (matches.length >= limit) return { matches, files: found, searched, more: true };
        if (!isIn) { isIn = true; found += 1; }
        matches.push({ file, line: index + 1, column: match.index + 1, length: match[0].length, text: line.slice(0, LINE_SHOWN) });
      }
    }
  }
  return { matches, files: found, searched, more: false };
}

/** Undefined for what is no text, too large or gone. */
function textOf(path: string): string | undefined {
  try {
    const content = readFileSync(path);
    return content.length > LARGEST || content.subarray(0, 8000).includes(0) ? undefined : content.toString('utf8');
  } catch { return undefined; }
}
