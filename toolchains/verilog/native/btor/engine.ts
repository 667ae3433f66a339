/** Runs btormc or pono on the BTOR2 model, for engine lines "btor btormc" and "btor pono". */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Attempt, CheckContext, Tool } from '../../../contract.ts';
import { openVerdict } from '../../../ended.ts';
import type { Verdict } from '../../../verdict.ts';
import { attemptOf, ENGINE_OUTPUT } from '../evidence.ts';
import type { BtorModel } from './model.ts';
import { readBtormc, readPono, type BtorAnswer } from './output.ts';

export interface BtorRun {
  readonly attempt: Attempt;
  readonly answer: Exclude<BtorAnswer, { kind: 'unreadable' }> | { readonly kind: 'open'; readonly verdict: Verdict };
}

export interface BtorEngine {
  readonly name: string;
  /** Searches steps 0 … steps−1 of a text that {@link BtorModel} gave. */
  search(text: string, steps: number, label: string, signal?: AbortSignal): Promise<BtorRun>;
}

export interface BtorSetting { readonly context: CheckContext; readonly tool: Tool; readonly models: string; readonly wallSeconds: number }

const ARGUMENTS: Readonly<Record<string, (last: number) => readonly string[]>> = {
  btormc: last => ['-v', '1', '-kmax', `${last}`],
  pono: last => ['--witness', '-v', '1', '-e', 'bmc', '-k', `${last}`],
};
export const BTOR_TOOLS = Object.keys(ARGUMENTS);

export function btorEngine({ context, tool, models, wallSeconds }: BtorSetting): BtorEngine {
  let count = 0;
  return {
    name: `${tool.id} ${tool.version}`,
    async search(text, steps, label, signal) {
      const file = `btor${++count}.btor2`;
      await writeFile(join(models, file), text);
      const result = await context.run({
        tool, args: [...ARGUMENTS[tool.id]!(steps - 1), file], cwd: models, limits: { wallSeconds, ...ENGINE_OUTPUT }, label: `${tool.id} ${label} ${context.unit.label}`,
        learnKey: `${context.unit.id} ${tool.id} ${label}`, obligations: context.unit.obligations, expectedMemoryMb: 100, ...(signal && { signal }),
      });
      const attempt = attemptOf(context, tool, result, { limits: { ...context.limits, wallSeconds } });
      const read = tool.id === 'pono' ? readPono : readBtormc;
      const answer = read(result.stdout.content.toString('latin1'), steps);
      const ended = openVerdict(result, tool.id, { wallSeconds, memoryMb: context.limits.memoryMb });
      if (ended) return { attempt, answer: { kind: 'open', verdict: ended } };
      if (answer.kind === 'unreadable' || result.stdout.truncated) return { attempt, answer: { kind: 'open', verdict: { kind: 'crashed', reason: `${tool.id}: ${answer.kind === 'unreadable' ? answer.why : 'the output is longer than what is kept'}` } } };
      return { attempt, answer };
    },
  };
}
