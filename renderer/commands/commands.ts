/** Every action of the window, once: the palette, the keys, the menus of the system and the buttons all use these. */
import type { MenuCommand } from '../../app/contract.ts';
import { undoFilter } from '../ledger/table-view.ts';
import { choose, closeRepository, replan } from '../session/repository.ts';
import { goBack, goForward } from '../session/inspect.ts';
import { failingRows, lastWritten, proveSelected, proveThese, stopProving, undoCandidate } from '../session/proof.ts';
import { previewReport } from '../session/report.ts';
import { startRun, stopRun } from '../session/run.ts';
import { changeSettings } from '../session/machine.ts';
import type { Session } from '../session/session.ts';
import { isSearching } from '../store/proof.ts';
import { restoreNotice } from '../store/notices.ts';
import type { LayoutState } from '../store/layout.ts';
import type { Overlay, WindowState } from '../store/state.ts';
import { focusPlace } from '../layout/places.ts';
import { stepProblem } from './step-problem.ts';

export interface Command {
  readonly id: string;
  readonly title: string;
  readonly group: 'Repository' | 'Run' | 'Prove' | 'Go' | 'View' | 'Settings';
  readonly keys?: string;
  /** Where a browser keeps `keys` for itself (`assay serve`). */
  readonly browserKeys?: string;
  readonly menu?: MenuCommand;
  readonly can?: (state: WindowState) => boolean;
  readonly run: (session: Session) => void;
}

const isOpen = (state: WindowState): boolean => state.plan.state === 'ready' || (state.plan.state === 'loading' && state.plan.before !== undefined);
const isRunning = (state: WindowState): boolean => state.run?.state === 'running' || state.run?.state === 'cancelling';
const canRun = (state: WindowState): boolean => isOpen(state) && !isRunning(state) && state.engine.state === 'ready';
const canProve = (state: WindowState): boolean => isOpen(state) && state.engine.state === 'ready';
const selected = (state: WindowState): string | undefined => state.selection.present.obligation;

const layout = (change: (layout: LayoutState) => Partial<LayoutState>) => (session: Session): void => {
  session.update((state) => ({ ...state, layout: { ...state.layout, ...change(state.layout) } }));
};
const overlay = (name: Overlay) => (session: Session): void => {
  session.update((state) => ({ ...state, overlay: state.overlay === name ? 'none' : name }));
};
const bottomTab = (tab: LayoutState['bottomTab']) => layout(() => ({ bottom: true, bottomTab: tab }));
const chooses = (state: WindowState): boolean => state.info?.can.chooseFiles === true;

