/** Dafny 4.11.0: the tool of NuGet where dotnet is there, else the release, which brings its own .NET and Z3. */
import type { Recipe, RecipeArchive } from '../recipe.ts';

const VERSION = '4.11.0';
const asset = (platform: string, sha256?: string): RecipeArchive => ({
  url: `https://github.com/dafny-lang/dafny/releases/download/v${VERSION}/dafny-${VERSION}-${platform}.zip`,
  programs: [platform.includes('windows') ? 'dafny.exe' : 'dafny'], ...(sha256 === undefined ? {} : { sha256 }),
});

export const dafnyRecipes: readonly Recipe[] = [{
  id: 'dafny', version: VERSION, dotnetTool: 'dafny',
  archives: {
    // The digest that GitHub's releases API shows for the asset, as public projects that pin it write it down.
    'linux-x64': asset('x64-ubuntu-22.04', 'a46a9ff7cdd720f7955854c78e95df13f4cfe6b80691b05f8654fe19e8267179'),
    'darwin-x64': asset('x64-macos-13'), 'darwin-arm64': asset('arm64-macos-13'), 'win32-x64': asset('x64-windows-2022'),
  },
  note: 'the tool of NuGet brings no Z3: ./assay install z3@4.12.1',
}];
