/**
 * What each command does to a framed copy. Only commands named here reach a solver: an unknown one could
 * read or write files, start programs (cvc5's declare-oracle-fun) or change the state in a way that a
 * copy without it would not have.
 *
 * Names: SMT-LIB 2.6 section 3.9; z3 4.8.12 and 5.1 `(help)`; cvc5 1.3 parser; why each class, see {@link CommandClass}.
 */

/**
 * `check`: asks for an answer; becomes an obligation and is framed.
 * `state`: copied as it stands.
 * `option`, `information`: looked at one by one.
 * `print`: only prints; left out, since it could print an answer.
 * `objective`: only says which model is best; left out, satisfiability is the same.
 * `exit`: nothing after it is run.
 * `file`: reads a file that the ledger would not know.
 */
export type CommandClass = 'check' | 'state' | 'option' | 'information' | 'print' | 'objective' | 'exit' | 'file';

const classes = new Map<string, CommandClass>();
function put(kind: CommandClass, names: string): void { for (const name of names.split(' ')) classes.set(name, kind); }

put('check', 'check-sat check-sat-assuming check-sat-using query');
put('state', 'assert declare-const declare-fun declare-sort declare-datatype declare-datatypes declare-codatatype declare-codatatypes');
put('state', 'define-const define-fun define-fun-rec define-funs-rec define-sort push pop reset reset-assertions set-logic');
put('state', 'declare-rel declare-var rule declare-map declare-heap');
put('option', 'set-option');
put('information', 'set-info');
put('print', 'echo get-model get-value get-unsat-core get-unsat-assumptions get-proof get-assertions get-assignment get-info get-option');
put('print', 'simplify eval display display-dimacs labels help help-tactic declare-tactic apply get-objectives get-user-tactics');
put('print', 'get-difficulty get-learned-literals get-timeout-core get-abduct get-interpol get-qe get-qe-disjunct block-model block-model-values');
put('objective', 'minimize maximize assert-soft');
put('exit', 'exit');
put('file', 'include');

export function classOfCommand(name: string): CommandClass | undefined { return classes.get(name); }

/** Commands that only z3 has: such a script goes to no other solver. */
const ONLY_Z3 = new Set(['declare-rel', 'declare-var', 'rule', 'query', 'declare-map']);
export function onlyForZ3(name: string): boolean { return ONLY_Z3.has(name); }

/** After these a solver must be in its incremental mode. */
const INCREMENTAL = new Set(['push', 'pop', 'check-sat-assuming']);
export function needsIncremental(name: string): boolean { return INCREMENTAL.has(name); }

/** State that a (reset) surely undoes, in every version of the solvers that are kept warm (warm.ts). */
const UNDONE_BY_RESET = new Set(['set-logic', 'assert', 'declare-const', 'declare-fun', 'declare-sort', 'define-const', 'define-fun', 'define-sort']);
export function isUndoneByReset(name: string): boolean { return UNDONE_BY_RESET.has(name); }
