/** Every line of a success is cut off, dropped or doubled: no declaration is green without its own record and a complete end. */
import { describe, expect, it } from 'vitest';
import type { Project } from '../../../toolchains/contract.ts';
import { readAudit } from '../../../toolchains/lean/audit.ts';
import { readMessages } from '../../../toolchains/lean/messages.ts';
import { readProgram } from '../../../toolchains/lean/program.ts';
import { readReplay } from '../../../toolchains/lean/replay.ts';
import { weighModule } from '../../../toolchains/lean/weigh.ts';
import { wholeVerdict } from '../../../toolchains/lean/whole.ts';
import { message } from './lean-programs.ts';

const TEXT = 'theorem a : True := trivial\ntheorem b : 1 = 1 := by sorry\ndef c := 1\n';
const project: Project = { id: 'lean:X.lean', toolchain: 'lean', root: '', name: 'X', files: ['X.lean'], options: { modules: [{ file: 'X.lean', module: 'X' }], leanOptions: [], dependencies: [] }, executes: [] };
const program = readProgram(project, new Map([['X.lean', TEXT]]));
const NONCE = '0123456789abcdef';
const AUDIT = [
  { nonce: NONCE, begin: 'X', lean: '4.31.0' },
  { nonce: NONCE, name: 'a', kind: 'theorem', private: false, unsafe: false, axioms: [], missing: [] },
  { nonce: NONCE, name: 'b', kind: 'theorem', private: false, unsafe: false, axioms: ['sorryAx'], missing: [] },
  { nonce: NONCE, name: 'c', kind: 'definition', private: false, unsafe: false, axioms: ['propext'], missing: [] },
  { nonce: NONCE, end: 'X', count: 3 },
].map((line) => JSON.stringify(line));
const MESSAGES = [message('warning', 2, 8, 'declaration uses `sorry`', 'hasSorry'), message('information', 3, 0, 'note')];
const exit = { code: 0, signal: null, reason: 'exited' as const };
const stream = (text: string) => ({ content: Buffer.from(text), bytes: Buffer.byteLength(text), truncated: false });
const result = (stdout: string, stderr = '', code = 0) => ({ argv: [], cwd: '/', env: {}, startedAt: '', seconds: 1, cpuSeconds: 1, peakMemoryMb: 1, exit: { ...exit, code }, stdout: stream(stdout), stderr: stream(stderr) });

function green(messages: string, audit: string, code = 0, written = true): string[] {
  const reading = readMessages(Buffer.from(messages), false, TEXT);
  if (wholeVerdict({ result: result(messages, '', code), written }, reading, '4.31.0', { wallSeconds: 1, memoryMb: 1, effort: 1 })) return [];
  const read = readAudit(Buffer.from(audit), false, NONCE, 'X');
  return weighModule({ project, file: 'X.lean', symbols: program.symbols, messages: reading.messages, constants: read.kind === 'read' ? read.constants : undefined, unaudited: 'none', stated: new Set(), copied: new Map(), blanked: new Set() })
    .filter((one) => one.verdict.kind === 'proved').map((one) => one.obligation.symbol);
}

const text = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');

describe('a list of axioms', () => {
  it('whole, proves what it names', () => { expect(green(text(MESSAGES), text(AUDIT))).toEqual(['a', 'c']); });
  it('cut at any byte, proves nothing', () => {
    const whole = text(AUDIT);
    for (let end = 0; end < whole.length; end++) expect(green(text(MESSAGES), whole.slice(0, end)), String(end)).toEqual([]);
  });
  it('with a line dropped, doubled, exchanged or of another nonce, proves nothing', () => {
    AUDIT.forEach((line, at) => {
      expect(green(text(MESSAGES), text(AUDIT.filter((_, index) => index !== at))), `without ${at}`).toEqual([]);
      expect(green(text(MESSAGES), text([...AUDIT.slice(0, at), line, ...AUDIT.slice(at)])), `twice ${at}`).toEqual([]);
      expect(green(text(MESSAGES), text(AUDIT.with(at, line.replace(NONCE, 'fedcba9876543210')))), `nonce ${at}`).toEqual([]);
      if (at > 0 && at < 4) expect(green(text(MESSAGES), text(AUDIT.with(at, AUDIT[at === 1 ? 3 : 1]!))), `other ${at}`).toEqual([]);
    });
  });
  it('of another module proves nothing', () => { expect(readAudit(Buffer.from(text(AUDIT)), false, NONCE, 'Y').kind).toBe('doubt'); });
});

describe('messages of a build', () => {
  it('cut, dropped or doubled, prove nothing more', () => {
    const whole = text(MESSAGES);
    for (let end = 0; end < whole.length; end++) expect(['', 'a,c']).toContain(green(whole.slice(0, end), text(AUDIT)).join());
    MESSAGES.forEach((line, at) => {
      expect(green(text(MESSAGES.filter((_, index) => index !== at)), text(AUDIT))).toEqual(['a', 'c']);
      expect(green(text([...MESSAGES, line]), text(AUDIT))).toEqual(['a', 'c']);
    });
  });
  it('that lost their error leave a build that failed, and prove nothing', () => {
    expect(green(text(MESSAGES), text(AUDIT), 1, false)).toEqual([]);
    expect(green(text(MESSAGES), text(AUDIT), 0, false)).toEqual([]);
    expect(green(text([...MESSAGES, message('error', 1, 20, 'x')]), text(AUDIT), 0, true)).toEqual([]);
  });
  it('have UTF-16 columns', () => {
    const reading = readMessages(Buffer.from(`${message('error', 1, 4, 'x')}\n`), false, '𝔸𝔹 ℝx');
    expect(reading.messages[0]!.range).toEqual({ start: { line: 1, column: 7 }, end: { line: 1, column: 8 } });
  });
});

describe('a replay', () => {
  it('counts only where it names the module, ends well and says nothing else', () => {
    expect(readReplay(result('replaying X\n'), 'X').kind).toBe('accepted');
    for (const [stdout, stderr, code] of [['', '', 0], ['replaying X', '', 0], ['replaying Y\n', '', 0], ['replaying X\n', 'x', 0], ['replaying X\n', '', 1], ['replaying X\nreplaying X\n', '', 0], ['replaying X\nmore\n', '', 0]] as const)
      expect(readReplay(result(stdout, stderr, code), 'X').kind, stdout).toBe('open');
    expect(readReplay(result('replaying X\n', 'leanchecker found a problem in X\nuncaught', 1), 'X').kind).toBe('refused');
  });
});
