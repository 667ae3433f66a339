/** The profile of sandbox-exec (macOS). Its text is tested, no Mac has run it. No network, the home hidden, writing only where it is allowed. */
import { realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import type { View } from './bubblewrap.ts';

/** The last rule that matches decides. */
export function seatbeltProfile(view: View): string {
  return [
    '(version 1)', '(allow default)', '(deny network*)', '(deny mach-lookup)', '(deny signal)', '(allow signal (target same-sandbox))',
    '(deny process-info*)', '(allow process-info* (target same-sandbox))', '(deny file-write*)', `(deny file-read* ${below(homedir())} (subpath "/private/tmp") (subpath "/private/var/folders"))`,
    ...view.readOnly.map((path) => `(allow file-read* ${below(path)})`),
    ...view.writable.map((path) => `(allow file-read* file-write* ${below(path)})`),
    '(allow file-write* (literal "/dev/null") (literal "/dev/tty"))',
  ].join('\n');
}

function below(path: string): string {
  let real = path;
  try { real = realpathSync(path); } catch { /* named as it is */ }
  return `(subpath ${JSON.stringify(real)})`;
}
