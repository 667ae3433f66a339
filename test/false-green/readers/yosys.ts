/** The end of a yosys run: what it wrote counts only where the script came to its end without an error. */
import { RECORDED, recorded, type Reader } from './reader.ts';

type Module = typeof import('../../../toolchains/verilog/yosys/messages.ts');
interface Question { readonly code: number | null; /** What stands where errors do. */ readonly output: string }

const good: Question = { code: 0, output: '' };
const log = recorded(RECORDED, 'yosys-0.23-log.txt') ?? '';
const closing = /^End of script\. Logfile hash: [0-9a-f]{10}, CPU/;

export const yosys: Reader<Module, Question> = {
  name: 'yosys',
  source: 'toolchains/verilog/yosys/messages.ts',
  load: () => import('../../../toolchains/verilog/yosys/messages.ts'),
  green: (module, text, { code, output }) => (module.readYosysRun({ log: text, output, code }).kind === 'complete' ? ['design'] : []),
  recordings: log === '' ? [] : [{ name: 'yosys-0.23-log.txt', text: log, question: good, records: { design: [closing] }, end: /^(?:End of script\..*|Yosys .*|Time spent: .*)$/, mayEndOpen: true }],
  lies: log === '' ? [] : [
    { name: 'an error of the script', question: { ...good, output: 't.v:3: ERROR: syntax error' }, text: log },
    { name: 'an error without a place', question: { ...good, output: 'ERROR: Module `t\' not found!' }, text: log },
    { name: 'a code of failure', question: { ...good, code: 1 }, text: log },
    { name: 'an end by a signal', question: { ...good, code: null }, text: log },
    { name: 'nothing but its name', question: good, text: 'Yosys 0.23 (git sha1 7ce5011c24b)\nTime spent: 55% 2x read_verilog (0 sec), ...\n' },
    { name: 'no closing line', question: good, text: log.replace(/^End of script\.[^]*$/m, '') },
    { name: 'cut after a closing line that the design printed', question: good, text: log.replace(/^Successfully finished Verilog[^]*$/m, '') },
    { name: 'a closing line that the design printed', question: good, text: log.replace(/^End of script\. Logfile hash: [0-9a-f]{10},[^]*$/m, 'End of script. Logfile hash: 0123\n2. Executing OPT_CLEAN pass\nYosys 0.23\n') },
  ],
};
