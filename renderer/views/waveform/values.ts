/** A signal's digits as people read them. */
export const RADICES = ['binary', 'hexadecimal', 'unsigned', 'signed', 'text'] as const;
export type Radix = (typeof RADICES)[number];

export function shown(digits: string | undefined, radix: Radix): string {
  if (digits === undefined) return '–';
  if (digits.length === 1) return digits;
  const known = !/[xz]/.test(digits);
  switch (radix) {
    case 'binary': return digits;
    case 'hexadecimal': return hexadecimal(digits);
    case 'unsigned': return known ? BigInt(`0b${digits}`).toString() : hexadecimal(digits);
    case 'signed': return known ? BigInt.asIntN(digits.length, BigInt(`0b${digits}`)).toString() : hexadecimal(digits);
    case 'text': return known ? letters(digits) : hexadecimal(digits);
  }
}

/** A digit that is partly unknown is x (or z where all of it is). */
function hexadecimal(digits: string): string {
  const padded = digits.padStart(Math.ceil(digits.length / 4) * 4, /^[xz]/.test(digits) ? digits[0]! : '0');
  return padded.replace(/[01xz]{4}/g, (four) => (/^z+$/.test(four) ? 'z' : /[xz]/.test(four) ? 'x' : parseInt(four, 2).toString(16)));
}

function letters(digits: string): string {
  return (digits.padStart(Math.ceil(digits.length / 8) * 8, '0').match(/.{8}/g) ?? [])
    .map((byte) => parseInt(byte, 2)).map((code) => (code >= 32 && code < 127 ? String.fromCharCode(code) : '·')).join('');
}

/** For an analogue line; undefined where it is not known. */
export function height(digits: string | undefined, radix: Radix): number | undefined {
  if (digits === undefined || /[xz]/.test(digits)) return undefined;
  const value = BigInt(`0b${digits}`);
  return Number(radix === 'signed' ? BigInt.asIntN(digits.length, value) : value);
}
