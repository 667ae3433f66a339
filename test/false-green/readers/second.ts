/** What yosys prints to `sat -tempinduct` on the miter of two designs. */
import { RECORDED, recorded, type Reader } from './reader.ts';

type Module = typeof import('../../../toolchains/verilog/equiv/second.ts');

const text = recorded(RECORDED, 'yosys-0.23-sat-tempinduct.txt') ?? '';
const length = (number: number): readonly RegExp[] => [new RegExp(`^\\*\\* Trying induction with length ${number} \\*\\*$`), new RegExp(`^\\[base case ${number}\\] Solving`), new RegExp(`^Base case for induction length ${number} proven\\.$`), new RegExp(`^\\[induction step ${number}\\] Solving`)];
const lie = (name: string, what: RegExp | string, by: string) => ({ name, question: undefined, text: text.replace(what, by) });

export const second: Reader<Module, undefined> = {
  name: 'sat -tempinduct',
  source: 'toolchains/verilog/equiv/second.ts',
  load: () => import('../../../toolchains/verilog/equiv/second.ts'),
  green: (module, given) => (module.readInductionAnswer(given).kind === 'equal' ? ['equivalent'] : []),
  recordings: text === '' ? [] : [{ name: 'yosys-0.23-sat-tempinduct.txt', text, question: undefined, records: { equivalent: [...[1, 2, 3, 4].flatMap(length), /^Induction step proven: SUCCESS!$/] }, end: /^ +\\__\/ *$|^$/, mayEndOpen: true }],
  lies: text === '' ? [] : [
    lie('a length left out', /\*\* Trying induction with length 2 \*\*[^]*?(?=\*\* Trying induction with length 3)/, ''), lie('a base of another length', '[base case 3]', '[base case 2]'), lie('a base that was not solved', /Base case for induction length 3 proven\.\n/, ''),
    lie('no base', /\[base case 3\][^]*?proven\.\n/, ''), lie('a base that did not hold', 'Base case for induction length 4 proven.', 'SAT temporal induction proof finished - model found for base case: FAIL!'),
    lie('a step of another length', '[induction step 4]', '[induction step 3]'), lie('success without a step', /\[induction step 4\].*\n/, ''), lie('a base that follows the step', /(\[induction step 4\].*\n)/, '$1[base case 4] Solving problem with 1 variables\n'),
    lie('a length after success', /$/, '** Trying induction with length 5 **\n'), lie('success after a difference', /\[base case 2\][^]*?proven\.\n/, '[base case 2] Solving problem with 1\nSAT temporal induction proof finished - model found for base case: FAIL!\n'),
    lie('a step twice', /(\[induction step 4\].*\n)/, '$1$1'), lie('no banner', /SUCCESS!\n[^]*$/, 'SUCCESS!\n'), lie('a length twice', '** Trying induction with length 3 **', '** Trying induction with length 3 **\n** Trying induction with length 3 **'),
    lie('a base held twice', /(Base case for induction length 4 proven\.\n)/, '$1$1'), lie('a length more, and success', 'Induction step proven: SUCCESS!', 'Induction step failed. \n** Trying induction with length 5 **\nInduction step proven: SUCCESS!'),
    lie('a failed step after success', 'Induction step proven: SUCCESS!', 'Induction step proven: SUCCESS!\nInduction step failed. Incrementing induction length.'),
    lie('a difference after success', 'Induction step proven: SUCCESS!', 'Induction step proven: SUCCESS!\nSAT temporal induction proof finished - model found for base case: FAIL!'),
  ],
};
