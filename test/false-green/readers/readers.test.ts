/**
 * Every recorded success output of each reader, cut at each line, with each line dropped or doubled: no obligation
 * is green without its own success record and a complete end. And none is green by a lie.
 */
import { describe, expect, it } from 'vitest';
import { readers } from './all.ts';
import { lacking, mutations } from './reader.ts';

describe.each(readers.map((reader) => [reader.name, reader] as const))('%s', (_, reader) => {
  it('has recorded outputs', () => { expect(reader.recordings.length).toBeGreaterThan(0); });

  it.each(reader.recordings.map((recording) => [recording.name, recording] as const))('%s', async (_name, recording) => {
    const module = await reader.load();
    const green = (text: string): readonly string[] => reader.greenBy(module, text, recording.question);
    expect([...green(recording.text)].sort(), 'whole').toEqual(Object.keys(recording.records).sort());
    let tried = 0;
    for (const { how, text } of mutations(recording.text)) {
      tried++;
      for (const obligation of green(text)) expect(lacking(text, obligation, recording), `${how}: ${obligation} is green`).toBeUndefined();
    }
    expect(tried).toBeGreaterThan(4);
  });

  it('believes no lie', async () => {
    const module = await reader.load();
    const believed = reader.lies.filter((lie) => reader.greenBy(module, lie.text, lie.question).length > 0);
    expect(believed.map((lie) => lie.name)).toEqual([]);
  });
});
