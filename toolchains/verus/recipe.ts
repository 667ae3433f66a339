/** Verus, as its weekly releases are named; Z3 comes with it, the Rust toolchain does not. */
import type { Recipe, RecipeArchive } from '../recipe.ts';

const VERSION = '0.2026.06.07.cd03505';
const asset = (platform: string): RecipeArchive => ({
  url: `https://github.com/verus-lang/verus/releases/download/release/${VERSION}/verus-${VERSION}-${platform}.zip`,
  programs: platform.endsWith('win') ? ['verus.exe'] : ['verus', 'rust_verify', 'z3'],
});

export const verusRecipes: readonly Recipe[] = [{
  id: 'verus', version: VERSION,
  archives: { 'linux-x64': asset('x86-linux'), 'darwin-x64': asset('x86-macos'), 'darwin-arm64': asset('arm64-macos'), 'win32-x64': asset('x86-win') },
  note: 'it runs on a toolchain of rustup: rustup toolchain install 1.95.0',
}];
