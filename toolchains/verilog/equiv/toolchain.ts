/**
 * `assay equiv GOLD GATE` as a toolchain of one project with one obligation, so that the engine plans, runs,
 * caches and records it as it does everything else. Made for one request: nothing is recognised in a tree.
 */
import { type Assumption, InputError, type Obligation, type Outline, type Project, type RepositoryTree, type Toolchain, type Unit } from '../../contract.ts';
import { shellWord } from '../../shell.ts';
import { verilog } from '../index.ts';
import { checkEquivalence } from './check.ts';
import { fromJson, toJson, type EquivalenceRequest } from './request.ts';
import { findSources, type Sources } from './sources.ts';

const START = { start: { line: 1, column: 1 }, end: { line: 1, column: 1 } };

/** @param request files relative to the root of the tree that the engine opens */
export function equivalenceToolchain(request: EquivalenceRequest): Toolchain {
  const id = `equiv:${request.gold.files.join('+')}~${request.gate.files.join('+')}`;
  const files = [...new Set([...request.gold.files, ...request.gate.files])];
  return {
    id: 'equiv', name: 'Equivalence of two designs', revision: 2,
    capabilities: { perSymbol: false, counterexamples: true, goals: false, certificates: false, resourceLimit: false, bounded: true },
    locate: (host) => verilog.locate(host),
    references: () => [],
    async recognise(tree) {
      const sources = await sourcesOf(tree, files);
      const project: Project = {
        id, toolchain: 'equiv', root: '', name: `${request.gold.files[0] ?? ''} = ${request.gate.files[0] ?? ''}`, files: sources.files,
        options: { ...toJson(request), absent: [...sources.absent], ...(sources.problem !== undefined && { problem: sources.problem }) }, executes: [],
      };
      return { projects: [project], claimed: sources.files, uncovered: [] };
    },
    outline(project): Promise<Outline> {
      const options = fromJson(project.options);
      const { absent = [], problem } = project.options as { absent?: readonly string[]; problem?: string };
      const assumptions: Assumption[] = options.initial === 'matched' ? [{
        id: `${project.id}:initial-state`, toolchain: 'equiv', kind: 'initial-state', file: files[0]!, range: START,
        text: 'registers of the same name without an initial value start with the same value in both designs',
      }] : [];
      const obligation: Obligation = {
        id: `${project.id}#equivalent`, project: project.id, toolchain: 'equiv', symbol: 'equivalent', kind: 'equivalence', file: options.gate.files[0]!, range: START,
        goal: 'proof', assumptions: assumptions.map((assumption) => assumption.id), assumptionScope: 'exact',
      };
      const unit: Unit = {
        id: project.id, project: project.id, label: project.name, obligations: [obligation.id], inputs: { files: project.files, absent }, options: toJson(options), executesCode: false, expectedMemoryMb: 400,
        ...(problem !== undefined && { decided: { kind: 'malformed', reason: problem } }),
      };
      return Promise.resolve({ obligations: [obligation], assumptions, units: [unit], uncovered: [], diagnostics: [] });
    },
    check: (context) => checkEquivalence(context),
    reproduce: (_attempt, obligation) => {
      const side = (name: 'gold' | 'gate'): string => request[name].files.map(shellWord).join(',');
      const top = request.gold.top === undefined ? '' : ` --top ${shellWord(request.gold.top)}`;
      return `assay equiv ${side('gold')} ${side('gate')}${top}  # ${obligation.symbol}`;
    },
  };
}

/** A file that cannot be read is the verdict, not an end of the run. */
async function sourcesOf(tree: RepositoryTree, files: readonly string[]): Promise<Sources & { readonly problem?: string }> {
  try {
    return await findSources(tree, files);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { files: files.filter((file) => tree.has(file)), absent: files.filter((file) => !tree.has(file)), problem: error.message };
  }
}
