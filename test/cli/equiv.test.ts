import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { root } from '../../app/build.mjs';
import { commandRoom, type CommandRoom } from './run.ts';

let room: CommandRoom;
beforeEach(() => { room = commandRoom(); });
afterEach(() => { room.dispose(); });
const pair = (name: string): string[] => ['gold.v', 'gate.v'].map((file) => join(root, 'samples', 'equiv', name, file));

describe('assay equiv', () => {
  it.each([['majority', 0, 'Proved'], ['saturate', 1, 'Refuted'], ['detector', 0, 'Proved'], ['debounce', 1, 'Refuted'], ['pipeline', 1, 'registers without an initial value']])(
    'says of %s what its notes say (code %i)', async (name, code, words) => {
      const ended = await room.run(['equiv', ...pair(name), '--no-progress']);
      expect(ended.stderr).toBe('');
      expect(ended.stdout).toContain(words);
      expect(ended.code).toBe(code);
    }, 120_000);

  it('gives the same on the embedded engine alone', async () => {
    const nothing = join(room.folder, 'nothing');
    mkdirSync(nothing);
    const ended = await room.run(['equiv', ...pair('saturate'), '--no-progress'], { PATH: nothing });
    expect(ended).toMatchObject({ code: 1, stdout: expect.stringContaining('yosys-embedded') });
  }, 120_000);

  it('refuses designs of different interfaces, missing files and empty folders with a word', async () => {
    const [gold] = pair('majority'), [, gate] = pair('saturate');
    expect(await room.run(['equiv', gold!, gate!])).toMatchObject({ code: 3, stdout: expect.stringContaining('the interfaces differ') });
    expect(await room.run(['equiv', gold!, 'not-there.v'])).toMatchObject({ code: 3, stderr: expect.stringContaining('not-there.v') });
    mkdirSync(join(room.folder, 'empty'));
    expect(await room.run(['equiv', gold!, 'empty'])).toMatchObject({ code: 3, stderr: expect.stringContaining('no .v or .sv file') });
  }, 120_000);

  it('takes a register that forgets for what it is', async () => {
    const design = (body: string): string => `module top(input clk, input d, output reg q);\n  initial q = 0;\n  always @(posedge clk) ${body}\nendmodule\n`;
    writeFileSync(join(room.folder, 'a.v'), design('q <= d;'));
    writeFileSync(join(room.folder, 'b.v'), design('q <= d & ~q;'));
    expect(await room.run(['equiv', 'a.v', 'b.v'])).toMatchObject({ code: 1, stdout: expect.stringMatching(/gold\.q = 1[^]*gate\.q = 0/) });
    expect(await room.run(['equiv', 'a.v', 'a.v'])).toMatchObject({ code: 0 });
  }, 120_000);
});
