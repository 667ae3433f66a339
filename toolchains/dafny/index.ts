/** Dafny 4: projects and loose files, a verdict for each symbol from a finished run's log, assumptions from the source. */
import type { Toolchain } from '../contract.ts';
import { checkProgram } from './check.ts';
import { confirmDafny } from './guard/confirm.ts';
import { createDafnyEditor } from './editor/editor.ts';
import { guardDafny } from './guard/guard.ts';
import { locateDafny } from './locate.ts';
import { outlineProject } from './outline.ts';
import { ID, recogniseDafny } from './recognise.ts';
import { reproduce } from './reproduce.ts';
import { includesOf } from './source/cone.ts';
import { searchDafny } from './synthesis/search.ts';
import { STRATEGIES } from './synthesis/strategies.ts';

export const dafny: Toolchain = {
  id: ID,
  name: 'Dafny',
  capabilities: { perSymbol: true, counterexamples: true, goals: false, certificates: false, resourceLimit: true, bounded: false },
  revision: 4,
  locate: locateDafny,
  references: (path, content) => (path.endsWith('.dfy') ? includesOf(content.toString('utf8')).map((include) => include.name) : []),
  recognise: recogniseDafny,
  outline: outlineProject,
  premiseKinds: ['lemma'],
  synthesis: { strategies: STRATEGIES, search: searchDafny },
  check: checkProgram,
  guard: guardDafny,
  confirm: confirmDafny,
  editor: createDafnyEditor,
  reproduce,
};
