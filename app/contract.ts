/**
 * The bridge between the window and the engine: every request with its answer, and every event, once. Both sides
 * validate what they receive (app/host, renderer/bridge). The window imports nothing else of the application.
 *
 * A request that is refused for a reason the user can mend gives a {@link Problem}; it is a value. Texts of a
 * repository (names, messages, file contents) are a stranger's: the window shows them as text, never as markup.
 */
import { z } from 'zod';
import { appInfo, doctorView, installState, laneGap, laneJob, laneSpan, laneView, machineLoad, recipe, settings } from './contract/machine.ts';
import {
  assumption, comparison, fileMarks, graph, ledgerPage, ledgerRow, obligationDetail, obligationId, problemRow, runId, runOptions, runState, runSummary, selection, sha256, witness,
} from './contract/ledger.ts';
import { definition, goals, hover, liveDocument, liveOpening, livePlace, liveText, liveToken, liveVersion, outlineEntry, suggestedState } from './contract/live.ts';
import { candidateTexts, candidateWritten, proofBudget, proofGoal, proofState } from './contract/proof.ts';
import { appendAnswer, appendRequest, entriesAnswer, entriesRequest, signatureFile } from './contract/justify.ts';
import { madeReport, reportRequest } from './contract/report.ts';
import { fileContent, filePath, findQuery, findResult, planView, recentRepository, repositoryId, sample, source, treeFile, writeResult } from './contract/repository.ts';

export { VERDICT_KINDS, classOf } from '../toolchains/verdict.ts';
export type { VerdictKind, VerdictClass } from '../toolchains/verdict.ts';
export type { AppInfo, DoctorView, InstallState, LaneGapView, LaneJobView, LaneSpanView, LaneView, MachineLoad, RecipeView, Settings } from './contract/machine.ts';
export type {
  AssumptionView, Attempt, ComparisonView, CounterexampleView, Counts, Evidence, FileMarks, GraphView, LedgerPage, LedgerRow, ObligationDetail, ProblemRow, RunOptionsView, RunState,
  RunSummary, SelectionView, VerdictView,
} from './contract/ledger.ts';
export { LIVE_TEXT_AT_MOST } from './contract/live.ts';
export type { GoalsView, LiveAbilities, LiveStatusView, LiveView, OutlineView } from './contract/live.ts';
export type { EntriesAnswer, SignatureFile } from './contract/justify.ts';
export type { MadeReport, ReportFormat } from './contract/report.ts';
export type { CandidateTexts, CandidateWritten, ProofAddition, ProofBudget, ProofCandidate, ProofGoal, ProofState } from './contract/proof.ts';
export type { FileContent, FindResult, PlanView, RecentRepository, RepositorySource, ToolchainView, TreeFileView, WriteResult } from './contract/repository.ts';

// The window's content policy forbids making code from text, which zod would else try.
if ('document' in globalThis) z.config({ jitless: true });

const nothing = z.object({});
const ofRepository = z.object({ repository: repositoryId });
/** The window's own state (layout, open tabs, filters): kept, not looked into. */
const kept = z.json();
const stateName = z.string().regex(/^[a-z][a-z0-9-]{0,59}$/);
/** Largest page of rows, and largest piece of an output (bytes). */
export const ROWS_A_PAGE = 5_000;
export const OUTPUT_CHUNK = 1_048_576;
/** Batches of events are at least this far apart (milliseconds). */
export const EVENT_PERIOD = 100;

/** Answered by the shell around the window (Electron's main process); where there is none: `unsupported`. */
const shellRequests = {
  'shell.choose': { input: z.object({ what: z.enum(['folder', 'file', 'archive', 'tool-archive']) }), output: z.object({ paths: z.array(z.string()) }) },
  /** Asks where to save; no path where the user went back. */
  'shell.chooseSave': { input: z.object({ name: z.string().max(200), endings: z.array(z.string().regex(/^[a-z0-9]{1,8}$/)).max(8) }), output: z.object({ path: z.string().optional() }) },
  /** Shows a file of the open repository or of the data folder in the system's file manager. */
  'shell.reveal': { input: z.object({ path: z.string().min(1).max(4096) }), output: nothing },
  /** Opens the user's browser, after asking; https only. */
  'shell.openLink': { input: z.object({ url: z.url({ protocol: /^https$/ }).max(2000) }), output: nothing },
} as const;

