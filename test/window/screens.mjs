// `npm run screens`: pictures of every view in each theme and size under docs/screens, made anew (screens.test.ts), with their
// colours put on a palette by ImageMagick where it is installed: a window has few, and the pictures stay small.
// usage: node test/window/screens.mjs [FOLDER]
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const folder = resolve(process.argv[2] ?? join(root, 'docs', 'screens'));
const COLOURS = 96;

mkdirSync(folder, { recursive: true });
for (const name of readdirSync(folder)) if (name.endsWith('.png')) rmSync(join(folder, name));
const made = spawnSync(process.execPath, [join(root, 'node_modules', 'vitest', 'vitest.mjs'), 'run', 'test/window/screens.test.ts'], { cwd: root, stdio: 'inherit', env: { ...process.env, ASSAY_SCREENS: folder } });
const pictures = readdirSync(folder).filter((name) => name.endsWith('.png'));
const small = pictures.length > 0 && spawnSync('mogrify', ['+dither', '-colors', String(COLOURS), '-define', 'png:compression-level=9', '-strip', ...pictures], { cwd: folder, stdio: 'inherit' }).status === 0;
const bytes = pictures.reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
console.log(`${pictures.length} pictures, ${(bytes / 2 ** 20).toFixed(1)} MiB${small ? '' : ' (not made small: ImageMagick is not here)'}, in ${folder}`);
process.exitCode = made.status ?? 1;
