/** Lean 4 through elan, which also fetches what the `lean-toolchain` of a package asks for. */
import type { Recipe, RecipeArchive } from '../recipe.ts';

const ELAN = 'v4.1.2';
const elan = (platform: string): RecipeArchive => ({ url: `https://github.com/leanprover/elan/releases/download/${ELAN}/elan-${platform}.tar.gz`, programs: ['elan-init'] });

export const leanRecipes: readonly Recipe[] = [{
  // The first release that ships leanchecker.
  id: 'lean', version: '4.28.0', elanToolchain: 'leanprover/lean4:v4.28.0',
  archives: {
    'linux-x64': elan('x86_64-unknown-linux-gnu'), 'linux-arm64': elan('aarch64-unknown-linux-gnu'), 'darwin-x64': elan('x86_64-apple-darwin'), 'darwin-arm64': elan('aarch64-apple-darwin'),
  },
}];
