/** What a terminal can show: colour only where it is one (or is forced), shapes of Unicode only where its locale is UTF-8. */
import type { Verdict, VerdictKind } from '../../toolchains/verdict.ts';

/** Colour roles of WINDOW's table, and two kinds of emphasis. */
export type Role = 'green' | 'blue' | 'red' | 'amber' | 'violet' | 'grey' | 'bold';

export interface Style {
  readonly color: boolean;
  readonly unicode: boolean;
  /** Columns; Infinity where it is no terminal, and nothing is to be broken. */
  readonly width: number;
}

export interface OutputStream { readonly isTTY?: boolean; readonly columns?: number }

/** Columns of a terminal that does not tell. */
const DEFAULT_COLUMNS = 80;

export function styleFor(stream: OutputStream, environment: NodeJS.ProcessEnv = process.env, platform: NodeJS.Platform = process.platform): Style {
  return {
    color: wantsColor(stream, environment),
    unicode: readsUnicode(environment, platform),
    width: stream.isTTY ? (stream.columns || DEFAULT_COLUMNS) : Infinity,
  };
}

/** FORCE_COLOR (as Node has it) over NO_COLOR (no-color.org) over the terminal. */
function wantsColor(stream: OutputStream, environment: NodeJS.ProcessEnv): boolean {
  const forced = environment.FORCE_COLOR;
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  if (environment.NO_COLOR) return false;
  return stream.isTTY === true && environment.TERM !== 'dumb';
}

function readsUnicode(environment: NodeJS.ProcessEnv, platform: NodeJS.Platform): boolean {
  const locale = environment.LC_ALL || environment.LC_CTYPE || environment.LANG;
  if (locale) return /utf-?8/i.test(locale);
  return platform === 'darwin' || (platform === 'win32' && environment.WT_SESSION !== undefined);
}

const CODES: Readonly<Record<Role, number>> = { green: 32, blue: 34, red: 31, amber: 33, violet: 35, grey: 90, bold: 1 };

export function paint(style: Style, role: Role, text: string): string {
  return style.color && text !== '' ? `\x1b[${CODES[role]}m${text}\x1b[0m` : text;
}

interface Look { readonly role: Role; readonly unicode: string; readonly ascii: string }

/** One column each; the word always stands beside it. */
const LOOKS: Readonly<Record<VerdictKind, Look>> = {
  proved: { role: 'green', unicode: '✓', ascii: '+' },
  covered: { role: 'green', unicode: '◎', ascii: 'o' },
  bounded: { role: 'blue', unicode: '●', ascii: 'k' },
  refuted: { role: 'red', unicode: '✗', ascii: 'x' },
  failed: { role: 'red', unicode: '✗', ascii: 'x' },
  unreachable: { role: 'red', unicode: '◌', ascii: 'x' },
  timeout: { role: 'amber', unicode: '◷', ascii: 't' },
  'out-of-resource': { role: 'amber', unicode: '◔', ascii: 'r' },
  'out-of-memory': { role: 'amber', unicode: '▣', ascii: 'm' },
  unknown: { role: 'violet', unicode: '?', ascii: '?' },
  malformed: { role: 'red', unicode: '△', ascii: '!' },
  crashed: { role: 'red', unicode: '↯', ascii: '!' },
  'tool-missing': { role: 'red', unicode: '⤓', ascii: '!' },
  cancelled: { role: 'grey', unicode: '○', ascii: '-' },
  'not-run': { role: 'grey', unicode: '○', ascii: '-' },
  'nothing-to-prove': { role: 'grey', unicode: '–', ascii: '-' },
};

export const roleOf = (kind: VerdictKind): Role => LOOKS[kind].role;

export function shape(style: Style, verdict: Pick<Verdict, 'kind'>): string {
  const look = LOOKS[verdict.kind];
  return paint(style, look.role, style.unicode ? look.unicode : look.ascii);
}

/** Punctuation of ours that a terminal without Unicode cannot show. */
export function glyph(style: Style, name: 'ellipsis' | 'dot' | 'times' | 'arrow' | 'bar'): string {
  const [unicode, ascii] = GLYPHS[name];
  return style.unicode ? unicode : ascii;
}

const GLYPHS = { ellipsis: ['…', '...'], dot: ['·', '|'], times: ['×', 'x'], arrow: ['→', '->'], bar: ['█', '#'] } as const;
