/** The mixed set of the makespan suite: many tiny scripts and a few that take seconds, run twice: unknown, then with learned times. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Engine } from '../../app/engine/engine.ts';
import { makespan } from '../../app/engine/scheduler/makespan.ts';
import { toolchains } from '../../toolchains/registry.ts';

const TINY = 120, LONG = 10;

interface Measured { readonly name: string; readonly target: number; readonly jobs: number; readonly seconds: number; readonly lowerBoundSeconds: number; readonly longestSeconds: number; readonly ratio: number }

export async function measureMakespan(folder: string): Promise<Measured[]> {
  const files = join(folder, 'mixed');
  mkdirSync(files);
  for (let index = 0; index < TINY; index++) writeFileSync(join(files, `tiny${index}.cnf`), pigeonHole(4 + (index % 2)));
  for (let index = 0; index < LONG; index++) writeFileSync(join(files, `long${index}.cnf`), pigeonHole(6 + (index % 3)));
  const measured: Measured[] = [];
  for (const [name, target] of [['first run, nothing known', 1.2], ['with learned times', 1.05]] as const) {
    const engine = await Engine.create({ toolchains, home: join(folder, 'home') });
    const signal = new AbortController().signal;
    try {
      const opened = await engine.plan({ path: files, trusted: false, signal });
      await engine.verify(opened, { limits: { wallSeconds: 120, memoryMb: 2048, effort: 0 }, trusted: false, fresh: true, selection: {}, command: ['bench'], recheckShare: 0, signal, onEvent: () => {} });
      const result = makespan(engine.parts.scheduler.lanes.spans, availableParallelism());
      if (result) measured.push({ name, target, ...result });
      await opened.repository.dispose();
    } finally {
      await engine.dispose();
    }
  }
  return measured;
}

/** n+1 pigeons in n holes: unsatisfiable, exponentially hard for resolution. */
function pigeonHole(holes: number): string {
  const clauses: string[] = [];
  const variable = (pigeon: number, hole: number): number => pigeon * holes + hole + 1;
  for (let pigeon = 0; pigeon <= holes; pigeon++) clauses.push(`${Array.from({ length: holes }, (_, hole) => variable(pigeon, hole)).join(' ')} 0`);
  for (let hole = 0; hole < holes; hole++) for (let one = 0; one <= holes; one++) for (let other = one + 1; other <= holes; other++) clauses.push(`-${variable(one, hole)} -${variable(other, hole)} 0`);
  return `p cnf ${(holes + 1) * holes} ${clauses.length}\n${clauses.join('\n')}\n`;
}
