/** What a block of the lanes says. */
import { duration } from '../../ledger/format.ts';
import type { LaneTimeline } from '../../store/lanes.ts';
import { rowOf, type RowTable } from '../../store/rows.ts';
import type { Block } from './geometry.ts';

const IDLE_WORDS: Readonly<Record<string, string>> = {
  'nothing-to-do': 'nothing to do', input: 'waiting for input that is being prepared', memory: 'the next job waits for memory', cores: 'the next job needs more cores than are free', 'other-process': 'another run of Assay holds it', reserved: 'kept free for a job that has waited for long',
};

export function blockWords(block: Block, timeline: LaneTimeline, table: RowTable): readonly string[] {
  if (block.type === 'gap') {
    const gap = timeline.gaps[block.index];
    return gap ? [`idle ${duration(gap.endedAt - gap.startedAt)}`, IDLE_WORDS[gap.reason] ?? `the next job waits for ${gap.reason}`] : [];
  }
  const job = block.type === 'span' ? timeline.spans[block.index] : timeline.running[block.index];
  if (!job) return [];
  const end = 'endedAt' in job ? job.endedAt : timeline.now;
  const state = 'outcome' in job ? job.outcome : job.ending ? 'being ended' : 'running';
  const rows = job.obligations.slice(0, 4).map((id) => rowOf(table, id));
  return [job.label, `${state}, ${duration(end - job.startedAt)}`, ...rows.flatMap((row) => (row ? [`${row.symbol}: ${row.verdict.kind}`] : [])), ...(job.obligations.length > 4 ? [`and ${job.obligations.length - 4} more`] : [])];
}
