/** Verus: loose files and packages, a verdict for each function from a finished run's records, assumptions from the source. */
import type { Attempt, Toolchain } from '../contract.ts';
import { locateVerus } from './locate.ts';
import { ID, recogniseVerus } from './recognise.ts';
import { readRustFile } from './source/items.ts';

export const verus: Toolchain = {
  id: ID,
  name: 'Verus',
  capabilities: { perSymbol: true, counterexamples: false, goals: false, certificates: false, resourceLimit: true, bounded: false },
  revision: 4,
  locate: locateVerus,
  references: (path, content) => (path.endsWith('.rs') ? readRustFile(path, content.toString('utf8')).items.filter((item) => item.kind === 'mod' && item.outOfLine).flatMap((item) => [`${[...item.scope.modules, item.name].join('/')}.rs`]) : []),
  recognise: recogniseVerus,
  outline: async (project, context) => (await import('./outline.ts')).outlineProject(project, context),
  check: async (context) => (await import('./check.ts')).checkProject(context),
  guard: async (request) => (await import('./guard/guard.ts')).guardVerus(request),
  premiseKinds: ['proof'],
  reproduce: (attempt: Attempt) => {
    const solver = attempt.env.VERUS_Z3_PATH;
    return [...(solver === undefined ? [] : [`VERUS_Z3_PATH=${quote(solver)}`]), ...attempt.argv.map(quote)].join(' ');
  },
};

function quote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