export const requests = {
  ...shellRequests,
  'app.info': { input: nothing, output: appInfo },
  'settings.get': { input: nothing, output: settings },
  'settings.set': { input: settings.partial(), output: settings },
  /** State of the window by name, for a repository or (without one) for all; null where nothing was kept. */
  'state.load': { input: z.object({ name: stateName, repository: repositoryId.optional() }), output: z.object({ value: kept }) },
  'state.save': { input: z.object({ name: stateName, repository: repositoryId.optional(), value: kept }), output: nothing },

  'repository.recent': { input: nothing, output: z.object({ repositories: z.array(recentRepository), samples: z.array(sample) }) },
  'repository.forget': { input: z.object({ path: z.string().max(4096) }), output: nothing },
  /** Events `opening` tell how far it is. The repository stays open until `repository.close`, also over a lost connection. */
  'repository.open': { input: z.object({ source }), output: planView },
  'repository.close': { input: ofRepository, output: nothing },
  /** Repositories that are open in the engine now, with what runs: for a window that comes back. */
  'repository.list': { input: nothing, output: z.object({ repositories: z.array(z.object({ repository: repositoryId, root: z.string(), name: z.string(), run: runState.optional() })) }) },
  /** `again` reads the files anew; else the plan as it was last made. */
  'repository.plan': { input: ofRepository.extend({ again: z.boolean() }), output: planView },
  'trust.grant': { input: ofRepository, output: planView },
  'trust.revoke': { input: ofRepository, output: planView },

  'run.start': { input: ofRepository.extend({ selection, options: runOptions }), output: runState },
  /** Answers at once; the event `run` tells when all has ended. */
  'run.cancel': { input: ofRepository, output: nothing },
  /** What the user looks at goes first. Replaces the wish before. */
  'run.focus': { input: z.object({ obligations: z.array(obligationId).max(1000) }), output: nothing },
  'run.list': { input: z.object({ repository: repositoryId.optional() }), output: z.object({ runs: z.array(runSummary) }) },
  'run.rows': { input: z.object({ run: runId, from: z.int().nonnegative(), count: z.int().min(1).max(ROWS_A_PAGE) }), output: ledgerPage },
  'run.compare': { input: z.object({ before: runId, after: runId }), output: comparison },

  /** Searches proofs for what is not green of the selection. Nothing is written. Events `proof` tell how far it is. */
  'prove.start': { input: ofRepository.extend({ selection, budget: proofBudget, strategies: z.array(z.string().max(100)).max(100).optional() }), output: proofState },
  /** Answers at once; the event `proof` tells when all has ended. */
  'prove.cancel': { input: ofRepository, output: nothing },
  /** The last search of this repository; none where there was none since the engine started. */
  'prove.read': { input: ofRepository, output: z.object({ proof: proofState.optional(), goals: z.array(proofGoal) }) },
  'prove.candidate': { input: ofRepository.extend({ candidate: z.string().max(64) }), output: candidateTexts },
  /** Writes it where every file still is what was proved. The verdicts are stale until a run has looked at the files. */
  'prove.accept': { input: ofRepository.extend({ candidate: z.string().max(64) }), output: candidateWritten },
  'prove.reject': { input: ofRepository.extend({ candidate: z.string().max(64) }), output: nothing },
  /** Takes an accepted one back, where the files still are what was written. */
  'prove.undo': { input: ofRepository.extend({ candidate: z.string().max(64) }), output: candidateWritten },

  /** The ledger of the open repository: the newest word on each obligation. Later changes come as events `rows`. */
  'ledger.rows': { input: ofRepository.extend({ from: z.int().nonnegative(), count: z.int().min(1).max(ROWS_A_PAGE) }), output: ledgerPage },
  /** With `run`: as it was in that run. */
  'ledger.detail': { input: ofRepository.extend({ obligation: obligationId, run: runId.optional() }), output: obligationDetail },
  'ledger.assumptions': { input: ofRepository, output: z.object({ assumptions: z.array(assumption), signatures: signatureFile }) },
  /** The first 5,000, errors first. */
  'ledger.problems': { input: ofRepository, output: z.object({ problems: z.array(problemRow), total: z.int() }) },
  'ledger.marks': { input: ofRepository.extend({ file: filePath }), output: fileMarks },
  'ledger.graph': { input: ofRepository, output: graph },

  /** Entries of the signatures' file for these, ready to paste; reviewer and reason may be filled in later. Writes nothing. */
  'justify.entries': { input: ofRepository.extend(entriesRequest.shape), output: entriesAnswer },
  /** Appends the entries to the file at the root, or makes it; an existing one only where it is whole, and still what was read. */
  'justify.append': { input: ofRepository.extend(appendRequest.shape), output: appendAnswer },

  /** What the ledger shows now, of files, tools and runs of different days: each with its own evidence. */
  'report.make': { input: ofRepository.extend(reportRequest.shape), output: madeReport },
  'report.read': { input: z.object({ report: z.string().max(64), offset: z.int().nonnegative(), length: z.int().min(1).max(OUTPUT_CHUNK) }), output: z.object({ total: z.int(), base64: z.string() }) },

  /** Part of an output, base64. `total` is what is kept of it. */
  'output.read': { input: z.object({ sha256, offset: z.int().nonnegative(), length: z.int().min(1).max(OUTPUT_CHUNK) }), output: z.object({ total: z.int(), base64: z.string() }) },
  /** The trace behind a verdict, to be read with `output.read`; none where there is no trace. */
  'witness.find': { input: ofRepository.extend({ obligation: obligationId, run: runId.optional() }), output: z.object({ witness: witness.optional() }) },

  'files.tree': { input: ofRepository, output: z.object({ files: z.array(treeFile) }) },
  'files.read': { input: ofRepository.extend({ path: filePath }), output: fileContent },
  /** Only over a file of the repository, in one move, and only where it still is what the editor read (`base`). */
  'files.write': { input: ofRepository.extend({ path: filePath, text: z.string().max(67_108_864), base: sha256 }), output: writeResult },
  'files.find': { input: ofRepository.extend({ query: findQuery }), output: findResult },
  /** Obligations whose verdicts rest on this file, and which of them would be stale with a buffer of this hash. */
  'files.dependents': { input: ofRepository.extend({ path: filePath, sha256 }), output: z.object({ dependents: z.array(obligationId), stale: z.array(obligationId) }) },

  /** Live answers of a tool's server for a document while it is edited; states come as events `live`. The newest opening of a file has it. */
  'live.open': { input: ofRepository.extend(liveText.omit({ token: true }).shape).extend({ file: filePath }), output: liveOpening },
  'live.change': { input: liveText, output: nothing },
  'live.close': { input: z.object({ token: liveToken }), output: nothing },
  /** Each without an answer where the version is not the newest by the time of the answer. */
  'live.hover': { input: livePlace, output: z.object({ hover: hover.optional() }) },
  'live.definition': { input: livePlace, output: z.object({ places: z.array(definition).optional() }) },
  'live.outline': { input: liveVersion, output: z.object({ entries: z.array(outlineEntry).optional() }) },
  /** Suggested by the tool, not confirmed. */
  'live.counterexamples': { input: liveVersion, output: z.object({ states: z.array(suggestedState).optional() }) },
  'live.goals': { input: livePlace, output: z.object({ goals: goals.optional() }) },

  'lanes.read': { input: nothing, output: laneView },
  'doctor.read': { input: nothing, output: doctorView },
  'install.list': { input: nothing, output: z.object({ recipes: z.array(recipe), jobs: z.array(installState) }) },
  /** `tool` as "z3" or "z3@4.12.1"; `from` is a file of the user's instead of the network. */
  'install.start': { input: z.object({ tool: z.string().min(1).max(100), from: z.string().max(4096).optional() }), output: installState },
  'install.cancel': { input: z.object({ job: z.string().max(64) }), output: nothing },
} as const;

