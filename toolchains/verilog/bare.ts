/** The default tasks of a design that no .sby names: asserts are proved (or bounded, where no proof is found), covers are searched. */
import type { Project } from '../contract.ts';
import { DEFAULT_TRACES, type LaidOutFile, type Mode, type PreparedTask } from './design.ts';
import { readScriptLine } from './sby/commands.ts';

/** sby's default. */
const DEPTH = 20;

/** Kept in Project.options by recognise. */
export interface BareDesign {
  /** Where the top stands. */
  readonly file: string;
  readonly top: string;
  /** Read in this order. */
  readonly sources: readonly string[];
  /** Found by `include, and contents of memories. */
  readonly included: readonly string[];
}

export function bareTasks(project: Project): readonly PreparedTask[] {
  const design = project.options as unknown as BareDesign;
  return [task(design, 'prove'), task(design, 'cover')];
}

export function bareFiles(design: BareDesign): readonly LaidOutFile[] {
  return [...design.sources, ...design.included].map(source => ({ path: safePath(source), source, lineOffset: 0 }));
}

export function bareScript(design: BareDesign): PreparedTask['script'] {
  const folders = [...new Set([...design.sources, ...design.included].map(source => safePath(source).split('/').slice(0, -1).join('/') || '.'))];
  const include = folders.map(folder => ` -I${folder}`).join('');
  const lines = design.sources.map(source => `read_verilog${source.endsWith('.sv') ? ' -sv' : ''} -formal${include} ${safePath(source)}`);
  return [...lines, `prep -top ${yosysName(design.top)}`].map(text => readScriptLine(text, 0));
}

function task(design: BareDesign, mode: Mode): PreparedTask {
  return {
    origin: design.file, mode, depth: DEPTH, skip: 0, traces: DEFAULT_TRACES, multiclock: false, assumeEarly: true, coverAssert: false, wait: false, notes: [], engines: [], script: bareScript(design), files: bareFiles(design), executesCode: false,
  };
}

/** A path as one word of a yosys script. */
function safePath(path: string): string {
  const safe = path.replace(/[^A-Za-z0-9_./]/g, character => (character === '-' ? '-' : `_${character.codePointAt(0)!.toString(16)}_`));
  return safe.startsWith('-') ? `_${safe}` : safe;
}

function yosysName(top: string): string {
  return /^[A-Za-z_][A-Za-z0-9_$]*$/.test(top) ? top : `\\${top}`;
}
