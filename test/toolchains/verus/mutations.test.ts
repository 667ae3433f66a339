/** Recorded outputs with lines cut, dropped, doubled or swapped: what was not green does not become it, and half an output never is. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { kindsSaid, programOf, type Said } from './read.ts';
import { hasRecorded, RECORDED } from './replay.ts';

const bench = (name: string) => ({ name, source: join('bench', name, `${name}.rs`), stdout: join('bench', name, 'stdout.json'), stderr: join('bench', name, 'stderr.jsonl') });
const plain = (name: string, source: string) => ({ name: source, source: `${source}.rs`, stdout: `${name}.stdout.txt`, stderr: `${name}.stderr.txt` });
const CASES = [
  { ...plain('ok_json', 'ok'), code: 0 }, { ...plain('fail_json_time', 'fail'), code: 1 }, { ...plain('rlimit', 'rlimit'), code: 1 },
  { ...bench('misc_sum_task'), code: 1 }, { ...bench('OS__util__page_ptr_util_u__v2l3index_task'), code: 1 }, { ...bench('VE__regular__repetition__impl1__lemma_spec_parse_err_unrecoverable_task'), code: 1 },
];

describe.skipIf(!hasRecorded)('broken outputs (needs recorded runs)', () => {
  it.each(CASES.map((one) => [one.name, one] as const))('%s', (name, one) => {
    const read = (path: string): string => readFileSync(join(RECORDED, path), 'utf8');
    const program = programOf(name, read(one.source));
    const whole: Said = { stdout: read(one.stdout), stderr: read(one.stderr), code: one.code };
    const truth = kindsSaid(name, program, whole);
    const green = new Set([...truth].filter(([, kind]) => kind === 'proved').map(([symbol]) => symbol));
    expect(green.size).toBeGreaterThan(0);
    const greensOf = (said: Said): string[] => [...kindsSaid(name, program, said)].filter(([, kind]) => kind === 'proved').map(([symbol]) => symbol);
    const wrong: string[] = [];
    const claim = (what: string, said: Said, allowed: ReadonlySet<string>): void => { for (const symbol of greensOf(said)) if (!allowed.has(symbol)) wrong.push(`${what}: ${symbol}`); };
    const lines = whole.stdout.split('\n');
    const last = lines.findLastIndex((line) => line.trim() !== '');
    lines.forEach((line, at) => {
      claim(`drop ${at} ${line}`, { ...whole, stdout: lines.toSpliced(at, 1).join('\n') }, green);
      claim(`drop two at ${at} ${line}`, { ...whole, stdout: lines.toSpliced(at, 2).join('\n') }, green);
      claim(`double ${at} ${line}`, { ...whole, stdout: lines.toSpliced(at, 0, line).join('\n') }, green);
      if (at < last) claim(`cut at ${at} ${line}`, { ...whole, stdout: lines.slice(0, at + 1).join('\n') }, new Set());
      if (line.includes('"success": false') && at !== 0) claim(`flip ${at}`, { ...whole, stdout: lines.with(at, line.replace('false', 'true')).join('\n') }, green);
      if (/"(?:verified|errors)": \d/.test(line)) claim(`zero ${at}`, { ...whole, stdout: lines.with(at, line.replace(/\d+/, '0')).join('\n') }, green);
    });
    const errors = whole.stderr.split('\n');
    errors.forEach((line, at) => {
      if (line.trim() === '') return;
      claim(`drop error ${at}`, { ...whole, stderr: errors.toSpliced(at, 1).join('\n') }, green);
      claim(`double error ${at}`, { ...whole, stderr: errors.toSpliced(at, 0, line).join('\n') }, green);
      claim(`cut errors at ${at}`, { ...whole, stderr: [...errors.slice(0, at), line.slice(0, Math.floor(line.length / 2))].join('\n') }, one.code === 0 ? green : new Set(line.includes('"level":"note"') ? green : []));
    });
    claim('other code', { ...whole, code: 1 - one.code }, new Set());
    claim('no output', { ...whole, stdout: '' }, new Set());
    claim('twice', { ...whole, stdout: `${whole.stdout}${whole.stdout}` }, green);
    expect(wrong).toEqual([]);
  }, 60_000);

  it('takes an error of rustc after the proofs from every function', () => {
    const read = (path: string): string => readFileSync(join(RECORDED, path), 'utf8');
    const program = programOf('fail', read('fail.rs'));
    const borrow = JSON.stringify({ message: 'use of moved value', code: { code: 'E0382' }, level: 'error', spans: [{ file_name: 'fail.rs', line_start: 8, column_start: 5, line_end: 8, column_end: 9, is_primary: true, label: null, text: [] }], children: [] });
    const stderr = read('fail_json_time.stderr.txt').replace(/aborting due to 13/, 'aborting due to 14');
    const kinds = kindsSaid('fail', program, { stdout: read('fail_json_time.stdout.txt'), stderr: `${borrow}\n${stderr}`, code: 1 });
    expect([...kinds.values()]).not.toContain('proved');
    expect(kinds.get('fail.rs:8:5')).toBe('failed');
  });
});
