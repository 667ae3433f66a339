/** Dafny 4: projects and loose files, a verdict for each symbol from a finished run's log, assumptions from the source. */
import type { Toolchain } from '../contract.ts';
import { locateDafny } from './locate.ts';
import { ID, recogniseDafny } from './recognise.ts';
import { reproduce } from './reproduce.ts';
import { includesOf } from './source/cone.ts';
import { STRATEGIES } from './synthesis/strategies.ts';

export const dafny: Toolchain = {
  id: ID,
  name: 'Dafny',
  capabilities: { perSymbol: true, counterexamples: true, goals: false, certificates: false, resourceLimit: true, bounded: false },
  revision: 5,
  locate: locateDafny,
  references: (path, content) => (path.endsWith('.dfy') ? includesOf(content.toString('utf8')).map((include) => include.name) : []),
  recognise: recogniseDafny,
  outline: async (project, context) => (await import('./outline.ts')).outlineProject(project, context),
  premiseKinds: ['lemma'],
  synthesis: { strategies: STRATEGIES, search: async (context) => (await import('./synthesis/search.ts')).searchDafny(context) },
  check: async (context) => (await import('./check.ts')).checkProgram(context),
  guard: async (request) => (await import('./guard/guard.ts')).guardDafny(request),
  confirm: async (request, context) => (await import('./guard/confirm.ts')).confirmDafny(request, context),
  editor: async (request) => (await import('./editor/editor.ts')).createDafnyEditor(request),
  reproduce,
};
