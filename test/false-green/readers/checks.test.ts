/** For each reader one check is removed at a time: some text must then turn green. A check that nothing needs is no check. */
import { describe, expect, it } from 'vitest';
import { readers } from './all.ts';
import { mutations, type AnyReader } from './reader.ts';
import { checksOf, moduleWithout } from './without-check.ts';

interface Tried { readonly name: string; readonly text: string; readonly question: unknown }

function textsOf(reader: AnyReader): readonly Tried[] {
  const changed = reader.recordings.flatMap(({ name, text, question }) => [...mutations(text)].map((one) => ({ name: `${name}, ${one.how}`, text: one.text, question })));
  return [...reader.lies, ...changed];
}

/** A reader that fails on a text says nothing green of it. */
function greenOf(reader: AnyReader, module: unknown, { text, question }: Tried): string {
  try { return reader.greenBy(module, text, question).join(); } catch { return ''; }
}

describe.each(readers.map((reader) => [reader.name, reader] as const))('%s', (_, reader) => {
  const checks = checksOf(reader.source);
  const texts = textsOf(reader);
  it('marks its checks, each by a name of its own', () => {
    expect(checks.length).toBeGreaterThan(0);
    expect(new Set(checks.map((check) => check.name)).size).toBe(checks.length);
  });
  it('reads the same when it is bundled whole', async () => {
    const [own, bundled] = await Promise.all([reader.load(), moduleWithout(reader.source)]);
    for (const tried of texts) expect(greenOf(reader, bundled, tried), tried.name).toBe(greenOf(reader, own, tried));
  });
  it.each(checks.map((check) => [check.name, check] as const))('is fooled without "%s"', async (_name, check) => {
    const [own, weaker] = await Promise.all([reader.load(), moduleWithout(reader.source, check)]);
    const fooled = texts.filter((tried) => { const green = greenOf(reader, weaker, tried); return green !== '' && green !== greenOf(reader, own, tried); });
    expect(fooled.map((tried) => tried.name), `line ${check.line} of ${reader.source}`).not.toEqual([]);
  });
});
