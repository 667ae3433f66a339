/** What the `locate` of most toolchains is: all versions of a program on PATH, each asked for its version once in its life. */
import { createHash } from 'node:crypto';
import { realpathSync } from 'node:fs';
import type { MissingTool, Tool, ToolHost } from './contract.ts';
import type { HashCache } from './executables.ts';
import { memoryCache } from './executables.ts';
import { linkedLibraries } from './libraries.ts';
import { platformName } from './process/environment.ts';

export interface ProgramDescription {
  readonly id: string;
  /** Names it goes by on PATH. */
  readonly names: readonly string[];
  readonly versionArgs: readonly string[];
  /** From what it prints (standard output, then standard error). Undefined: this is another program of that name. */
  parseVersion(output: string): string | undefined;
  /** Absolute paths of what else decides how it behaves: scripts, files of a share folder. Linked libraries are found by themselves. */
  companions?(path: string): Promise<readonly string[]>;
  /** Older is found, shown and not used. */
  readonly minimum?: string;
  /** What a user can do where it is missing. */
  readonly remedy: string;
}

/** Raised when the meaning of a remembered version changes. */
const CACHE_REVISION = 2;
const processCache = memoryCache();

/** Several toolchains drive the same solvers: each program is located once a host. */
const located = new WeakMap<ToolHost, Map<ProgramDescription, Promise<Tool[]>>>();

/** In PATH order, the same file under several names once. Those with `unfit` are for showing only. */
export async function locateProgram(host: ToolHost, program: ProgramDescription): Promise<Tool[]> {
  let known = located.get(host);
  if (!known) located.set(host, known = new Map());
  let tools = known.get(program);
  if (!tools) known.set(program, tools = locateNow(host, program));
  return [...await tools];
}

async function locateNow(host: ToolHost, program: ProgramDescription): Promise<Tool[]> {
  const cache: HashCache = 'cache' in host ? host.cache as HashCache : processCache;
  const paths = (await Promise.all(program.names.map((name) => host.find(name)))).flat();
  const seen = new Set<string>();
  const tools: Tool[] = [];
  for (const path of paths) {
    const real = realPathOf(path);
    if (real === undefined || seen.has(real)) continue;
    seen.add(real);
    tools.push(await describe(host, cache, program, path, real));
  }
  return tools;
}

function realPathOf(path: string): string | undefined {
  try { return realpathSync(path); } catch { return undefined; }
}

async function describe(host: ToolHost, cache: HashCache, program: ProgramDescription, path: string, real: string): Promise<Tool> {
  const tool = { id: program.id, path, embedded: false };
  let sha256: string;
  let fingerprint: string;
  try {
    sha256 = await host.hash(real);
    fingerprint = await fingerprintOf(host, cache, program, path, sha256);
  } catch (error) {
    return { ...tool, version: '', sha256: '', fingerprint: '', unfit: `cannot be read: ${error instanceof Error ? error.message : String(error)}` };
  }
  const found = { ...tool, sha256, fingerprint };
  const key = `version:${CACHE_REVISION}:${path}:${fingerprint}:${JSON.stringify(program.versionArgs)}`;
  let output = cache.get(key);
  if (output === undefined) {
    const result = await host.capture(path, program.versionArgs);
    if (result.exit.reason !== 'exited')
      return { ...found, version: '', unfit: `does not tell its version: ${result.exit.message ?? result.exit.reason}` };
    output = `${result.stdout.content.toString('utf8')}\n${result.stderr.content.toString('utf8')}`;
    if (program.parseVersion(output) !== undefined) cache.set(key, output);
  }
  const version = program.parseVersion(output);
  if (version === undefined) return { ...found, version: '', unfit: `is not the ${program.id} that Assay knows: it told no version` };
  if (program.minimum !== undefined && compareVersions(version, program.minimum) < 0)
    return { ...found, version, unfit: `${version} is older than ${program.minimum}` };
  return { ...found, version };
}

async function fingerprintOf(host: ToolHost, cache: HashCache, program: ProgramDescription, path: string, sha256: string): Promise<string> {
  const hash = createHash('sha256').update(sha256);
  const companions = new Set([...await linkedLibraries(host, cache, path, sha256), ...await program.companions?.(path) ?? []]);
  for (const companion of [...companions].sort()) hash.update(`\0${companion}\0${await host.hash(companion)}`);
  return hash.update(`\0${platformName()}`).digest('hex');
}

/** By numbers where both have numbers: 4.8.12 is older than 4.13. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [a.split(/[.+_-]/), b.split(/[.+_-]/)];
  for (let at = 0; at < Math.max(left.length, right.length); at++) {
    const [one, other] = [left[at] ?? '0', right[at] ?? '0'];
    const difference = /^\d+$/.test(one) && /^\d+$/.test(other) ? Number(one) - Number(other) : one.localeCompare(other, 'en');
    if (difference !== 0) return difference;
  }
  return 0;
}

/** The first that can be used, in PATH order. */
export function firstFit(tools: readonly Tool[], id: string): Tool | undefined {
  return tools.find((tool) => tool.id === id && tool.unfit === undefined);
}

/** All that can be used. */
export function allFit(tools: readonly Tool[], id: string): Tool[] {
  return tools.filter((tool) => tool.id === id && tool.unfit === undefined);
}

/** For `Located.missing`: undefined where one of the tools can be used. */
export function missingTool(program: Pick<ProgramDescription, 'id' | 'names' | 'remedy'>, tools: readonly Tool[]): MissingTool | undefined {
  if (firstFit(tools, program.id)) return undefined;
  const unfit = tools.filter((tool) => tool.id === program.id).map((tool) => `${tool.path}: ${tool.unfit ?? ''}`);
  const why = unfit.length > 0 ? unfit.join('; ') : `no ${program.names.join(' or ')} on PATH`;
  return { id: program.id, why, remedy: program.remedy };
}
