/** Hostile repositories, opened by the engine as the command line does: without trust nothing runs, with trust in the sandbox, without a sandbox nothing. */
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Engine } from '../../../app/engine/engine.ts';
import type { Ledger } from '../../../app/engine/ledger/types.ts';
import { createToolHost } from '../../../toolchains/executables.ts';
import { sandboxState, type SandboxState } from '../../../toolchains/process/sandbox/state.ts';
import { toolchains } from '../../../toolchains/registry.ts';

let noSandbox: SandboxState | undefined;
vi.mock('../../../toolchains/process/sandbox/state.ts', async (original) => {
  const real = await original<typeof import('../../../toolchains/process/sandbox/state.ts')>();
  return { ...real, sandboxState: () => (noSandbox ? Promise.resolve(noSandbox) : real.sandboxState()) };
});

const found = (name: string): boolean => ['/usr/bin', '/usr/local/bin'].some((folder) => existsSync(join(folder, name)));
const here = !('missing' in await sandboxState());
const ready = here && found('yosys') && found('yosys-smtbmc') && found('z3') && found('python3');
const LONG = 120_000;
const left: (() => Promise<unknown>)[] = [];
afterEach(async () => { noSandbox = undefined; for (const remove of left.splice(0)) await remove(); });

interface Scene { readonly root: string; readonly outside: string; readonly home: string }

async function scene(files: (outside: string) => Readonly<Record<string, string>>): Promise<Scene> {
  const base = await mkdtemp(join(tmpdir(), 'assay-hostile-'));
  left.push(() => rm(base, { recursive: true, force: true }));
  const [root, outside, home] = [join(base, 'repository'), join(base, 'outside'), join(base, 'home')];
  for (const folder of [root, outside]) await mkdir(folder);
  await writeFile(join(outside, 'secret.txt'), 'hunter2');
  for (const [path, text] of Object.entries(files(outside))) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
  return { root, outside, home };
}

const PATH = '/usr/local/bin:/usr/bin:/bin';
const [dafny] = await createToolHost({ path: process.env.PATH ?? '' }).find('dafny');

async function verify({ root, home }: Scene, trusted: boolean, path = PATH): Promise<Ledger> {
  const engine = await Engine.create({ toolchains, home, path, cores: 2 });
  const signal = new AbortController().signal;
  try {
    const opened = await engine.plan({ path: root, trusted, signal });
    try {
      return (await engine.verify(opened, {
        limits: { wallSeconds: 30, memoryMb: 2048, effort: 1 }, trusted, fresh: false, selection: {}, command: ['test'], recheckShare: 0, signal, onEvent: () => {},
      })).ledger;
    } finally { await opened.repository.dispose(); }
  } finally { await engine.dispose(); }
}

const kinds = (ledger: Ledger): string[] => ledger.entries.map((entry) => entry.result.verdict.kind);
const reasons = (ledger: Ledger): string => ledger.entries.map((entry) => 'reason' in entry.result.verdict ? entry.result.verdict.reason : '').join('\n');
const sby = (script: string): string => `[options]\nmode bmc\ndepth 2\n[engines]\nsmtbmc z3\n[script]\n${script}\nread -formal d.sv\nprep -top d\n[files]\nd.sv\n`;
const DESIGN = 'module d(input a); always @* p: assert (a || !a); endmodule\n';

/** Each deed of the pycode becomes a line of its answer, so that the verdict tells whether the rest ran. */
const pycode = (outside: string, port: number): string => sby(`--pycode-begin--
import os, socket
answers = []
def tried(body):
    try: answers.append(str(body()))
    except Exception as error: answers.append('held')
tried(lambda: open(${JSON.stringify(join(outside, 'written'))}, 'w').write('x'))
tried(lambda: open(${JSON.stringify(join(outside, 'secret.txt'))}).read())
tried(lambda: socket.create_connection(('127.0.0.1', ${port}), 2))
tried(lambda: open('/etc/passwd').read())
tried(lambda: os.listdir(${JSON.stringify(outside)}))
if answers != ['held'] * 5 or 'HOSTILE_TOKEN' in os.environ or os.environ['HOME'] != '/tmp/home': output('escaped ' + repr(answers))
--pycode-end--`);

