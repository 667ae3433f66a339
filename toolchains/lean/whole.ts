/** What a build says of the module as a whole, where it says nothing of single declarations that can be believed. */
import type { Limits } from '../contract.ts';
import { openVerdict } from '../ended.ts';
import type { Verdict } from '../verdict.ts';
import type { Built } from './build.ts';
import type { MessageReading } from './messages.ts';

/** Undefined where Lean came to the end of the file: it wrote the module, or says by errors why it did not. */
export function wholeVerdict(built: Pick<Built, 'result' | 'written'>, reading: MessageReading, version: string, limits: Limits): Verdict | undefined {
  const lean = `lean ${version}`;
  const open = openVerdict(built.result, lean, limits);
  if (open) return open.kind === 'timeout' ? { ...open, seconds: Math.round(built.result.seconds) } : open;
  const said = built.result.stderr.content.toString('utf8').trim().split('\n')[0]!.slice(0, 500);
  // Of its own limit (-M), in the words of the recorded 4.0.
  if (/excessive memory consumption/.test(said)) return { kind: 'out-of-memory', reason: said };
  if (reading.doubt !== undefined) return { kind: 'crashed', reason: `${lean}: ${reading.doubt}` };
  const errors = reading.messages.some((message) => message.severity === 'error');
  const { code } = built.result.exit;
  if (code === 0 && built.written && !errors) return undefined;
  if (code === 1 && !built.written && errors) return undefined;
  const how = code === 0 && !built.written ? 'ended without writing the module: something in the file ended it' : code === 0 || built.written ? 'reports errors and yet a module was written' : `ended with code ${code ?? 'none'} and named no error`;
  return { kind: 'crashed', reason: `${lean} ${how}${said ? `: ${said}` : ''}` };
}
