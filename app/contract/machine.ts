/** What the window knows of the application and its machine: settings, tools, installations, lanes. */
import { z } from 'zod';
import { obligationId } from './ledger.ts';
import { sandbox, toolchainTools } from './repository.ts';

export const appInfo = z.object({
  version: z.string(),
  /** `electron`: native dialogs and menus. `web`: a browser on `assay serve`. */
  transport: z.enum(['electron', 'web']),
  platform: z.enum(['linux', 'darwin', 'win32', 'other']),
  /** Where results are kept. */
  home: z.string(),
  /** Runtimes by name: node, electron, chrome. */
  versions: z.record(z.string(), z.string()),
  cores: z.int(),
  memoryMb: z.int(),
  /** What cannot be done here is not offered. */
  can: z.object({ chooseFiles: z.boolean(), revealFiles: z.boolean(), git: z.boolean() }),
  toolchains: z.array(z.object({ id: z.string(), name: z.string() })),
});
export type AppInfo = z.infer<typeof appInfo>;

export const settings = z.object({
  theme: z.enum(['system', 'light', 'dark', 'contrast']),
  /** Pixels of the base size. */
  fontSize: z.int().min(10).max(24),
  /** Cores that runs may use; 0: all. Holds from the next start of the engine. */
  cores: z.int().min(0).max(4096),
  memoryMb: z.int().min(16).max(16_777_216),
  effort: z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3), z.literal(4)]),
  /** Overrides the effort's. */
  wallSeconds: z.number().positive().max(31_536_000).optional(),
  verifyOn: z.enum(['ask', 'save', 'pause']),
  /** Answers of language servers while one types. */
  live: z.boolean(),
  notifyAfterSeconds: z.int().min(0).max(86_400),
  /** By command id, in the form "Ctrl+Shift+P"; "" takes a key away. */
  keys: z.record(z.string().max(100), z.string().max(60)),
  firstRunDone: z.boolean(),
});
export type Settings = z.infer<typeof settings>;

export const doctorView = z.object({
  version: z.string(), node: z.string(), home: z.string(), platform: z.string(), cores: z.int(), memoryMb: z.int(),
  toolchains: z.array(toolchainTools), sandbox, notices: z.array(z.string()),
  /** The same as text, for copying. */
  text: z.string(),
});
export type DoctorView = z.infer<typeof doctorView>;

export const recipe = z.object({
  tool: z.string(), version: z.string(), installed: z.boolean(),
  /** Why it cannot be had on this platform. */
  unavailable: z.string().optional(),
  note: z.string().optional(),
});
export type RecipeView = z.infer<typeof recipe>;

export const installState = z.object({
  job: z.string(), tool: z.string(), version: z.string(),
  state: z.enum(['fetch', 'check', 'unpack', 'run', 'done', 'failed', 'cancelled']),
  bytes: z.number().optional(), totalBytes: z.number().optional(), secondsLeft: z.number().optional(),
  /** Where it is, or what went wrong and what to do. */
  message: z.string().optional(),
});
export type InstallState = z.infer<typeof installState>;

export const laneOutcome = z.enum(['finished', 'cancelled', 'failed']);
/** Seconds of the engine's monotonic clock; `now` in each answer and event relates them to the present. */
export const laneSpan = z.object({
  lanes: z.array(z.string()), label: z.string(), obligations: z.array(obligationId), startedAt: z.number(), endedAt: z.number(), outcome: laneOutcome,
});
export const laneGap = z.object({ lane: z.string(), reason: z.string(), startedAt: z.number(), endedAt: z.number() });
export const laneJob = z.object({
  lanes: z.array(z.string()), label: z.string(), obligations: z.array(obligationId), startedAt: z.number(), memoryMb: z.number(),
  /** Cancelled, and not yet gone. */
  ending: z.boolean(),
});
export type LaneSpanView = z.infer<typeof laneSpan>;
export type LaneGapView = z.infer<typeof laneGap>;
export type LaneJobView = z.infer<typeof laneJob>;

export const laneView = z.object({
  lanes: z.array(z.string()), spans: z.array(laneSpan), gaps: z.array(laneGap), running: z.array(laneJob), now: z.number(),
  /** Older spans that are no longer kept. */
  dropped: z.int(),
});
export type LaneView = z.infer<typeof laneView>;

/** For the status line. */
export const machineLoad = z.object({
  cores: z.int(), coresInUse: z.int(), memoryMb: z.number(), memoryFreeMb: z.number(), running: z.int(), queued: z.int(),
  /** What the first in the queue waits for, in words. */
  waits: z.string().optional(),
});
export type MachineLoad = z.infer<typeof machineLoad>;