describe.skipIf(!ready)('a hostile .sby with trust (needs bwrap, yosys, yosys-smtbmc, z3, python3)', () => {
  it('runs its pycode where it can neither write nor read outside, nor reach a server', async () => {
    let met = 0;
    const server = createServer((socket) => { met += 1; socket.end(); });
    await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
    process.env.HOSTILE_TOKEN = 'hunter3';
    try {
      const place = await scene((outside) => ({ 'd.sv': DESIGN, 'd.sby': pycode(outside, (server.address() as { port: number }).port) }));
      const ledger = await verify(place, true);
      expect(kinds(ledger), reasons(ledger)).toEqual(['bounded']);
      expect(existsSync(join(place.outside, 'written'))).toBe(false);
      expect(met).toBe(0);
    } finally { server.close(); delete process.env.HOSTILE_TOKEN; }
  }, LONG);

  it('runs commands of its yosys script in the same', async () => {
    const place = await scene((outside) => ({
      'd.sv': DESIGN,
      'shell.sby': sby(`!mkdir -p ${outside}; echo x >${outside}/written; cat ${outside}/secret.txt >stolen; true`),
      'exec.sby': sby(`exec -expect-return 1 -- cat ${outside}/secret.txt`),
      'tee.sby': sby(`tee -o ${outside}/teed help`),
    }));
    const ledger = await verify(place, true);
    const of = (file: string): string[] => ledger.entries.filter((entry) => entry.obligation.project.includes(file)).map((entry) => entry.result.verdict.kind);
    expect([of('shell.sby'), of('exec.sby')], reasons(ledger)).toEqual([['bounded'], ['bounded']]);
    expect(of('tee.sby')).not.toContain('bounded');
    for (const name of ['written', 'teed']) expect(existsSync(join(place.outside, name))).toBe(false);
    for (const entry of ledger.entries) for (const attempt of entry.result.attempts) expect(attempt.outputs.map((output) => output.content.toString()).join('')).not.toContain('hunter2');
  }, LONG);

  it('is not run where there is no sandbox, says why and what to install, and runs once there is one', async () => {
    const place = await scene((outside) => ({ 'd.sv': DESIGN, 'shell.sby': sby(`!mkdir -p ${outside}; touch ${outside}/written`), 'py.sby': pycode(outside, 9) }));
    noSandbox = { missing: 'bubblewrap is not installed', remedy: 'apt install bubblewrap' };
    const refused = await verify(place, true);
    expect(kinds(refused)).toEqual(['not-run', 'not-run']);
    for (const entry of refused.entries) expect(entry.result.verdict).toMatchObject({ reason: expect.stringMatching(/no sandbox.*bubblewrap is not installed.*apt install bubblewrap/) });
    expect(existsSync(join(place.outside, 'written'))).toBe(false);
    noSandbox = undefined;
    expect(kinds(await verify(place, true))).toEqual(['bounded', 'bounded']);
  }, LONG);
});

describe.skipIf(!found('yosys'))('a hostile repository without trust (needs yosys)', () => {
  it('runs nothing of its own', async () => {
    const place = await scene((outside) => ({
      'd.sv': DESIGN, 'shell.sby': sby(`!touch ${outside}/written`), 'py.sby': sby(`--pycode-begin--\nopen('${outside}/written', 'w')\n--pycode-end--`),
      // What other tools would run; nothing of it is started, read as a tool's setting, or followed.
      'lakefile.lean': `import Lake\n#eval IO.FS.writeFile "${outside}/written" "x"\n`, 'lean-toolchain': `${outside}/toolchain\n`,
      'crate/Cargo.toml': '[package]\nname = "crate"\nversion = "0.1.0"\nbuild = "build.rs"\n', 'crate/build.rs': `fn main() { std::fs::write("${outside}/written", "x").unwrap(); }\n`,
      'crate/src/lib.rs': '', 'crate/.cargo/config.toml': `[build]\nrustc-wrapper = "${outside}/wrapper"\n`, 'crate/rust-toolchain.toml': `[toolchain]\npath = "${outside}/toolchain"\n`,
      '.git/config': `[core]\n\tfsmonitor = "touch ${outside}/written"\n`, '.git/HEAD': 'ref: refs/heads/main\n',
    }));
    const ledger = await verify(place, false);
    expect(kinds(ledger).filter((kind) => ['proved', 'bounded', 'covered'].includes(kind)), reasons(ledger)).toEqual([]);
    expect(reasons(ledger)).toContain('--trust');
    expect(existsSync(join(place.outside, 'written'))).toBe(false);
  }, LONG);
});

describe.skipIf(!dafny || !found('z3'))('a hostile dfyconfig.toml (needs dafny, z3)', () => {
  it.each([true, false])('names a solver and a plug-in in vain, trusted: %s', async (trusted) => {
    const place = await scene((outside) => ({
      'dfyconfig.toml': `includes = ["*.dfy"]\n[options]\nsolver-path = "./solver.sh"\nplugin = ["${outside}/plugin.dll"]\n`,
      'solver.sh': `#!/bin/sh\ntouch ${outside}/written\necho unsat\n`, 'a.dfy': 'lemma Wrong() ensures false { }\n',
    }));
    const ledger = await verify(place, trusted, `${dirname(dafny!)}:${PATH}`);
    expect(kinds(ledger), reasons(ledger)).toEqual(['failed']);
    expect(kinds(ledger)).not.toContain('proved');
    expect(existsSync(join(place.outside, 'written'))).toBe(false);
  }, LONG);
});

/** Stands for a tool that runs what the repository tells it to: it tells its version, and does the deeds on every other call. */
const obedient = (version: string, outside: string): string => `#!/bin/sh
case "$*" in *--version*) printf '%s\\n' '${version}'; exit 0 ;; esac
{ mkdir -p ${outside}; echo x >${outside}/written; } 2>/dev/null
cat ${outside}/secret.txt 2>/dev/null
test -n "$HOSTILE_TOKEN" && echo "$HOSTILE_TOKEN"
echo "obeyed in $HOME"
exit 1
`;

