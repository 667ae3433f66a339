/**
 * Text outside the frames that does not void the answers after it. Everything else does.
 *
 * - z3, an option that this version does not know: changes how it searches, never what it answers. Seen with
 *   z3 4.8.12 on the query files of Verus 0.2026.06.07, which set options of z3 4.12 (two such errors a file,
 *   the same verdicts; recorded/verus-smt). The list of legal parameters may follow on lines of its own.
 * - z3, "unsupported" for a logic whose name it does not know: it then takes all theories
 *   (";ignoring unsupported logic", z3 4.8.12 and 5.1 on (set-logic QF_FOO)).
 */
const UNKNOWN_OPTION = /^\(error "line \d+ column \d+: unknown parameter '[\w.-]+'(?: at module '[\w-]+'|: invalid module name)?/;
const LEGAL_PARAMETERS = /^(?:Legal parameters are:| {2}[\w.]+ \([a-z ]+\)(?: \(default: [^"()]*(?:\([^"()]*\))?\))?)(?:"\))?$/;
const UNSUPPORTED_LOGIC = /^; ?ignoring unsupported logic [\w!?-]+ line: \d+ position: \d+$/;

/** `closed` where the error ends on this line, `open` where its list goes on. */
export function unknownOptionError(line: string): 'closed' | 'open' | undefined {
  if (line === 'unsupported' || UNSUPPORTED_LOGIC.test(line)) return 'closed';
  const match = UNKNOWN_OPTION.exec(line);
  if (!match) return undefined;
  const rest = line.slice(match[0].length);
  if (rest === '') return 'open';
  return rest === '")' ? 'closed' : undefined;
}

export function isUnknownOptionLine(line: string): boolean { return LEGAL_PARAMETERS.test(line); }
