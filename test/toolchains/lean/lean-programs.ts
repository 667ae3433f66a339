/** A folder with programs that speak Lean's protocols (test/fixtures/lean), and what they are to say. */
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { lean } from '../../../toolchains/lean/index.ts';
import { checkFolder, temporaryFolder, toolsOf, type CheckOptions, type Checked } from '../check-context.ts';

const FIXTURES = join(import.meta.dirname, '../../fixtures/lean');

export interface Constant { readonly name: string; readonly kind?: string; readonly axioms?: readonly string[]; readonly unsafe?: boolean; readonly missing?: readonly string[] }
export interface Said {
  readonly lines?: readonly string[]; readonly tail?: string; readonly stderr?: string; readonly code?: number; readonly write?: boolean; readonly signal?: string; readonly hang?: boolean; readonly spoils?: string;
  readonly constants?: readonly Constant[]; readonly anonymous?: readonly string[]; readonly namespace?: string; readonly copy?: Said;
}
export interface Plan {
  readonly version?: string;
  readonly modules: Readonly<Record<string, Said>>;
  readonly audit?: { readonly nonce?: string; readonly skip?: number; readonly cut?: number; readonly code?: number };
  readonly replay?: 'refuse' | 'none';
}

/** A line of `lean --json` with all the fields that Lean 4.31 writes. */
export function message(severity: 'error' | 'warning' | 'information', line: number, column: number, data: string, kind = '[anonymous]'): string {
  return JSON.stringify({ caption: '', data, endPos: { column: column + 1, line }, fileName: 'X.lean', isSilent: false, keepFullRange: false, kind, pos: { column, line }, severity });
}

export async function checkWith(files: Readonly<Record<string, string>>, plan: Plan, options: CheckOptions = {}): Promise<Checked & { readonly verdicts: readonly string[] }> {
  const tree = await temporaryFolder(files);
  const programs = await temporaryFolder({ 'package.json': '{"type":"module"}', 'bin/.keep': '' });
  try {
    const bin = join(programs.root, 'bin');
    await mkdir(bin, { recursive: true });
    await writeFile(join(bin, 'plan.json'), JSON.stringify(plan));
    await copyFile(join(FIXTURES, 'lean'), join(bin, 'lean'));
    if (plan.replay !== 'none') await copyFile(join(FIXTURES, 'leanchecker'), join(bin, 'leanchecker'));
    const tools = await toolsOf(lean, `${bin}:${process.env.PATH ?? ''}`);
    const checked = await checkFolder(lean, tree.root, { tools: tools.filter((tool) => tool.path.startsWith(bin)), trusted: true, ...options });
    const symbols = new Map(checked.obligations.map((obligation) => [obligation.id, obligation.symbol]));
    return { ...checked, verdicts: checked.results.map(({ obligation, verdict }) => `${symbols.get(obligation) ?? obligation} ${verdict.kind}${'reason' in verdict && verdict.reason ? `: ${verdict.reason}` : ''}`) };
  } finally {
    await tree.dispose();
    await programs.dispose();
  }
}
