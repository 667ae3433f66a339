/**
 * What a Lake package says of itself, read without Lake: `lakefile.toml` in full, of `lakefile.lean` (a program) only
 * what stands there as plain words. Lean 4 reference, "Lake": `srcDir`, `leanOptions`, `require`; lake-manifest.json 1.x.
 */
import { posix } from 'node:path';
import { InputError } from '../contract.ts';
import { tokenise } from './source/tokens.ts';

export interface PackageSettings {
  /** Folders of modules, relative to the package. */
  readonly sources: readonly string[];
  /** As `-D name=value`. */
  readonly options: readonly string[];
  readonly dependencies: readonly string[];
}

/** Toolchains that elan fetches from Lean's own releases; any other is a program of unknown origin. */
const KNOWN_ORIGIN = /^(?:leanprover\/lean4(?:-nightly|-pr-releases)?:)?(?:v?4\.\d+\.\d+(?:-rc\d+)?|stable|beta|nightly(?:-\d{4}-\d{2}-\d{2}(?:-rev\d+)?)?|pr-release-\d+)$/;

export interface Pin { readonly text: string; readonly known: boolean }

export function readPin(content: Buffer): Pin {
  const text = content.toString('utf8').trim().split('\n')[0]!.trim();
  return { text, known: KNOWN_ORIGIN.test(text) };
}

/** "4.33.0-rc2" of "leanprover/lean4:v4.33.0-rc2"; undefined where it names no fixed version. */
export function pinnedVersion(pin: string): string | undefined { return /(?:^|:)v?(4\.\d+\.\d+(?:-rc\d+)?)$/.exec(pin)?.[1]; }

export async function readToml(path: string, content: Buffer): Promise<PackageSettings> {
  const { parse } = await import('smol-toml');
  let table: Record<string, unknown>;
  try {
    table = parse(content.toString('utf8'));
  } catch (error) {
    throw new InputError(path, `is not TOML (${error instanceof Error ? error.message.split('\n')[0]! : String(error)})`, 'Correct it: Lake cannot read it either');
  }
  const parts = [table, ...tables(table.lean_lib), ...tables(table.lean_exe)];
  const options = [table, ...tables(table.lean_lib)].flatMap((part) => optionsOf(part.leanOptions));
  return {
    sources: folders(parts.map((part) => part.srcDir), typeof table.srcDir === 'string' ? table.srcDir : '.'),
    options: [...new Set(options)],
    dependencies: tables(table.require).map((one) => one.name).filter((name): name is string => typeof name === 'string'),
  };
}

function tables(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.filter((one): one is Record<string, unknown> => typeof one === 'object' && one !== null) : [];
}

/** `autoImplicit = false`, nested tables by dotted names; numbers and booleans and words. */
function optionsOf(value: unknown, prefix = ''): string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  return Object.entries(value).flatMap(([name, of]) => (typeof of === 'object' && of !== null ? optionsOf(of, `${prefix}${name}.`) : [`${prefix}${name}=${String(of)}`]));
}

/** Those of `lakefile.lean` that stand there as plain words: ⟨`autoImplicit, false⟩, srcDir := "src", require x. */
export function readProgramText(text: string): PackageSettings {
  const tokens = tokenise(text);
  const sources: string[] = [];
  const options: string[] = [];
  const dependencies: string[] = [];
  tokens.forEach((token, at) => {
    const [second, third, fourth] = [tokens[at + 1], tokens[at + 2], tokens[at + 3]];
    if (token.kind === 'word' && token.text === 'srcDir' && second?.text === ':=' && third?.kind === 'string') sources.push(third.text.slice(1, -1));
    else if (token.text === '⟨' && second?.kind === 'name' && third?.text === ',' && fourth && tokens[at + 4]?.text === '⟩') options.push(`${second.text.replace(/^`+/, '')}=${fourth.text.replaceAll('"', '')}`);
    else if (token.kind === 'word' && token.text === 'require' && token.first && second?.kind === 'word') dependencies.push(second.text);
    else if (token.kind === 'word' && token.text === 'require' && token.first && second?.kind === 'string' && third?.text === '/' && fourth?.kind === 'string') dependencies.push(fourth.text.slice(1, -1));
  });
  return { sources: folders(sources, '.'), options: [...new Set(options)], dependencies };
}

/** Relative, inside the package, the package itself among them. */
function folders(values: readonly unknown[], root: string): string[] {
  const found = values.filter((value): value is string => typeof value === 'string').map((value) => posix.normalize(value).replace(/\/$/, ''));
  return [...new Set([posix.normalize(root), ...found, '.'])].filter((folder) => !folder.startsWith('..') && !posix.isAbsolute(folder));
}
