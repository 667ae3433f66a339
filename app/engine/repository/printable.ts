/**
 * Makes a name or text of a repository safe to print: nothing in it can move the cursor, start a new line,
 * reorder what stands beside it or pass unseen. The result is for reading, not for opening files.
 */

// C0, DEL, C1; soft hyphen; Arabic letter mark; zero-width and directional marks; line and paragraph separators;
// directional embeddings and isolates; invisible operators; byte-order mark; interlinear marks; tag characters; lone surrogates.
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]|\p{Surrogate}/gu;
const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\0': '\\0' };

export function printable(text: string): string {
  return text.replace(UNSAFE, escapeOne);
}

function escapeOne(character: string): string {
  const short = SHORT[character];
  if (short !== undefined) return short;
  const code = character.codePointAt(0)!;
  return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u{${code.toString(16)}}`;
}

/** The same for text that keeps its own lines: every line escaped by itself. */
export function printableLines(text: string): string[] {
  return text.split(/\r\n|\n/).map((line) => printable(line.replaceAll('\t', '    ')));
}

/** A file name that is not UTF-8, each foreign byte as `\xNN`. */
export function printableBytes(name: Buffer): string {
  let text = '';
  for (let at = 0; at < name.length;) {
    const length = sequenceLength(name, at);
    if (length === 0) { text += `\\x${name[at]!.toString(16).padStart(2, '0')}`; at += 1; continue; }
    text += name.toString('utf8', at, at + length);
    at += length;
  }
  return printable(text);
}

/** Bytes of the UTF-8 character at `at`, 0 where there is none. */
function sequenceLength(bytes: Buffer, at: number): number {
  for (const length of [1, 2, 3, 4]) {
    if (at + length > bytes.length) return 0;
    const text = bytes.toString('utf8', at, at + length);
    if (!text.includes('\ufffd') || bytes.subarray(at, at + length).equals(Buffer.from('\ufffd'))) return length;
  }
  return 0;
}
