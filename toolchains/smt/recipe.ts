/** Z3, in the versions that proofs were seen to need. Asset names as its releases have them; no checksum is published there. */
import type { Recipe, RecipeArchive } from '../recipe.ts';

const asset = (version: string, platform: string): RecipeArchive => ({
  url: `https://github.com/Z3Prover/z3/releases/download/z3-${version}/z3-${version}-${platform}.zip`, programs: [platform.endsWith('win') ? 'bin/z3.exe' : 'bin/z3'],
});

export const z3Recipes: readonly Recipe[] = [
  {
    id: 'z3', version: '4.13.3',
    archives: {
      'linux-x64': asset('4.13.3', 'x64-glibc-2.35'), 'linux-arm64': asset('4.13.3', 'arm64-glibc-2.34'),
      'darwin-x64': asset('4.13.3', 'x64-osx-13.7'), 'darwin-arm64': asset('4.13.3', 'arm64-osx-13.7'), 'win32-x64': asset('4.13.3', 'x64-win'),
    },
  },
  {
    // The one that Dafny 4 was made with.
    id: 'z3', version: '4.12.1',
    archives: {
      'linux-x64': asset('4.12.1', 'x64-glibc-2.35'), 'darwin-x64': asset('4.12.1', 'x64-osx-10.16'), 'darwin-arm64': asset('4.12.1', 'arm64-osx-11.0'), 'win32-x64': asset('4.12.1', 'x64-win'),
    },
  },
];
