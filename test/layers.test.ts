/** The architecture as an executable check: who may import whom, and what may start programs. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = dirname(import.meta.dirname);
const LONGEST_FILE_LINES = 350;
const SOURCE = /\.(ts|tsx|mts)$/;

interface Import { readonly to: string; readonly typeOnly: boolean }
interface SourceFile { readonly path: string; readonly text: string; readonly imports: readonly Import[] }

const files: readonly SourceFile[] = ['app', 'toolchains', 'renderer'].filter((folder) => existsSync(join(root, folder))).flatMap((folder) => sourcesUnder(folder)).map(read);

function sourcesUnder(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && SOURCE.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .filter((path) => !path.includes('node_modules/'));
}

function read(path: string): SourceFile {
  const text = readFileSync(join(root, path), 'utf8');
  // Comments may speak of imports; strings do not hold whole import statements here.
  const code = text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
  const imports: Import[] = [];
  for (const match of code.matchAll(/\b(?:import|export)\s+(type\s)?(?:[\w*$\s{},]+?\sfrom\s+)?['"]([^'"]+)['"]/g)) imports.push({ to: target(path, match[2]!), typeOnly: match[1] !== undefined });
  for (const match of code.matchAll(/(\b(?:typeof\s+)?)\b(?:import|require)\s*\(\s*['"]([^'"]+)['"]/g)) imports.push({ to: target(path, match[2]!), typeOnly: match[1]!.startsWith('typeof') });
  return { path, text, imports };
}

/** From the root for files of the project, the name for packages. */
function target(from: string, specifier: string): string {
  return specifier.startsWith('.') ? relative(root, join(root, dirname(from), specifier)).replaceAll('\\', '/') : specifier.replace(/^node:/, '');
}

/** "from → to" for each import of these files that is forbidden. */
function violations(from: (path: string) => boolean, isForbidden: (imported: Import) => boolean): string[] {
  return files.filter((file) => from(file.path)).flatMap((file) => file.imports.filter(isForbidden).map((imported) => `${file.path} → ${imported.to}`));
}

/** Pure modules that every layer may use: the bridge's contract, and what a verdict is called and looks like. */
const SHARED = /^(app\/contract(\.ts$|\/)|app\/engine\/report\/schema\.ts$|toolchains\/verdict(-shapes)?\.ts$)/;

const under = (...folders: string[]) => (path: string): boolean => folders.some((folder) => path.startsWith(`${folder}/`));

describe('imports', () => {
  it('are found at all', () => {
    expect(files.length).toBeGreaterThan(50);
    expect(files.find((file) => file.path === 'toolchains/sat/index.ts')?.imports.map((one) => one.to)).toContain('toolchains/locate.ts');
  });
  it('toolchains know nothing of the application', () => {
    expect(violations(under('toolchains'), ({ to }) => under('app', 'renderer', 'test')(to))).toEqual([]);
  });
  it('the engine knows no command line, no window and no DOM', () => {
    const outside = (to: string): boolean => (to.startsWith('app/') && !to.startsWith('app/engine/') && !SHARED.test(to))
      || under('renderer', 'test')(to) || /^(electron|react|react-dom|monaco-editor)(\/|$)/.test(to);
    expect(violations(under('app/engine'), ({ to }) => outside(to))).toEqual([]);
    const dom = files.filter((file) => under('app/engine', 'toolchains')(file.path) && /reference\s+lib="dom/.test(file.text)).map((file) => file.path);
    expect(dom).toEqual([]);
  });
  it('the renderer sees types and the bridge only', () => {
    expect(violations(under('renderer'), ({ to, typeOnly }) => (under('app', 'toolchains')(to) && !typeOnly && !SHARED.test(to)) || to === 'electron' || to === 'fs' || to === 'child_process')).toEqual([]);
  });
  it('the window speaks with the bridge in one folder', () => {
    const speakers = files.filter((file) => file.path.startsWith('renderer/') && !/^renderer\/(session|bridge)\//.test(file.path) && /\bbridge\s*\.\s*(request|on\w*|pathOf)\b/.test(file.text));
    expect(speakers.map((file) => file.path)).toEqual([]);
  });
  it('what every layer may use uses nothing but itself and a validator', () => {
    expect(violations((path) => SHARED.test(path), ({ to, typeOnly }) => !typeOnly && !SHARED.test(to) && to !== 'zod')).toEqual([]);
  });
  it('only the process module starts programs', () => {
    const starters = /^(execa|child_process|cluster|node-pty|@lydell\/node-pty)(\/|$)/;
    expect(violations((path) => !/^toolchains\/process(\.ts$|\/)/.test(path), ({ to, typeOnly }) => starters.test(to) && !typeOnly)).toEqual([]);
  });
});

describe('files', () => {
  it('none is named for being useful', () => {
    expect(files.map((file) => file.path).filter((path) => /(^|\/)(utils?|helpers?|common|misc)(\/|\.\w+$)/i.test(path))).toEqual([]);
  });
  it('no index only passes on what others export', () => {
    const barrels = files.filter((file) => /(^|\/)index\.tsx?$/.test(file.path))
      .filter((file) => file.text.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '').replace(/export\s[^;]*?from\s+['"][^'"]+['"];?/g, '').trim() === '');
    expect(barrels.map((file) => file.path)).toEqual([]);
  });
  it(`none is longer than ${LONGEST_FILE_LINES} lines`, () => {
    const tooLong = files.map((file) => ({ path: file.path, lines: file.text.split('\n').length - 1 })).filter((file) => file.lines > LONGEST_FILE_LINES);
    expect(tooLong).toEqual([]);
  });
});
