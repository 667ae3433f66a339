/**
 * Which yosys commands only read designs and prepare them for checking. Everything else counts as code of the
 * repository: it can run programs or write files (`!cmd`, exec, tcl, plugin, write_*, tee, script, techmap with a
 * map file, whose `_TECHMAP_DO_` runs commands), and needs trust.
 *
 * Scripts are split here by yosys's own rules (words at white space, "…" keeps one word together, a word that
 * ends in ";" ends the command, "#" to the end of the line) and written out again one command a line, so that
 * what was judged is what runs.
 */
import type { ScriptLine } from '../design.ts';

const PLAIN = [
  'read', 'read_verilog', 'read_rtlil', 'read_ilang', 'read_json', 'read_aiger', 'read_blif', 'read_liberty', 'verilog_defines', 'verilog_defaults',
  'hierarchy', 'prep', 'proc', 'proc_arst', 'proc_clean', 'proc_dff', 'proc_dlatch', 'proc_init', 'proc_memwr', 'proc_mux', 'proc_prune', 'proc_rmdead', 'proc_rom',
  'flatten', 'opt', 'opt_clean', 'opt_demorgan', 'opt_dff', 'opt_expr', 'opt_ffinv', 'opt_lut', 'opt_mem', 'opt_mem_feedback', 'opt_mem_priority', 'opt_mem_widen',
  'opt_merge', 'opt_muxtree', 'opt_reduce', 'opt_share', 'clean', 'wreduce', 'peepopt', 'share', 'memory', 'memory_bmux2rom', 'memory_collect', 'memory_dff',
  'memory_map', 'memory_memx', 'memory_narrow', 'memory_nordff', 'memory_share', 'memory_unpack', 'async2sync', 'clk2fflogic', 'chformal', 'setundef', 'tribuf',
  'cd', 'select', 'setattr', 'chtype', 'connect', 'expose', 'rename', 'delete', 'chparam', 'setparam', 'formalff', 'simplemap', 'dffunmap', 'dfflegalize', 'dffinit',
  'splitnets', 'splitcells', 'pmuxtree', 'bmuxmap', 'demuxmap', 'muxpack', 'alumacc', 'maccmap', 'deminout', 'uniquify', 'blackbox', 'cutpoint', 'check', 'stat', 'ls',
  'log', 'attrmap', 'attrmvcp', 'autoname', 'assertpmux', 'miter', 'equiv_make', 'equiv_simple', 'equiv_induct', 'equiv_struct', 'equiv_status', 'equiv_opt',
  'fminit', 'freduce', 'insbuf', 'iopadmap', 'submod', 'supercover', 'mutate', 'xprop', 'scc', 'zinit', 'scatter', 'trace', 'design', 'wbflip', 'keep_hierarchy',
  'portlist', 'paramap', 'bwmuxmap', 'techmap', 'fsm', 'fsm_detect', 'fsm_extract', 'fsm_opt', 'fsm_expand', 'fsm_map', 'add', 'copy', 'cover', 'sim', 'box_derive',
];
const ALLOWED: ReadonlySet<string> = new Set(PLAIN);

/** Options by which an allowed command would write a file, run a program or run a script. */
const FORBIDDEN_OPTIONS: Readonly<Record<string, readonly string[]>> = {
  select: ['-write', '-read'], techmap: ['-map', '-extern', '-D', '-I'], equiv_opt: ['-map'], mutate: ['-o', '-s', '-seed'],
  sim: ['-vcd', '-fst', '-aiw', '-w', '-summary', '-map', '-r', '-append'], fsm: ['-fm_set_fsm_file', '-encfile'], cover: ['-o', '-a', '-d'], stat: ['-liberty'], log: ['-stdout', '-stderr'], trace: ['*'],
};
const READERS: ReadonlySet<string> = new Set(['read', 'read_verilog', 'read_rtlil', 'read_ilang', 'read_json', 'read_aiger', 'read_blif', 'read_liberty']);

export function readScriptLine(text: string, line: number): ScriptLine {
  const { commands, problem } = splitCommands(text);
  const code = problem ?? commands.map(codeOf).find(reason => reason !== undefined);
  return { line, text, commands, ...(code !== undefined && { code }) };
}

/** The reason why this command counts as code; undefined where it only reads and prepares. */
function codeOf(words: readonly string[]): string | undefined {
  const [name, ...rest] = words as [string, ...string[]];
  if (name === 'verific') return undefined; // not code; the task says that Verific is missing
  if (name.startsWith('!')) return 'runs a shell command';
  if (!ALLOWED.has(name)) return `"${name}" is not on the list of reading and formal commands`;
  const forbidden = FORBIDDEN_OPTIONS[name];
  const option = forbidden && (forbidden[0] === '*' ? name : rest.find(word => forbidden.some(one => word === one || (one.length === 2 && word.startsWith(one)))));
  if (option) return `"${name} ${option}" can write files or run commands`;
  if (READERS.has(name)) {
    const outside = rest.find(word => leavesFolder(word.replace(/^-I/, '').replaceAll('"', '')));
    if (outside) return `reads ${outside}, outside the files of the task`;
  }
  return undefined;
}

/** Built-in libraries ("+/…") come with yosys; anything else must stay in the task's own folder. */
export function leavesFolder(path: string): boolean {
  if (path.startsWith('-') || path.startsWith('+/')) return false;
  if (path.startsWith('/') || path.startsWith('~') || path.startsWith('|') || path.startsWith('<') || path.startsWith('%')) return true;
  let level = 0;
  for (const part of path.split('/')) {
    if (part === '..') level--;
    else if (part !== '' && part !== '.') level++;
    if (level < 0) return true;
  }
  return false;
}

function splitCommands(text: string): { readonly commands: string[][]; readonly problem?: string } {
  if (/[\0-\x08\x0b-\x1f\x7f]/.test(text)) return { commands: [], problem: 'has control characters' };
  if (/\\$/.test(text)) return { commands: [], problem: 'goes on in the next line' };
  if (/<</.test(text)) return { commands: [], problem: 'has a here-document' };
  const commands: string[][] = [];
  let current: string[] = [];
  const words = text.matchAll(/"(?:[^"\\]|\\.)*"[^\s"]*|\S+/g);
  for (const [matched] of words) {
    let word = matched;
    if (word.startsWith('#')) break;
    if (current.length === 0 && word.startsWith('!')) return { commands, problem: 'runs a shell command' };
    const semicolons = /;*$/.exec(word)![0].length;
    word = word.slice(0, word.length - semicolons);
    // Versions differ in whether it parts commands there.
    if (word.includes(';')) return { commands, problem: 'has a ";" inside a word' };
    if (word !== '') current.push(word);
    if (semicolons > 0) {
      if (current.length > 0) commands.push(current);
      current = [];
      if (semicolons === 2) commands.push(['clean']);
      if (semicolons === 3) commands.push(['clean', '-purge']);
    }
  }
  if (current.length > 0) commands.push(current);
  return { commands };
}

/** The script as it is given to yosys: re-written where it was judged harmless, as it stands where the user trusts it. */
export function scriptText(lines: readonly ScriptLine[]): string {
  return lines.flatMap(line => (line.code !== undefined ? [line.text] : line.commands.map(words => words.join(' ')))).join('\n');
}
