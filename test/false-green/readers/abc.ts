/** What ABC prints to bmc3 and pdr, as yosys-abc echoes it. */
import { echoed } from '../../../toolchains/verilog/native/checker.ts';
import { RECORDED, recorded, type Lie, type Reader, type Recording } from './reader.ts';

type Module = typeof import('../../../toolchains/verilog/aiger/abc-output.ts');
type Question = { readonly kind: 'bmc'; readonly frames: number; readonly inputs: number; readonly latches: number } | { readonly kind: 'pdr' };

const end = /^abc - > quit$/;
const bmcText = recorded(RECORDED, 'abc-1.01-bmc.txt') ?? '', reachedText = recorded(RECORDED, 'abc-1.01-reached.txt') ?? '', pdrText = recorded(RECORDED, 'abc-1.01-pdr.txt') ?? '';
const bmc = { kind: 'bmc', frames: 6, inputs: 2, latches: 8 } as const, reach = { kind: 'bmc', frames: 4, inputs: 1, latches: 7 } as const, pdr: Question = { kind: 'pdr' };
const command = (name: string): RegExp => new RegExp(`> ${name}`);
const recording = (name: string, text: string, question: Question, records: Recording<Question>['records']): Recording<Question>[] => (text === '' ? [] : [{ name, text, question, records, end, mayEndOpen: true }]);

/** A recorded text in which this is replaced by that. */
function lie(name: string, text: string, question: Question, what: RegExp | string, by: string): Lie<Question> { return { name, text: text.replace(what, by), question }; }

export const abc: Reader<Module, Question> = {
  name: 'abc',
  source: 'toolchains/verilog/aiger/abc-output.ts',
  load: () => import('../../../toolchains/verilog/aiger/abc-output.ts'),
  green(module, text, question) {
    const answer = question.kind === 'bmc' ? module.readBmcOutput(echoed(text), { inputs: question.inputs, latches: question.latches }, question.frames) : module.readPdrOutput(echoed(text));
    return answer.kind === 'undecided' || answer.kind === 'unreadable' ? [] : [answer.kind];
  },
  recordings: [
    ...recording('bmc3', bmcText, bmc, { 'free-up-to': [command('read_aiger'), command('bmc3 -F 6'), /^ +0 \+/, /^ +5 \+/, /^No output asserted in 6 frames/, command('print_status'), /^Status = -1/] }),
    ...recording('bmc3, reached', reachedText, reach, { reached: [command('read_aiger'), command('bmc3 -F 4'), /^Output 0 of miter/, command('print_status'), /^Status = 0/] }),
    ...recording('pdr', pdrText, pdr, { never: [command('read_aiger'), command('pdr'), /^Invariant F/, /^Verification of invariant/, /^Property proved/, command('print_status'), /^Status = 1/] }),
  ],
  lies: bmcText === '' || pdrText === '' || reachedText === '' ? [] : [
    lie('another depth', bmcText, { ...bmc, frames: 7 }, /$^/, ''),
    lie('another depth than the command', bmcText, bmc, 'FramesMax = 6', 'FramesMax = 3'), lie('not from the start', bmcText, bmc, 'Start = 0', 'Start = 2'),
    lie('another system', bmcText, bmc, 'PI/PO/Reg = 2/1/8', 'PI/PO/Reg = 2/1/3'), lie('more outputs', bmcText, bmc, 'PI/PO/Reg = 2/1/8', 'PI/PO/Reg = 2/2/8'),
    lie('fewer frames than it says', bmcText, bmc, / {3}3 \+ .*\n/, ''), lie('frames in another order', bmcText, bmc, / {3}4 \+ :/, '   2 + :'),
    lie('stopped before', bmcText, bmc, 'asserted in 6 frames', 'asserted in 3 frames'), lie('more frames than were asked', bmcText, bmc, 'asserted in 6 frames', 'asserted in 9 frames'),
    lie('a status of success', bmcText, bmc, 'Status = -1', 'Status = 1'), lie('a status of failure', bmcText, bmc, 'Status = -1', 'Status = 0'), lie('a status of other frames', bmcText, bmc, 'Frames = 5', 'Frames = 2'),
    lie('both answers', bmcText, bmc, 'No output', 'Output 0 of miter "system" was asserted in frame 2. Time = 0.0\nNo output'), lie('two runs in one', bmcText + bmcText, bmc, /$^/, ''),
    lie('the file was not read', bmcText, bmc, 'bmc3 -F 6', 'x\nIo_ReadAiger: The file cannot be opened.\nabc - > bmc3 -F 6'), lie('an error while it was read', bmcText, bmc, 'abc - > bmc3', 'Error: wrong header\nabc - > bmc3'),
    lie('the system read after the question', bmcText.replace('abc - > read_aiger system.aig\n', ''), bmc, 'abc - > print_status', 'abc - > read_aiger system.aig\nabc - > print_status'),
    lie('stopped early after so many frames as there are states, and without a word', reachedText.replace('PI/PO/Reg = 1/1/7', 'PI/PO/Reg = 1/1/2'), { ...reach, latches: 2 }, /Output 0 of miter[\s\S]*?Status = 0/, 'Explored all reachable states after completing 4 frames.\nabc - > print_status\nStatus = 1'),
    lie('the commands in another order', bmcText, bmc, /(abc - > print_status\nStatus.*\n)(abc - > write_cex.*\n)/, '$2$1'), lie('no end', bmcText, bmc, 'abc - > quit\n', ''),
    lie('two statuses', bmcText, bmc, 'Status = -1', 'Status = -1  Frames = 5   x\nStatus = -1'),
    lie('stopped early for no reason', bmcText, bmc, /No output asserted[\s\S]*?Status = -1/, 'Explored all reachable states after completing 6 frames.\nabc - > print_status\nStatus = 1'),
    lie('stopped early, and not all states', bmcText, bmc, /No output asserted[\s\S]*?Status = -1/, 'Stopping BMC because all 2^8 reachable states are visited.\nExplored all reachable states after completing 6 frames.\nabc - > print_status\nStatus = 1'),
    lie('reached, and a status of none', reachedText, reach, 'Status = 0', 'Status = -1'), lie('reached beyond what was asked', reachedText, reach, 'asserted in frame 3', 'asserted in frame 30'), lie('reached in frames of another run', reachedText, { ...reach, frames: 2 }, /-F 4 |FramesMax = 4/g, '-F 2 '),
    lie('no invariant', pdrText, pdr, /Invariant F.*\n/, ''), lie('no check of the invariant', pdrText, pdr, /Verification of invariant.*\n/, ''), lie('an invariant of other clauses', pdrText, pdr, 'with 8 clauses was', 'with 7 clauses was'),
    lie('an invariant that failed', pdrText, pdr, 'Block =', 'Verification of clauses failed.\nBlock ='), lie('proved, and a status of undecided', pdrText, pdr, 'Status = 1', 'Status = -1'), lie('proved, and a status of a failure', pdrText, pdr, 'Status = 1', 'Status = 0'),
    lie('undecided as well', pdrText, pdr, 'Property proved', 'Property UNDECIDED.  Time = 0\nProperty proved'), lie('without its report', pdrText, pdr, /TOTAL.*\n/, ''), lie('without its start', pdrText, pdr, /VarMax.*\n/, ''),
  ],
};
