/** Packages: what cargo verus prints (objects of several crates between messages of cargo), spoken by a real child process. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { checkFolder, temporaryFolder } from '../check-context.ts';
import { verus } from '../../../toolchains/verus/index.ts';
import { hasRecorded, RECORDED, replaying } from './replay.ts';

const MANIFEST = '[package]\nname = "fail"\nversion = "0.1.0"\nedition = "2021"\n[dependencies]\nvstd = "0"\n[package.metadata.verus]\nverify = true\n';
const disposals: (() => Promise<void>)[] = [];
afterAll(async () => { for (const one of disposals) await one(); });

async function verify(stdout: string, code: number) {
  const said = await temporaryFolder({ stdout, stderr: '   Compiling fail v0.1.0\nerror: could not compile `fail` (lib) due to 13 previous errors\n' });
  const replay = await replaying({ 'Cargo.toml': { stdout: join(said.root, 'stdout'), stderr: join(said.root, 'stderr'), code } }, { cargo: true });
  const folder = await temporaryFolder({ 'Cargo.toml': MANIFEST, 'src/lib.rs': readFileSync(join(RECORDED, 'fail.rs')) });
  disposals.push(said.dispose, replay.dispose, folder.dispose);
  return { checked: await checkFolder(verus, folder.root, { tools: replay.tools }), root: folder.root };
}

const read = (name: string): string => readFileSync(join(RECORDED, name), 'utf8');
const messages = (name: string): string => read(name).split('\n').filter((line) => line.startsWith('{')).map((line) => JSON.stringify({ reason: 'compiler-message', message: JSON.parse(line.replaceAll('"file_name":"fail.rs"', '"file_name":"src/lib.rs"')) })).join('\n');

describe.skipIf(!hasRecorded)('packages (needs recorded runs)', () => {
  it('reads the crate between others and messages, from a private copy', async () => {
    const stdout = `${read('ok_json.stdout.txt')}${messages('fail_json_time.stderr.txt')}\n${read('fail_json_time.stdout.txt')}{"reason":"build-finished","success":false}\n`;
    const { checked, root } = await verify(stdout, 101);
    const kinds = Object.fromEntries(checked.results.map((one) => [one.obligation.slice(one.obligation.indexOf('#') + 1), one.verdict.kind]));
    expect(kinds).toMatchObject({ 'fail::needs_pos': 'proved', 'fail::multi': 'failed', 'fail::inner::lemma_bad': 'failed', 'fail::inner::lemma_ok': 'proved', 'ok::add1': 'proved' });
    expect(checked.results.find((one) => one.obligation.endsWith('#fail::div0'))!.diagnostics).toMatchObject([{ file: 'src/lib.rs', range: { start: { line: 9 } } }]);
    const { argv, cwd } = checked.results[0]!.attempts[0]!;
    expect(cwd.startsWith(root)).toBe(false);
    expect(argv.slice(1, 3)).toEqual(['verify', '--manifest-path']);
    expect(checked.projects[0]!.id).toBe('verus:Cargo.toml');
  });

  it('has no verdict of a crate that another stands for', async () => {
    const { checked } = await verify(read('ok_json.stdout.txt'), 0);
    const own = checked.results.filter((one) => one.obligation.includes('#fail::'));
    expect(own.length).toBeGreaterThan(10);
    expect(own.every((one) => one.verdict.kind === 'unknown')).toBe(true);
  });

  it('is green of nothing where one object of several is cut', async () => {
    const { checked } = await verify(`${read('ok_json.stdout.txt')}${read('ok_json.stdout.txt').slice(0, 900)}`, 0);
    expect(checked.results.map((one) => one.verdict.kind)).not.toContain('proved');
  });
});
