/**
 * Reads `leanchecker -v MODULE` (Lean 4 source, LeanChecker.lean): "replaying MODULE" for each module that it found under
 * that name, nothing else, exit 0; a module that the kernel refuses ends it with words on standard error and exit 1.
 */
import type { ProcessResult } from '../process.ts';

export type Replay = { readonly kind: 'accepted' } | { readonly kind: 'refused' | 'open'; readonly reason: string };

export function readReplay(result: Pick<ProcessResult, 'exit' | 'stdout' | 'stderr'>, module: string): Replay {
  const { exit, stdout, stderr } = result;
  const said = stderr.content.toString('utf8').trim();
  if (/leanchecker found a problem in /.test(said)) return { kind: 'refused', reason: said.split('\n').slice(0, 2).join(': ').slice(0, 500) };
  if (exit.reason !== 'exited') return { kind: 'open', reason: exit.message ?? exit.reason };
  const text = stdout.content.toString('utf8');
  const lines = text.split('\n');
  const whole = lines.pop() === '' && !stdout.truncated && lines.length > 0 && lines.every((line) => line.startsWith('replaying '));
  const named = lines.filter((line) => line === `replaying ${module}`).length === 1;
  if (exit.code === 0 && said === '' && whole && named) return { kind: 'accepted' };
  return { kind: 'open', reason: said.split('\n')[0]!.slice(0, 500) || `leanchecker ended with code ${exit.code ?? 'none'} and did not name ${module}` };
}