/** What a run would execute, by language: files, and the programs that would obey them. */
const OBEDIENT: Readonly<Record<string, { readonly files: Readonly<Record<string, string>>; readonly programs: (outside: string) => Readonly<Record<string, string>> }>> = {
  'Lean, which elaborates lakefile.lean and every module': {
    files: { 'lakefile.lean': 'import Lake\nopen Lake DSL\npackage p\nlean_lib A\n', 'lean-toolchain': 'leanprover/lean4:v4.28.0\n', 'A.lean': 'theorem t : 1 = 1 := rfl\n#eval IO.FS.writeFile "written" "x"\n' },
    programs: (outside) => ({ lean: obedient('Lean (version 4.28.0, x86_64-unknown-linux-gnu, commit 000000000000, Release)', outside) }),
  },
  'cargo, which runs build.rs and what .cargo/config.toml names': {
    files: {
      'Cargo.toml': '[package]\nname = "krate"\nversion = "0.1.0"\nbuild = "build.rs"\n[dependencies]\nvstd = "0"\n[package.metadata.verus]\nverify = true\n',
      'build.rs': 'fn main() {}\n', '.cargo/config.toml': '[build]\nrustc-wrapper = "./wrapper"\n', 'src/lib.rs': 'use vstd::prelude::*;\nverus! { proof fn wrong() ensures false { } }\n',
    },
    programs: (outside) => ({ verus: obedient('{ "verus": { "version": "0.2026.06.07.cd03505" } }', outside), 'cargo-verus': obedient('cargo-verus-verus 0.2026.06.07.cd03505', outside) }),
  },
};

/** A place with these files, and a PATH that begins with these programs. */
async function withPrograms({ files, programs }: (typeof OBEDIENT)[string]): Promise<{ readonly place: Scene; readonly path: string }> {
  const place = await scene(() => files);
  const bin = join(dirname(place.root), 'bin');
  await mkdir(bin);
  for (const [name, text] of Object.entries(programs(place.outside))) { await writeFile(join(bin, name), text); await chmod(join(bin, name), 0o755); }
  return { place, path: `${bin}:${PATH}` };
}

describe('tools that run code of the repository, without trust', () => {
  it.each(Object.entries(OBEDIENT))('do not start: %s', async (_, one) => {
    const { place, path } = await withPrograms(one);
    const ledger = await verify(place, false, path);
    expect(kinds(ledger)).toEqual(['not-run']);
    expect(reasons(ledger)).toContain('--trust');
    expect(ledger.entries.flatMap((entry) => entry.result.attempts)).toEqual([]);
    expect(existsSync(join(place.outside, 'written'))).toBe(false);
  }, LONG);

  it.each([
    ['a build script', { 'build.rs': 'fn main() {}\n' }, ''], ['settings of cargo', { '.cargo/config.toml': '[build]\nrustc-wrapper = "./w"\n' }, ''], ['settings of cargo, by their old name', { '.cargo/config': '[build]\n' }, ''],
    ['a toolchain by its path', { 'rust-toolchain.toml': '[toolchain]\npath = "./t"\n' }, ''], ['a dependency that is not of Verus', {}, '[dependencies.serde]\nversion = "1"\n'], ['a procedural macro', {}, '[lib]\nproc-macro = true\n'],
  ] as const)('refuse a crate for each of its reasons alone: %s', async (_, more, manifest) => {
    const { place, path } = await withPrograms({
      files: { 'Cargo.toml': `[package]\nname = "krate"\nversion = "0.1.0"\n[package.metadata.verus]\nverify = true\n${manifest}`, 'src/lib.rs': 'use vstd::prelude::*;\nverus! { proof fn wrong() ensures false { } }\n', ...more },
      programs: OBEDIENT['cargo, which runs build.rs and what .cargo/config.toml names']!.programs,
    });
    const ledger = await verify(place, false, path);
    expect(kinds(ledger)).toEqual(['not-run']);
    expect(reasons(ledger)).toContain('--trust');
  }, LONG);
});

describe.skipIf(!here)('tools that run code of the repository, with trust (needs bwrap)', () => {
  it.each(Object.entries(OBEDIENT))('hold %s', async (_, one) => {
    const { place, path } = await withPrograms(one);
    process.env.HOSTILE_TOKEN = 'hunter3';
    const ledger = await verify(place, true, path).finally(() => { delete process.env.HOSTILE_TOKEN; });
    expect(existsSync(join(place.outside, 'written'))).toBe(false);
    const outputs = ledger.entries.flatMap((entry) => entry.result.attempts).flatMap((attempt) => attempt.outputs.map((output) => output.content.toString())).join('\n');
    expect(outputs, reasons(ledger)).toContain('obeyed in /tmp/');
    expect(outputs).not.toMatch(/hunter/);
    expect(kinds(ledger)).not.toContain('proved');
  }, LONG);
});
