/** Everything the window knows, as one plain value. Reducers make the next from it; components read parts of it. */
import type {
  AppInfo, BridgeEventOf, ComparisonView, DoctorView, FindResult, GraphView, InstallState, MachineLoad, MadeReport, ObligationDetail, PlanView, ProblemRow, ProofBudget, RecentRepository, RecipeView, RequestOutput, RunState, RunSummary, Settings, TreeFileView,
} from '../../app/contract.ts';
import { INITIAL_TABLE_VIEW, type TableView } from '../ledger/table-view.ts';
import { NO_GOALS, type GoalsState } from './goals.ts';
import type { LaneTimeline } from './lanes.ts';
import { INITIAL_LAYOUT, type LayoutState } from './layout.ts';
import type { LiveFiles } from './live.ts';
import { IDLE, type Loadable } from './loadable.ts';
import type { Notice } from './notices.ts';
import type { Race } from './proof.ts';
import { emptyTable, type RowTable } from './rows.ts';
import { NOTHING_SELECTED, type SelectionHistory } from './selection.ts';
import type { Unsaved } from './unsaved.ts';

export interface SampleLine { readonly id: string; readonly name: string; readonly line: string }
export type Progress = Omit<BridgeEventOf<'progress'>, 'type' | 'repository'>;
export type Overlay = 'palette' | 'go-to' | 'legend' | 'none';

export interface WindowState {
  readonly engine: { readonly state: 'starting' | 'ready' | 'crashed' | 'gone'; readonly message?: string };
  readonly info?: AppInfo;
  readonly settings?: Settings;
  readonly load?: MachineLoad;
  readonly recent: Loadable<{ readonly repositories: readonly RecentRepository[]; readonly samples: readonly SampleLine[] }>;
  /** While a repository is being opened. */
  readonly opening?: { readonly what: string; readonly step?: string; readonly detail?: string };
  readonly plan: Loadable<PlanView>;
  readonly table: RowTable;
  /** Highest revision of rows that is in the table. */
  readonly rowsLoaded: Loadable<number>;
  /** Files with edits that are not on the disk, or not read again since. */
  readonly unsaved: Unsaved;
  /** What language servers say of open texts; beside the ledger, never in it. */
  readonly live: LiveFiles;
  readonly goals: GoalsState;
  readonly run?: RunState;
  readonly progress?: Progress;
  /** The last search for proofs. */
  readonly race?: Race;
  /** Of the next search. */
  readonly proofBudget: ProofBudget;
  readonly report: Loadable<{ readonly made: MadeReport; readonly page: string }>;
  readonly trust: Loadable<RequestOutput<'ledger.assumptions'>>;
  /** Ids of what the user is about to sign. */
  readonly signing: readonly string[];
  readonly selection: SelectionHistory;
  readonly detail: Loadable<ObligationDetail>;
  readonly problems: Loadable<{ readonly problems: readonly ProblemRow[]; readonly total: number }>;
  readonly graph: Loadable<GraphView>;
  readonly lanes?: LaneTimeline;
  readonly runs: Loadable<readonly RunSummary[]>;
  readonly comparison: Loadable<ComparisonView>;
  readonly doctor: Loadable<DoctorView>;
  readonly recipes: Loadable<readonly RecipeView[]>;
  readonly installs: Readonly<Record<string, InstallState>>;
  readonly output: Loadable<OutputText>;
  readonly files: Loadable<readonly TreeFileView[]>;
  readonly found: Loadable<FindResult & { readonly text: string }>;
  readonly notices: readonly Notice[];
  readonly view: TableView;
  readonly layout: LayoutState;
  readonly overlay: Overlay;
  /** Asked before unsaved edits would be lost. */
  readonly leaving?: { readonly what: string; readonly files: readonly string[] };
  /** Step of the first-run guide; absent where it is not shown. */
  readonly guide?: number;
}

/** A piece of a tool's output as text, for the Output panel. */
export interface OutputText { readonly name: string; readonly sha256: string; readonly text: string; readonly total: number; readonly shown: number }

export const INITIAL_STATE: WindowState = {
  engine: { state: 'starting' }, recent: IDLE, plan: IDLE, table: emptyTable(), unsaved: {}, live: {}, goals: NO_GOALS, rowsLoaded: IDLE, selection: NOTHING_SELECTED, detail: IDLE, problems: IDLE, graph: IDLE, runs: IDLE,
  comparison: IDLE, doctor: IDLE, recipes: IDLE, installs: {}, output: IDLE, files: IDLE, found: IDLE, proofBudget: { wallSeconds: 60 }, report: IDLE, trust: IDLE, signing: [], notices: [], view: INITIAL_TABLE_VIEW, layout: INITIAL_LAYOUT, overlay: 'none',
};
