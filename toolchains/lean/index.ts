/** Lean 4: Lake packages and loose files, a verdict for each declaration from a fresh build's axioms, assumptions from the source. */
import type { Attempt, Toolchain } from '../contract.ts';
import { shellWord } from '../shell.ts';
import { locateLean } from './locate.ts';
import { pathOf } from './modules.ts';
import { ID, recogniseLean } from './recognise.ts';
import { importsOf } from './source/declarations.ts';
import { tokenise } from './source/tokens.ts';

export const lean: Toolchain = {
  id: ID,
  name: 'Lean 4',
  capabilities: { perSymbol: true, counterexamples: false, goals: true, certificates: false, resourceLimit: true, bounded: false },
  revision: 4,
  locate: locateLean,
  references: (path, content) => (path.endsWith('.lean') ? importsOf(tokenise(content.toString('utf8'))).flatMap(above) : []),
  recognise: recogniseLean,
  outline: async (project, context) => (await import('./outline.ts')).outlineProject(project, context),
  check: async (context) => (await import('./check.ts')).checkProject(context),
  guard: async (request) => (await import('./guard/guard.ts')).guardLean(request),
  premiseKinds: ['theorem', 'lemma'],
  editor: async (request) => (await import('./editor/editor.ts')).createLeanEditor(request),
  reproduce: (attempt: Attempt) => [...Object.entries(attempt.env).filter(([name]) => name === 'LEAN_PATH').map(([name, value]) => `${name}=${shellWord(value)}`), ...attempt.argv.map(shellWord)].join(' '),
};

/** A module's path counts from a folder above the importing file; which one, only a look tells. */
const HIGHEST = 4;

function above(module: string): string[] {
  return Array.from({ length: HIGHEST + 1 }, (_, level) => '../'.repeat(level) + pathOf(module));
}
