/**
 * Lean's names: parts, and how Lean prints them. Which signs make an identifier: `isIdFirst`, `isIdRest`,
 * `isLetterLike`, `isSubScriptAlnum` of Lean's Init/Meta. Printed names have «» only around parts that need them
 * (`Name.toString`), so that a name is compared in one form whichever way it was written.
 */

/** `isLetterLike`: Greek without λ Π Σ, Coptic, polytonic Greek, letter-like, script and fraktur letters. */
function isLetterLike(code: number): boolean {
  return (code >= 0x3b1 && code <= 0x3c9 && code !== 0x3bb) || (code >= 0x391 && code <= 0x3a9 && code !== 0x3a0 && code !== 0x3a3)
    || (code >= 0x3ca && code <= 0x3fb) || (code >= 0x1f00 && code <= 0x1ffe) || (code >= 0x2100 && code <= 0x214f)
    || (code >= 0x1d49c && code <= 0x1d59f) || (code >= 0xc0 && code <= 0x17f && code !== 0xd7 && code !== 0xf7);
}

function isSubscript(code: number): boolean {
  return (code >= 0x2080 && code <= 0x2089) || (code >= 0x2090 && code <= 0x209c) || (code >= 0x1d62 && code <= 0x1d6a) || code === 0x2c7c;
}

function isAlphabetic(code: number): boolean { return (code >= 65 && code <= 90) || (code >= 97 && code <= 122); }

export function isIdentifierStart(code: number): boolean { return isAlphabetic(code) || code === 95 || isLetterLike(code); }

/** `'`, `!` and `?` belong to the rest. */
export function isIdentifierRest(code: number): boolean {
  return isIdentifierStart(code) || (code >= 48 && code <= 57) || code === 39 || code === 33 || code === 63 || isSubscript(code);
}

/** The parts of a name as written or printed, without «». */
export function partsOf(name: string): string[] {
  const parts: string[] = [];
  let at = 0;
  while (at <= name.length) {
    if (name[at] === '«') {
      const close = name.indexOf('»', at);
      if (close < 0) { parts.push(name.slice(at)); break; }
      parts.push(name.slice(at + 1, close));
      at = close + 2;
    } else {
      const dot = name.indexOf('.', at);
      parts.push(name.slice(at, dot < 0 ? name.length : dot));
      if (dot < 0) break;
      at = dot + 1;
    }
  }
  return parts;
}

export function printName(parts: readonly string[]): string {
  return parts.map((part) => (isPlain(part) ? part : `«${part}»`)).join('.');
}

/** One form for every way of writing a name. */
export function canonicalName(name: string): string { return printName(partsOf(name)); }

function isPlain(part: string): boolean {
  if (/^\d+$/.test(part)) return true;
  const codes = [...part].map((sign) => sign.codePointAt(0)!);
  return codes.length > 0 && isIdentifierStart(codes[0]!) && codes.slice(1).every(isIdentifierRest);
}
