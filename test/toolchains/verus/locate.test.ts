import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { createToolHost } from '../../../toolchains/executables.ts';
import { verus } from '../../../toolchains/verus/index.ts';
import { temporaryFolder } from '../check-context.ts';
import { replaying } from './replay.ts';

const before = process.env.RUSTUP_HOME;
afterEach(() => { if (before === undefined) delete process.env.RUSTUP_HOME; else process.env.RUSTUP_HOME = before; });

describe('the Rust toolchain that a Verus runs inside', () => {
  it('is missing with its remedy until rustup has it', async () => {
    const [replay, rustup] = [await replaying({}), await temporaryFolder({ '.keep': '' })];
    try {
      const folder = replay.tools.find((tool) => tool.id === 'verus')!.path.replace(/\/verus$/, '');
      const missing = async () => (await verus.locate(createToolHost({ path: `${folder}:/usr/bin:/bin` }))).missing.filter((one) => one.id === 'rust');
      process.env.RUSTUP_HOME = join(rustup.root, 'nowhere');
      expect(await missing()).toMatchObject([{ remedy: 'install rustup (https://rustup.rs), then: rustup toolchain install 1.95.0-x86_64-unknown-linux-gnu' }]);
      process.env.RUSTUP_HOME = rustup.root;
      expect(await missing()).toMatchObject([{ why: expect.stringContaining('Rust 1.95.0') as string, remedy: 'rustup toolchain install 1.95.0-x86_64-unknown-linux-gnu' }]);
      await mkdir(join(rustup.root, 'toolchains/1.95.0-x86_64-unknown-linux-gnu'), { recursive: true });
      expect(await missing()).toEqual([]);
    } finally {
      await Promise.all([replay.dispose(), rustup.dispose()]);
    }
  });
});
