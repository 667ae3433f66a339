/**
 * `dfyconfig.toml`: which files belong to the project, and which of its options are passed on. The file itself is never
 * given to Dafny, so that an option that starts a program or narrows what is checked has no effect.
 */
import { InputError, type JsonObject } from '../contract.ts';

export interface ProjectOptions {
  readonly includes: readonly string[];
  readonly excludes: readonly string[];
  /** For the command line. */
  readonly arguments: readonly string[];
  /** Files or folders that Dafny trusts without a check, as written. */
  readonly libraries: readonly string[];
  readonly standardLibraries: boolean;
  readonly refused: readonly { readonly option: string; readonly why: string; readonly executes: boolean }[];
}

/** They choose the language or ask for more, and cannot make a wrong program verify. */
const PASSED_ON = new Set([
  'function-syntax', 'quantifier-syntax', 'unicode-char', 'general-traits', 'general-newtypes', 'type-system-refresh', 'default-function-opacity', 'type-inference-trace',
  'disable-nonlinear-arithmetic', 'relax-definite-assignment', 'manual-lemma-induction', 'manual-triggers', 'reads-clauses-on-methods', 'track-print-effects', 'enforce-determinism',
  'isolate-assertions', 'warn-shadowing', 'warn-missing-constructor-parentheses', 'standard-libraries',
]);
/** About compiling, output and what Assay sets by itself. */
const WITHOUT_EFFECT = new Set([
  'target', 'output', 'include-runtime', 'optimize-erasable-datatype-wrapper', 'optimize-resolution', 'emit-uncompilable-code', 'spill-translation', 'python-module-name', 'go-module-name',
  'java-package-name', 'rust-module-name', 'rust-sync', 'translation-record', 'bundle', 'compile-verbose', 'verbose', 'show-snippets', 'progress', 'log-format', 'json-output', 'cores', 'error-limit',
  'verification-time-limit', 'resource-limit', 'allow-warnings', 'warn-as-errors', 'allow-deprecation', 'allow-axioms', 'allow-external-contracts', 'warn-contradictory-assumptions',
  'warn-redundant-assumptions', 'analyze-proofs', 'suggest-proof-refactoring', 'extract-counterexample', 'verify-included-files', 'use-basename-for-filename', 'test-assumptions', 'verification-coverage-report',
  'run-all-tests', 'coverage-report', 'no-verify', 'add-compile-suffix', 'legacy-module-names', 'legacy-data-constructors', 'expected-coverage',
]);
const EXECUTES = new Set(['solver-path', 'solver-plugin', 'plugin', 'boogie', 'prelude', 'prover-option']);
const NARROWS = /^filter-|^dont-verify/;

export async function readConfiguration(path: string, content: Buffer): Promise<ProjectOptions> {
  const { parse } = await import('smol-toml');
  let table: Record<string, unknown>;
  try {
    table = parse(content.toString('utf8'));
  } catch (error) {
    throw new InputError(path, `is no TOML: ${(error instanceof Error ? error.message : String(error)).split('\n')[0]!}`);
  }
  const refused: ProjectOptions['refused'][number][] = [];
  const passed: string[] = [];
  const options = table.options ?? {};
  if (typeof options !== 'object' || options === null || Array.isArray(options)) throw new InputError(path, '[options] is not a table');
  let libraries: readonly string[] = [];
  let standardLibraries = false;
  for (const [option, value] of Object.entries(options)) {
    if (option === 'library') { libraries = texts(path, option, value); continue; }
    if (EXECUTES.has(option)) refused.push({ option, why: 'starts a program or replaces what Dafny proves with: never passed on', executes: true });
    else if (NARROWS.test(option)) refused.push({ option, why: 'narrows what is checked: never passed on', executes: false });
    else if (PASSED_ON.has(option) && (typeof value === 'boolean' || typeof value === 'number' || typeof value === 'string')) {
      passed.push(`--${option}=${String(value)}`);
      if (option === 'standard-libraries') standardLibraries = value === true;
    } else if (!WITHOUT_EFFECT.has(option)) refused.push({ option, why: 'is not known to be harmless: never passed on', executes: false });
  }
  if (table.base !== undefined) refused.push({ option: 'base', why: 'another project file is not read: its options are not passed on', executes: false });
  return {
    includes: table.includes === undefined ? ['**/*.dfy'] : texts(path, 'includes', table.includes),
    excludes: table.excludes === undefined ? [] : texts(path, 'excludes', table.excludes),
    arguments: passed.sort(), libraries, standardLibraries, refused,
  };
}

export const NO_OPTIONS: ProjectOptions = { includes: [], excludes: [], arguments: [], libraries: [], standardLibraries: false, refused: [] };

function texts(path: string, key: string, value: unknown): readonly string[] {
  const list = typeof value === 'string' ? [value] : value;
  if (!Array.isArray(list) || !list.every((one): one is string => typeof one === 'string')) throw new InputError(path, `${key} is not a list of strings`);
  return list;
}

/** A pattern of the project file, relative to its folder: `*` within a name, `**` over folders. */
export function globMatches(pattern: string, path: string): boolean {
  const source = pattern.replace(/^\.\//, '').split(/(\*\*\/|\*\*|\*|\?)/).map((part) => {
    if (part === '**/') return '(?:.*/)?';
    if (part === '**') return '.*';
    if (part === '*') return '[^/]*';
    if (part === '?') return '[^/]';
    return part.replace(/[.+^${}()|[\]\\]/g, '\\$&');
  }).join('');
  return new RegExp(`^${source}$`).test(path);
}

/** As a part of a unit's options: what else the verdicts depend on. */
export function optionsJson(options: ProjectOptions): JsonObject {
  return { arguments: options.arguments, libraries: options.libraries, standardLibraries: options.standardLibraries };
}