export type Requests = typeof requests;
export type RequestName = keyof Requests;
export type RequestInput<Name extends RequestName> = z.input<Requests[Name]['input']>;
export type RequestOutput<Name extends RequestName> = z.output<Requests[Name]['output']>;
export const REQUEST_NAMES = Object.keys(requests) as readonly RequestName[];

/** What a menu of the system asks the window to do. */
export const menuCommand = z.enum([
  'open-folder', 'open-file', 'close-repository', 'run-all', 'stop', 'palette', 'go-to-file', 'find-in-files', 'settings', 'toolchains', 'legend', 'back', 'forward',
  'toggle-side', 'toggle-bottom', 'toggle-inspector',
]);
export type MenuCommand = z.infer<typeof menuCommand>;

/** Those of a repository go to the windows that have it open. */
export const bridgeEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('notice'), repository: repositoryId.optional(), severity: z.enum(['info', 'warning', 'error']), message: z.string() }),
  z.object({ type: z.literal('opening'), step: z.enum(['copying', 'cloning', 'reading', 'planning']), detail: z.string().optional() }),
  /** The plan was made again (trust, files, tools changed): read plan and rows anew. */
  z.object({ type: z.literal('plan'), repository: repositoryId, revision: z.int() }),
  z.object({ type: z.literal('run'), repository: repositoryId, run: runState }),
  /** Rows to put in or replace, by id. `revision` grows with each batch of a repository. */
  z.object({ type: z.literal('rows'), repository: repositoryId, revision: z.int(), rows: z.array(ledgerRow) }),
  z.object({
    type: z.literal('progress'), repository: repositoryId, total: z.int(), done: z.int(), cached: z.int(), elapsedSeconds: z.number(),
    /** From earlier runs; absent while nothing is known. */
    timeLeft: z.object({ seconds: z.number(), known: z.int(), guessed: z.int() }).optional(),
  }),
  /** The newest state of a document that is open by `live.open`: about `live.version` of it alone. */
  z.object({ type: z.literal('live'), repository: repositoryId, token: liveToken, live: liveDocument }),
  /** A search as it is now, with those of its goals that changed. */
  z.object({ type: z.literal('proof'), repository: repositoryId, proof: proofState, goals: z.array(proofGoal) }),
  z.object({ type: z.literal('load'), load: machineLoad }),
  z.object({ type: z.literal('lanes'), now: z.number(), running: z.array(laneJob), ended: z.array(laneSpan), gaps: z.array(laneGap) }),
  /** Changed on the disk by somebody else; all may have where `more`. */
  z.object({ type: z.literal('files-changed'), repository: repositoryId, paths: z.array(z.string()), more: z.boolean() }),
  z.object({ type: z.literal('install'), install: installState }),
  z.object({ type: z.literal('settings'), settings }),
  z.object({ type: z.literal('menu'), command: menuCommand }),
  /** A path was given to the program from outside (dropped on its icon, second start). */
  z.object({ type: z.literal('open-path'), path: z.string() }),
  /** The engine's process ended. Nothing that was finished is lost; after `restarted` open the repositories again. */
  z.object({ type: z.literal('engine'), state: z.enum(['crashed', 'restarted', 'gone']), message: z.string() }),
]);
export type BridgeEvent = z.infer<typeof bridgeEvent>;
export type BridgeEventOf<Type extends BridgeEvent['type']> = Extract<BridgeEvent, { type: Type }>;

/** Why a request was refused, for people: what, where, and what to do. */
export const problem = z.object({
  kind: z.enum(['input', 'busy', 'not-open', 'cancelled', 'unsupported', 'disconnected', 'internal']),
  message: z.string(), file: z.string().optional(), remedy: z.string().optional(),
});
export type Problem = z.infer<typeof problem>;
export type Outcome<Value> = { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly problem: Problem };

// ---------------------------------------------------------------- messages on the wire

const messageId = z.int().nonnegative();
/** From the window. `input` is validated against the table by its name. */
export const clientMessage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('request'), id: messageId, name: z.enum(REQUEST_NAMES), input: z.unknown() }),
  z.object({ type: z.literal('cancel'), id: messageId }),
]);
export type ClientMessage = z.infer<typeof clientMessage>;

/** To the window. */
export const hostMessage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('answer'), id: messageId, value: z.unknown() }),
  z.object({ type: z.literal('refusal'), id: messageId, problem }),
  z.object({ type: z.literal('events'), events: z.array(bridgeEvent) }),
]);
export type HostMessage = z.infer<typeof hostMessage>;
