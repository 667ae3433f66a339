/** Assumptions that no run can meet: nothing is proved under them, at whatever depth they begin to contradict. */
import { says, type Case, type Family, type Word } from '../case.ts';
import { counter, native, sby, type Task } from '../designs.ts';

const holds = 'p: assert (c < 15); ';
const design = (name: string, statements: string, task: Task, verdicts: Readonly<Record<string, Word | readonly Word[]>>, control?: true): Case =>
  ({ name, files: { 't.sv': counter(statements), 't.sby': sby(task) }, tools: native, steps: says(verdicts), ...(control && { control }) });
const both = 'assume (a); assume (!a); ';
const vacuous = 'failed: vacuous';

export const family: Family = {
  name: 'vacuity',
  cases: [
    design('contradiction, bounded', `${both}${holds}`, { mode: 'bmc' }, { 't.p': vacuous }),
    design('contradiction, proved', `${both}${holds}`, { mode: 'prove' }, { 't.p': vacuous }),
    design('contradiction, covered', `${both}q: cover (c == 2);`, { mode: 'cover' }, { 't.q': [vacuous, 'unreachable'] }),
    design('a dead end within the depth, bounded', `assume (c < 4); ${holds}`, { mode: 'bmc' }, { 't.p': vacuous }),
    design('a dead end within the depth, proved', `assume (c < 4); ${holds}`, { mode: 'prove' }, { 't.p': vacuous }),
    design('a dead end beyond the depth is no proof', `assume (c < 9); ${holds}`, { mode: 'prove', depth: 3 }, { 't.p': [vacuous, 'unknown', 'bounded'] }),
    design('assume false', `assume (0); ${holds}`, { mode: 'prove' }, { 't.p': vacuous }),
    design('a start that cannot be', `if ($initstate) assume (c == 3); ${holds}`, { mode: 'prove' }, { 't.p': vacuous }),
    { ...design('a failure that the file expects is not one of contradictory assumptions', `${both}p: assert (c < 3);`, { mode: 'bmc', options: ['expect fail'] }, { 't.p': vacuous }), steps: says({ 't.p': vacuous }, { exit: 1 }) },
    design('asserts that the script turns into assumptions', `${holds}q: assert (a);`, { mode: 'prove', script: ['read -formal t.sv', 'prep -top t', 'chformal -assert2assume'] }, { 't.p': 'nothing-to-prove', 't.q': 'nothing-to-prove' }),
    design('a property that the script removes', `p: assert (c < 3);`, { mode: 'prove', script: ['read -formal t.sv', 'prep -top t', 'chformal -assert -remove'] }, { 't.p': 'nothing-to-prove' }),
    { ...design('a failure that the file expects, beside one that holds', 'assume (a); p: assert (c < 15); q: assert (c < 3);', { mode: 'bmc', options: ['expect fail'] }, {}), control: true, steps: says({ 't.p': 'bounded', 't.q': 'refuted' }, { exit: 0 }) },
    design('an assumption that can be met, bounded', `assume (a); ${holds}`, { mode: 'bmc' }, { 't.p': 'bounded' }, true),
    design('an assumption that can be met, proved', `assume (a); ${holds}`, { mode: 'prove' }, { 't.p': 'proved' }, true),
    design('an assumption that can be met, covered', 'assume (a); q: cover (c == 2 && a);', { mode: 'cover' }, { 't.q': 'covered' }, true),
  ],
};
