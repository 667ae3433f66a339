/** Commands about the text that has the focus. Monaco is loaded with the first editor, and these act on nothing before. */
import { registerCommand } from '../../commands/registry.ts';
import { saveEverything } from '../../session/leave.ts';
import { pauseGoals, pinGoals } from '../../store/goals.ts';
import type { WindowState } from '../../store/state.ts';

const hasGoals = (state: WindowState): boolean => Object.values(state.live).some((one) => one.abilities?.goals === true);
const hasLive = (state: WindowState): boolean => Object.values(state.live).some((one) => one.abilities !== undefined);
const act = (action: string) => (): void => { void import('./active-view.ts').then(({ activeView }) => { const view = activeView()?.view; view?.focus(); void view?.getAction(action)?.run(); }); };

export function registerEditorCommands(): void {
  registerCommand({ id: 'editor.save-all', title: 'Save all files', group: 'Repository', can: (state) => Object.keys(state.unsaved).length > 0, run: (session) => { void saveEverything(session); } });
  registerCommand({ id: 'editor.outline', title: 'Outline of the file', group: 'Go', keys: 'Alt+O', can: (state) => state.selection.present.file !== undefined, run: act('editor.action.quickOutline') });
  registerCommand({ id: 'editor.definition', title: 'Go to definition', group: 'Go', keys: 'F12', browserKeys: 'Alt+F12', can: hasLive, run: act('editor.action.revealDefinition') });
  registerCommand({
    id: 'editor.peek-values', title: 'Peek at the values of a failure (live)', group: 'Go', keys: 'Alt+V', can: hasLive,
    run: (session) => { void import('./active-view.ts').then(async ({ activeView }) => { const active = activeView(); if (active) await (await import('./live/peek.ts')).peekValues(session, active); }); },
  });
  registerCommand({ id: 'goals.pin', title: 'Pin the goals', group: 'View', can: hasGoals, run: (session) => { session.update(pinGoals); } });
  registerCommand({ id: 'goals.pause', title: 'Pause or follow the goals at the cursor', group: 'View', can: hasGoals, run: (session) => { session.update(pauseGoals); } });
}
