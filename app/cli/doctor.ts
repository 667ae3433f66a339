/** `assay doctor`: what is installed, what is missing, what to do. Exit 0 where every toolchain can check something, else 3. */
import { availableParallelism, totalmem } from 'node:os';
import { platformName } from '../../toolchains/process/environment.ts';
import { sandboxState } from '../../toolchains/process/sandbox/state.ts';
import { recipes } from '../../toolchains/recipes.ts';
import { withCommand } from '../engine/install/remedy.ts';
import { version } from '../engine/version.ts';
import { parseCommand } from './arguments.ts';
import { doctorJson, renderDoctor, type DoctorView } from './render-doctor.ts';
import { withSession } from './session.ts';
import { styleFor } from './style.ts';
import { writeWhole } from './write.ts';

const OPTIONS = { json: { type: 'string' }, help: { type: 'boolean' } } as const;

export async function doctorCommand(args: readonly string[]): Promise<number> {
  const command = parseCommand<keyof typeof OPTIONS>(args, OPTIONS);
  if (command.flag('help')) { process.stdout.write('usage: assay doctor [--json FILE|-]\n'); return 0; }
  const json = command.text('json');
  return withSession({}, async ({ engine }) => {
    const { inventory, notes } = await engine.tools();
    const repaired = inventory.all.map((entry) => ({ ...entry, missing: entry.missing.map((missing) => withCommand(missing, recipes, platformName())) }));
    const view: DoctorView = {
      version, node: process.version, home: engine.parts.store.home, platform: platformName(), cores: availableParallelism(),
      memoryMb: Math.round(totalmem() / 1_048_576), toolchains: repaired, sandbox: await sandboxState(), notices: [...engine.parts.store.notices.map((notice) => notice.message), ...notes],
    };
    if (json !== undefined) await writeWhole(json, `${JSON.stringify(doctorJson(view), null, 1)}\n`);
    if (json !== '-') process.stdout.write(renderDoctor(view, styleFor(process.stdout)));
    return inventory.all.every((entry) => inventory.of(entry.toolchain).length > 0) ? 0 : 3;
  });
}
