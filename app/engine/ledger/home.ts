/** Where the store lives: in the user's data folder, never in a repository. `ASSAY_HOME` overrides it. */
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

export function storeHome(
  environment: Readonly<Record<string, string | undefined>> = process.env,
  platform: NodeJS.Platform = process.platform,
  home: string = homedir(),
): string {
  if (environment['ASSAY_HOME']) return resolve(environment['ASSAY_HOME']);
  switch (platform) {
    case 'darwin': return join(home, 'Library', 'Application Support', 'Assay');
    case 'win32': return join(environment['LOCALAPPDATA'] || join(home, 'AppData', 'Local'), 'Assay');
    default: return join(absolute(environment['XDG_DATA_HOME']) ?? join(home, '.local', 'share'), 'assay');
  }
}

/** The XDG rules say that a relative path there is invalid and to be ignored. */
function absolute(path: string | undefined): string | undefined {
  return path?.startsWith('/') ? path : undefined;
}
