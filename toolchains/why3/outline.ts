/** Why3 projects and their obligations: one file is one project, one goal or program function one obligation. */
import { posix } from 'node:path';
import { signedContent } from '../assumption.ts';
import type { Assumption, Obligation, Outline, OutlineContext, Project, Recognition, RepositoryTree } from '../contract.ts';
import { withUses } from '../graph.ts';
import { Places } from '../places.ts';
import { readSource, type Declaration } from './source.ts';

const LARGEST_SOURCE_BYTES = 16 * 1024 * 1024;
const START = { start: { line: 1, column: 1 }, end: { line: 1, column: 1 } };

export async function recogniseWhy3(tree: RepositoryTree): Promise<Recognition> {
  const sources = tree.files.map((file) => file.path).filter((path) => /\.(?:mlw|why)$/.test(path));
  const projects = await Promise.all(sources.map(async (file): Promise<Project> => ({
    id: `why3:${file}`, toolchain: 'why3', root: posix.dirname(file) === '.' ? '' : posix.dirname(file), name: posix.basename(file), files: [file, ...await importsOf(tree, file)], options: {}, executes: [],
  })));
  return { projects, claimed: sources, uncovered: [] };
}

export function references(content: Buffer): string[] { return readSource(content.toString('utf8')).imports.map((name) => `${name}.mlw`); }

/** Files of the repository that shadow or make up what it imports, directly or not. */
async function importsOf(tree: RepositoryTree, file: string): Promise<string[]> {
  const reached = new Set([file]);
  for (const one of reached) {
    const content = await tree.read(one, LARGEST_SOURCE_BYTES).catch(() => undefined);
    for (const name of content ? references(content) : []) { const path = posix.join(posix.dirname(file), name); if (tree.has(path)) reached.add(path); }
  }
  return [...reached].slice(1).sort();
}

export async function outlineProject(project: Project, { tree }: Pick<OutlineContext, 'tree'>): Promise<Outline> {
  const [file = project.name, ...imported] = project.files;
  const text = (await tree.read(file, LARGEST_SOURCE_BYTES)).toString('utf8');
  const source = readSource(text);
  const places = new Places(text);
  const common = { project: project.id, toolchain: 'why3', file };
  const assumptions: Assumption[] = imported.map((path) => ({ id: `why3:${file}:unverified-import:${path}`, toolchain: 'why3', kind: 'unverified-import', file, range: START, text: path }));
  const counts = new Map<string, number>();
  for (const finding of source.findings) {
    const said = text.slice(finding.start, finding.end).replace(/\s+/g, ' ');
    const key = `why3:${file}:${finding.kind}:${finding.module}.${finding.name}:${said.slice(0, 200)}`;
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    assumptions.push({ id: count === 1 ? key : `${key}:${count}`, toolchain: 'why3', kind: finding.kind, file, range: places.range(finding.start, finding.end), text: said.slice(0, 200), symbol: `${finding.module}.${finding.name}`, content: signedContent(said) });
  }
  const names = new Map<string, number>();
  const ids = source.declarations.map((one) => { const symbol = `${one.module}.${one.name}`; const count = (names.get(symbol) ?? 0) + 1; names.set(symbol, count); return `${project.id}#${symbol}${count > 1 ? ` (${count})` : ''}`; });
  const drafts: Obligation[] = source.declarations.map((one, index) => ({
    ...common, id: ids[index]!, symbol: ids[index]!.slice(project.id.length + 1), kind: one.kind, range: places.range(one.start, one.end), assumptions: assumptions.map((each) => each.id), assumptionScope: 'project',
  }));
  const at = new Map(ids.map((id, index) => [id, index]));
  const obligations = withUses(drafts, 'names', ({ id }) => usedBy(source.declarations, at.get(id)!).map((index) => ids[index]!));
  if (obligations.length === 0) obligations.push({ ...common, id: `${project.id}#file`, symbol: 'file', kind: 'file', range: START, assumptions: assumptions.map((one) => one.id), assumptionScope: 'project' });
  return { obligations, assumptions, uncovered: [], diagnostics: [], units: [{ id: project.id, project: project.id, label: file, obligations: obligations.map((one) => one.id), inputs: { files: project.files }, options: {}, executesCode: false, expectedMemoryMb: 150 }] };
}

/** Lemmas before it are in every proof without being named; the rest by name. */
function usedBy(declarations: readonly Declaration[], index: number): number[] {
  return declarations.flatMap((one, other) => (other !== index && (declarations[index]!.words.has(one.name) || (other < index && one.kind === 'lemma')) ? [other] : []));
}
