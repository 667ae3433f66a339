import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { inOrder, ledgerJson } from '../../../app/engine/report/json.ts';
import { ledgerSchema } from '../../../app/engine/report/schema.ts';
import { version } from '../../../app/engine/version.ts';
import type { Ledger } from '../../../app/engine/ledger/types.ts';
import { VERDICT_KINDS, type Verdict } from '../../../toolchains/verdict.ts';
import { entryOf } from '../entries.ts';

const root = join(import.meta.dirname, '../../..');
const file = join(root, 'docs/ledger.schema.json');
const text = `${JSON.stringify(z.toJSONSchema(ledgerSchema), null, 2)}\n`;
if (process.env.ASSAY_BLESS) writeFileSync(file, text);

const ledger: Ledger = {
  run: { id: 'r', command: ['assay'], root: '/r', limits: { wallSeconds: 1, memoryMb: 64, effort: 1 }, startedAt: '2026-01-01T00:00:00Z', outcome: 'finished', seconds: 1 },
  machine: { cores: 2 }, tools: [], projects: [], assumptions: [], uncovered: [{ file: 'a.c', why: 'no tool' }],
  entries: VERDICT_KINDS.map((kind) => entryOf({ kind, depth: 3, reason: 'r', counterexample: { status: 'checked', values: [{ name: 'x', value: '1', step: 0 }] } } as Verdict)),
};

describe('the ledger as JSON', () => {
  it('is described by docs/ledger.schema.json (npm run schema makes it anew)', () => { expect(existsSync(file) && readFileSync(file, 'utf8')).toBe(text); });
  it('has every verdict kind, and passes its schema in an independent validator', () => {
    const validate = new Ajv2020({ strict: false }).compile(JSON.parse(text) as object);
    const json: unknown = JSON.parse(JSON.stringify(ledgerJson(ledger)));
    expect(validate(json), JSON.stringify(validate.errors)).toBe(true);
    expect(validate({ ...(json as object), schema: 2 })).toBe(false);
  });
  it('counts by kind', () => { expect(ledgerJson(ledger).summary).toEqual(Object.fromEntries(VERDICT_KINDS.map((kind) => [kind, 1]))); });
  it('orders by file, then by place', () => {
    const at = (file: string, line: number) => entryOf({ kind: 'proved' }, `${file}${line}`, { file, range: { start: { line, column: 1 }, end: { line, column: 2 } } });
    expect(inOrder([at('b', 1), at('a', 10), at('a', 9)]).map((entry) => entry.obligation.symbol)).toEqual(['a9', 'a10', 'b1']);
  });
  it('names the version of package.json', () => { expect(version).toBe((JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }).version); });
});
