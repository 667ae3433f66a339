/** Requests that the window's shell answers itself: dialogs, the file manager, the user's browser. */
import { dialog, shell, type BrowserWindow, type FileFilter } from 'electron';
import { realpathSync } from 'node:fs';
import { requests, type Problem, type RequestName } from '../contract.ts';

type ShellName = Extract<RequestName, `shell.${string}`>;

export class ShellRefusal extends Error {
  constructor(readonly problem: Problem) { super(problem.message); }
}

const ARCHIVES: FileFilter[] = [{ name: 'Archives', extensions: ['zip', 'gz', 'tgz', 'tar'] }];
const TOOL_ARCHIVES: FileFilter[] = [{ name: 'Archives of tools', extensions: ['zip', 'gz', 'tgz', 'tar', 'nupkg'] }];

export function isShellRequest(name: RequestName): name is ShellName { return name.startsWith('shell.'); }

/** @throws ShellRefusal */
export async function answerShell(window: BrowserWindow, name: ShellName, input: unknown): Promise<unknown> {
  switch (name) {
    case 'shell.choose': {
      const { what } = parsed(name, input);
      const filters = what === 'archive' ? ARCHIVES : what === 'tool-archive' ? TOOL_ARCHIVES : undefined;
      const { canceled, filePaths } = await dialog.showOpenDialog(window, { properties: [what === 'folder' ? 'openDirectory' : 'openFile'], ...(filters ? { filters } : {}) });
      return { paths: canceled ? [] : filePaths };
    }
    case 'shell.chooseSave': {
      const { name: file, endings } = parsed(name, input);
      const { canceled, filePath } = await dialog.showSaveDialog(window, { defaultPath: file.replace(/[\\/]/g, '_'), filters: endings.map((ending) => ({ name: ending, extensions: [ending] })) });
      return canceled || !filePath ? {} : { path: filePath };
    }
    case 'shell.reveal': {
      const { path } = parsed(name, input);
      let real: string;
      try { real = realpathSync.native(path); } catch { throw new ShellRefusal({ kind: 'input', message: `${path} is not there` }); }
      // Shows it beside its neighbours; opens and starts nothing.
      shell.showItemInFolder(real);
      return {};
    }
    case 'shell.openLink': {
      const { url } = parsed(name, input);
      const { response } = await dialog.showMessageBox(window, {
        type: 'question', buttons: ['Open', 'Cancel'], defaultId: 1, cancelId: 1, noLink: true, message: 'Open this address in your browser?', detail: new URL(url).href,
      });
      if (response === 0) await shell.openExternal(new URL(url).href);
      return {};
    }
  }
}

function parsed<Name extends ShellName>(name: Name, input: unknown): ReturnType<(typeof requests)[Name]['input']['parse']> {
  const result = requests[name].input.safeParse(input);
  if (!result.success) throw new ShellRefusal({ kind: 'input', message: `${name}: ${result.error.issues.map((issue) => issue.message).join('; ')}` });
  return result.data as ReturnType<(typeof requests)[Name]['input']['parse']>;
}
