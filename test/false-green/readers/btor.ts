/** What btormc (recorded) and pono (in the form of its source; none was run) print. */
import { RECORDED, recorded, type Reader, type Recording } from './reader.ts';

type Module = typeof import('../../../toolchains/verilog/native/btor/output.ts');
interface Question { readonly tool: 'btormc' | 'pono'; readonly steps: number }

const btormc: Question = { tool: 'btormc', steps: 8 }, pono: Question = { tool: 'pono', steps: 3 };
const clear = recorded(RECORDED, 'btormc-3.2.4-clear.txt') ?? '', hit = recorded(RECORDED, 'btormc-3.2.4-hit.txt') ?? '';
const unsat = (bound: number): string => `[btor>mc] bad state property 0 at bound k = ${bound} UNSATISFIABLE`;
const exactly = (line: string): RegExp => new RegExp(`^${line.replace(/[[\]().?*+^$]/g, '\\$&')}$`);
const called = '[btor>mc] calling BMC on 1 properties from bound 0 up-to maximum bound k = 7';
const end = /^\[btor>mc\] deleting model checker: /;
const bound = (at: number, word = 'unsatisfiable'): readonly string[] => ['', `BMC checking at bound: ${at}`, `  BMC check at bound ${at} ${word}`];
const says = (...lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');
const ponoClear = says('BMC bound_start_: 0 ', 'BMC bound_step_: 1 ', ...bound(0), ...bound(1), ...bound(2), 'unknown', 'b0');

const recording = (name: string, text: string, records: Recording<Question>['records']): Recording<Question>[] => (text === '' ? [] : [{ name, text, question: btormc, records, end }]);
const lie = (name: string, text: string, question: Question, what: RegExp | string, by: string) => ({ name, question, text: text.replace(what, by) });

export const btor: Reader<Module, Question> = {
  name: 'btormc and pono',
  source: 'toolchains/verilog/native/btor/output.ts',
  load: () => import('../../../toolchains/verilog/native/btor/output.ts'),
  green(module, text, { tool, steps }) {
    const answer = tool === 'btormc' ? module.readBtormc(text, steps) : module.readPono(text, steps);
    return answer.kind === 'clear' ? ['bounded'] : answer.kind === 'hit' ? ['covered'] : [];
  },
  recordings: [
    ...recording('btormc-3.2.4-clear.txt', clear, { bounded: [called, ...Array.from({ length: 8 }, (_, at) => unsat(at))].map(exactly) }),
    ...recording('btormc-3.2.4-hit.txt', hit, { covered: [called, unsat(0), unsat(1), unsat(2), '[btor>mc] bad state property 0 reachable at bound k = 3 SATISFIABLE', 'sat', 'b0', '@0', '@3', '.'].map(exactly) }),
    { name: 'pono', text: ponoClear, question: pono, records: { bounded: [0, 1, 2].flatMap((at) => bound(at).slice(1)).concat('unknown', 'b0').map(exactly) }, end: /^b0$/ },
  ],
  lies: clear === '' || hit === '' ? [] : [
    lie('another depth than was asked', clear, { ...btormc, steps: 9 }, /$^/, ''), lie('called on another number of properties', clear, btormc, 'BMC on 1 properties', 'BMC on 0 properties'),
    lie('not from the start', clear, btormc, 'from bound 0', 'from bound 3'), lie('called for another bound', clear, btormc, 'bound k = 7\n', 'bound k = 3\n'), lie('called twice', clear, btormc, called, `${called}\n${called}`),
    lie('never called', clear, btormc, `${called}\n`, ''),
    lie('a bound left out', clear, btormc, `${unsat(4)}\n`, ''), lie('the answer to another property', clear, btormc, unsat(4), unsat(4).replace('property 0', 'property 1')),
    lie('a bound in place of another', clear, btormc, unsat(4), unsat(3)), lie('fewer bounds', clear, btormc, /\[btor>mc\] bad state property 0 at bound k = [4567] UNSATISFIABLE\n/g, ''),
    lie('a bound more', clear, btormc, unsat(7), `${unsat(7)}\n${unsat(8)}`), lie('no end', clear, btormc, /\[btor>mc\] deleting model checker.*\n/, ''), lie('more after the end', clear, btormc, /$/, 'Segmentation fault\n'),
    lie('another hit', hit, btormc, '[btor>mc] found 1 reachable', '[btor>mc] bad state property 0 reachable at bound k = 3 SATISFIABLE\nsat\nb0\n.\n[btor>mc] found 1 reachable'),
    lie('a hit at another bound', hit, btormc, 'reachable at bound k = 3', 'reachable at bound k = 6'), lie('a bound after a hit', hit, btormc, '[btor>mc] found 1 reachable', `${unsat(3)}\n[btor>mc] found 1 reachable`),
    lie('pono: a bound left out', ponoClear, pono, says(...bound(1)), ''), lie('pono: fewer bounds', ponoClear, pono, says(...bound(2)), ''), lie('pono: a bound without its answer', ponoClear, pono, '  BMC check at bound 1 unsatisfiable\n', ''),
    lie('pono: the answer to another bound', ponoClear, pono, 'at bound 1 unsatisfiable', 'at bound 2 unsatisfiable'), lie('pono: an answer without its bound', ponoClear, pono, 'BMC checking at bound: 1\n', ''),
    lie('pono: a bound asked twice', ponoClear, pono, 'BMC checking at bound: 1\n', 'BMC checking at bound: 1\nBMC checking at bound: 1\n'),
    lie('pono: satisfiable, and no word of it', ponoClear, pono, 'at bound 2 unsatisfiable', 'at bound 2 satisfiable'), lie('pono: a hit that no bound had', ponoClear, pono, 'unknown\nb0', 'sat\nb0\n#0\n@0\n@1\n@2\n@3\n.'),
    lie('pono: satisfiable, then more bounds', says(...bound(0, 'satisfiable'), ...bound(0), ...bound(1), ...bound(2), 'sat', 'b0', '.'), pono, /$^/, ''),
    lie('pono: another property', ponoClear, pono, 'b0', 'b1'), lie('pono: cut before the property', ponoClear, pono, 'b0\n', ''), lie('pono: more after the end', ponoClear, pono, /$/, 'error\n'), lie('pono: the end of a witness after the end', ponoClear, pono, /$/, '.\n'), lie('pono: a witness without a frame', says(...bound(0), ...bound(1, 'satisfiable'), 'sat', 'b0', '@0', '.'), pono, /$^/, ''),
    lie('pono: two answers', ponoClear, pono, /$/, 'unknown\nb0\n'),
  ],
};