export const COMMANDS: readonly Command[] = [
  { id: 'repository.open-folder', title: 'Open folder…', group: 'Repository', keys: 'Ctrl+O', menu: 'open-folder', can: chooses, run: (session) => { void choose(session, 'folder'); } },
  { id: 'repository.open-file', title: 'Open file or archive…', group: 'Repository', keys: 'Ctrl+Shift+O', menu: 'open-file', can: chooses, run: (session) => { void choose(session, 'file'); } },
  { id: 'repository.plan-again', title: 'Read the repository again', group: 'Repository', can: isOpen, run: (session) => { void replan(session, true); } },
  { id: 'repository.close', title: 'Close repository', group: 'Repository', menu: 'close-repository', can: isOpen, run: (session) => { void closeRepository(session); } },
  { id: 'run.all', title: 'Run all', group: 'Run', keys: 'F5', menu: 'run-all', can: canRun, run: (session) => { void startRun(session); } },
  { id: 'run.fresh', title: 'Run all afresh, without what is kept', group: 'Run', can: canRun, run: (session) => { void startRun(session, {}, { fresh: true }); } },
  { id: 'run.stop', title: 'Stop', group: 'Run', keys: 'Shift+F5', menu: 'stop', can: isRunning, run: (session) => { void stopRun(session); } },
  {
    id: 'run.selected', title: 'Verify the selected obligation', group: 'Run', keys: 'Ctrl+Enter', can: (state) => canRun(state) && selected(state) !== undefined,
    run: (session) => { const id = selected(session.get()); if (id !== undefined) void startRun(session, { ids: [id] }); },
  },
  {
    id: 'run.file', title: 'Verify the file', group: 'Run', keys: 'Ctrl+Shift+Enter', can: (state) => canRun(state) && state.selection.present.file !== undefined,
    run: (session) => { const { file } = session.get().selection.present; if (file !== undefined) void startRun(session, { files: [file] }); },
  },
  { id: 'prove.selected', title: 'Prove it', group: 'Prove', keys: 'Alt+P', can: canProve, run: (session) => { void proveSelected(session); focusPlace(session, 'centre'); } },
  { id: 'prove.failing', title: 'Prove all that fail', group: 'Prove', can: (state) => canProve(state) && failingRows(state).length > 0, run: (session) => { void proveThese(session, failingRows(session.get())); focusPlace(session, 'centre'); } },
  { id: 'prove.stop', title: 'Stop the search for proofs', group: 'Prove', can: (state) => isSearching(state.race), run: (session) => { void stopProving(session); } },
  { id: 'prove.undo', title: 'Undo the last accepted proof', group: 'Prove', can: (state) => lastWritten(state) !== undefined, run: (session) => { const last = lastWritten(session.get()); if (last !== undefined) void undoCandidate(session, last); } },
  { id: 'go.next-problem', title: 'Next problem', group: 'Go', keys: 'F8', can: isOpen, run: (session) => { stepProblem(session, 1); } },
  { id: 'go.previous-problem', title: 'Previous problem', group: 'Go', keys: 'Shift+F8', can: isOpen, run: (session) => { stepProblem(session, -1); } },
  { id: 'go.back', title: 'Back', group: 'Go', keys: 'Alt+Left', browserKeys: 'Ctrl+Alt+Left', menu: 'back', run: goBack },
  { id: 'go.forward', title: 'Forward', group: 'Go', keys: 'Alt+Right', browserKeys: 'Ctrl+Alt+Right', menu: 'forward', run: goForward },
  { id: 'go.to', title: 'Go to file, @symbol, #obligation…', group: 'Go', keys: 'Ctrl+P', menu: 'go-to-file', can: isOpen, run: overlay('go-to') },
  { id: 'go.find', title: 'Find in repository', group: 'Go', keys: 'Ctrl+Shift+F', menu: 'find-in-files', can: isOpen, run: (session) => { layout(() => ({ side: true, sideView: 'search' }))(session); focusPlace(session, 'side'); } },
  { id: 'go.side', title: 'Go to the side', group: 'Go', keys: 'Ctrl+1', browserKeys: 'Alt+Shift+1', run: (session) => { focusPlace(session, 'side'); } },
  { id: 'go.centre', title: 'Go to the centre', group: 'Go', keys: 'Ctrl+2', browserKeys: 'Alt+Shift+2', run: (session) => { focusPlace(session, 'centre'); } },
  { id: 'go.inspector', title: 'Go to the inspector', group: 'Go', keys: 'Ctrl+3', browserKeys: 'Alt+Shift+3', run: (session) => { focusPlace(session, 'inspector'); } },
  { id: 'go.bottom', title: 'Go to the bottom', group: 'Go', keys: 'Ctrl+4', browserKeys: 'Alt+Shift+4', run: (session) => { focusPlace(session, 'bottom'); } },
  { id: 'go.top', title: 'Go to the top bar', group: 'Go', keys: 'Ctrl+5', browserKeys: 'Alt+Shift+5', run: (session) => { focusPlace(session, 'top'); } },
  { id: 'view.palette', title: 'All commands', group: 'View', keys: 'Ctrl+Shift+P', browserKeys: 'F1', menu: 'palette', run: overlay('palette') },
  { id: 'view.legend', title: 'Legend and keys', group: 'View', keys: 'Shift+/', menu: 'legend', run: overlay('legend') },
  { id: 'view.start', title: 'Start page', group: 'View', run: (session) => { session.centre?.open('start'); } },
  { id: 'view.plan', title: 'Plan', group: 'View', can: isOpen, run: (session) => { session.centre?.open('plan'); } },
  { id: 'view.ledger', title: 'Ledger', group: 'View', can: isOpen, run: (session) => { session.centre?.open('ledger'); } },
  { id: 'view.compare', title: 'Compare runs', group: 'View', can: isOpen, run: (session) => { session.centre?.open('compare'); } },
  { id: 'view.synthesis', title: 'Synthesis', group: 'View', can: isOpen, run: (session) => { session.centre?.open('synthesis'); } },
  { id: 'view.assumptions', title: 'Assumptions and signatures', group: 'View', can: isOpen, run: (session) => { session.centre?.open('assumptions'); } },
  { id: 'view.report', title: 'Report: preview and save', group: 'View', can: isOpen, run: (session) => { session.centre?.open('report'); void previewReport(session); } },
  { id: 'view.toolchains', title: 'Toolchains', group: 'View', menu: 'toolchains', run: (session) => { session.centre?.open('toolchains'); } },
  { id: 'view.settings', title: 'Settings', group: 'View', keys: 'Ctrl+,', menu: 'settings', run: (session) => { session.centre?.open('settings'); } },
  { id: 'view.side', title: 'Show or hide the side', group: 'View', keys: 'Ctrl+B', menu: 'toggle-side', run: layout((now) => ({ side: !now.side })) },
  { id: 'view.bottom', title: 'Show or hide the bottom', group: 'View', keys: 'Ctrl+J', menu: 'toggle-bottom', run: layout((now) => ({ bottom: !now.bottom })) },
  { id: 'view.inspector', title: 'Show or hide the inspector', group: 'View', keys: 'Ctrl+I', menu: 'toggle-inspector', run: layout((now) => ({ inspector: !now.inspector })) },
  { id: 'view.problems', title: 'Problems', group: 'View', run: bottomTab('problems') },
  { id: 'view.lanes', title: 'Lanes', group: 'View', run: bottomTab('lanes') },
  { id: 'view.output', title: 'Output', group: 'View', run: bottomTab('output') },
  { id: 'view.history', title: 'History of runs', group: 'View', run: bottomTab('history') },
  { id: 'view.guide', title: 'First-run guide', group: 'View', run: (session) => { session.update((state) => ({ ...state, guide: 0 })); session.centre?.open('start'); } },
  { id: 'edit.undo-filter', title: 'Undo the last filter', group: 'View', keys: 'Alt+Backspace', can: (state) => state.view.earlierFilters.length > 0, run: (session) => { session.update((state) => ({ ...state, view: undoFilter(state.view) })); } },
  {
    id: 'edit.restore-notice', title: 'Bring back the last dismissed notice', group: 'View', can: (state) => state.notices.some((notice) => notice.dismissed),
    run: (session) => { const last = session.get().notices.findLast((notice) => notice.dismissed); if (last) session.update((state) => ({ ...state, notices: restoreNotice(state.notices, last.id) })); },
  },
  { id: 'settings.theme-system', title: 'Theme: as the system', group: 'Settings', run: (session) => { void changeSettings(session, { theme: 'system' }); } },
  { id: 'settings.theme-light', title: 'Theme: light', group: 'Settings', run: (session) => { void changeSettings(session, { theme: 'light' }); } },
  { id: 'settings.theme-dark', title: 'Theme: dark', group: 'Settings', run: (session) => { void changeSettings(session, { theme: 'dark' }); } },
  { id: 'settings.theme-contrast', title: 'Theme: high contrast', group: 'Settings', run: (session) => { void changeSettings(session, { theme: 'contrast' }); } },
];
