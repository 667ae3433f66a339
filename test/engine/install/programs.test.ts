/** Installers that fetch by themselves: the real dotnet against NuGet, and elan played by a program that does what elan does with its folder. */
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { install, recipeFor } from '../../../app/engine/install/install.ts';
import { createToolHost } from '../../../toolchains/executables.ts';
import type { Recipe } from '../../../toolchains/recipe.ts';
import { recipes } from '../../../toolchains/recipes.ts';
import { tar } from '../repository/archive-bytes.ts';
import { sending, setting, type Setting } from './setting.ts';

const host = createToolHost({ path: process.env.PATH ?? '' });
const [dotnet] = await host.find('dotnet');
const LONG = 180_000;
let here: Setting;
beforeEach(async () => { here = await setting(); });
afterEach(() => here.dispose());
const managed = (): ReturnType<typeof createToolHost> => createToolHost({ path: '', managed: join(here.home, 'tools') });

describe.skipIf(!dotnet)('dotnet (needs dotnet)', () => {
  const dafny = recipeFor(recipes, 'dafny');
  it('installs Dafny 4.11.0 from NuGet, records its checksum, and takes the same package from a file', async () => {
    const request = here.request({ find: (name) => host.find(name) });
    const installed = await install(dafny, request);
    expect(installed).toMatchObject({ already: false, path: join(here.home, 'tools/dafny/4.11.0'), checked: { by: 'first use' } });
    const [program] = await managed().find('dafny');
    expect(execFileSync(program!, ['--version'], { encoding: 'utf8' })).toContain('4.11.0');
    expect(readdirSync(join(here.home, 'tools')).sort()).toEqual(['checksums.json', 'dafny']);

    const file = join(here.home, 'given.nupkg');
    const store = join(installed.path, '.store/dafny/4.11.0/dafny/4.11.0');
    copyFileSync(join(store, readdirSync(store).find((name) => name.endsWith('4.11.0.nupkg'))!), file);
    rmSync(join(here.home, 'tools/dafny'), { recursive: true });
    expect(await install(dafny, { ...request, from: file })).toMatchObject({ checked: { by: 'recorded' } });

    rmSync(join(here.home, 'tools/dafny'), { recursive: true });
    writeFileSync(join(here.home, 'tools/checksums.json'), JSON.stringify({ 'nuget:dafny@4.11.0': { sha256: '0'.repeat(64), at: '2026-01-01T00:00:00Z' } }));
    await expect(install(dafny, { ...request, from: file })).rejects.toThrow('recorded at its first use on 2026-01-01');
    expect(await managed().find('dafny')).toEqual([]);
  }, LONG);
  it('leaves nothing behind where the package is broken or there is none', async () => {
    const file = join(here.home, 'broken.nupkg');
    writeFileSync(file, 'no package');
    const request = here.request({ find: (name) => host.find(name), from: file });
    await expect(install(dafny, request)).rejects.toThrow(/nuget:dafny@4.11.0: was not installed/);
    expect(readdirSync(join(here.home, 'tools'))).toEqual([]);
  }, LONG);
});

describe('Dafny without dotnet', () => {
  it('comes as its release archive, which is held to the published checksum', async () => {
    const archive = join(here.home, 'dafny.zip');
    writeFileSync(archive, Buffer.from('PK\u0005\u0006'.padEnd(22, '\0'), 'latin1'));
    await expect(install(recipeFor(recipes, 'dafny'), here.request({ from: archive }), 'linux-x64')).rejects.toThrow(/dafny-4\.11\.0-x64-ubuntu-22\.04\.zip: has the checksum/);
  });
});

/** Does with ELAN_HOME what elan-init 4 and elan do: itself and its proxies in bin/, toolchains by their mangled names. */
const ELAN_INIT = `#!/bin/sh
echo "init $*" >>"$ELAN_HOME/said"
mkdir -p "$ELAN_HOME/bin"
cp "$0" "$ELAN_HOME/bin/elan-init" && cat >"$ELAN_HOME/bin/elan" <<'END'
#!/bin/sh
echo "elan $*" >>"$ELAN_HOME/said"
test "$3" = made/up:v1 || { echo "error: no such toolchain" >&2; exit 1; }
mkdir -p "$ELAN_HOME/toolchains/made--up---v1/bin"
printf '#!/bin/sh\\necho Lean made up\\n' >"$ELAN_HOME/toolchains/made--up---v1/bin/lean"
chmod +x "$ELAN_HOME/toolchains/made--up---v1/bin/lean"
cp "$ELAN_HOME/toolchains/made--up---v1/bin/lean" "$ELAN_HOME/toolchains/made--up---v1/bin/lake"
cp "$0" "$ELAN_HOME/bin/lake"
END
chmod +x "$ELAN_HOME/bin/elan"
`;

describe('Lean through elan (played by a script)', () => {
  const lean = (toolchain: string): Recipe => ({
    id: 'lean', version: '1.0', elanToolchain: toolchain, archives: { here: { url: `${here.base}/elan/v4.0.0/elan-here.tar.gz`, programs: ['elan-init'] } },
  });
  it('fetches elan into the managed folder, then the toolchain by it', async () => {
    here.answer = sending(tar([{ name: 'elan-init', content: ELAN_INIT }]));
    await install(lean('made/up:v1'), here.request(), 'here');
    const elan = join(here.home, 'tools/.elan/4.0.0');
    expect(readFileSync(join(elan, 'said'), 'utf8')).toBe('init -y --no-modify-path --default-toolchain none\nelan toolchain install made/up:v1\n');
    const [program] = await managed().find('lean');
    expect(execFileSync(program!, { encoding: 'utf8' })).toBe('Lean made up\n');
    expect(await managed().find('lake')).toEqual([join(here.home, 'tools/lean/1.0/bin/lake')]);
  });
  it('says what elan said where it fails, and finds no lean', async () => {
    here.answer = sending(tar([{ name: 'elan-init', content: ELAN_INIT }]));
    await expect(install(lean('made/up:v2'), here.request(), 'here')).rejects.toThrow(/toolchain install made\/up:v2.*no such toolchain/);
    expect(await managed().find('lean')).toEqual([]);
  });
  it('uses the elan of the user where there is one', async () => {
    const bin = join(here.home, 'bin'), said = join(here.home, 'said');
    mkdirSync(bin);
    writeFileSync(join(bin, 'elan'), `#!/bin/sh\necho "$*" >${said}\n`, { mode: 0o755 });
    expect(await install(lean('made/up:v1'), here.request({ find: createToolHost({ path: bin }).find }), 'here')).toMatchObject({ path: join(bin, 'elan') });
    expect(readFileSync(said, 'utf8')).toBe('toolchain install made/up:v1\n');
    expect(here.requests).toEqual([]);
    expect(existsSync(join(here.home, 'tools', '.elan'))).toBe(false);
  });
});
