/** Signs beyond ASCII that Lean proofs are written with; nothing of Cyrillic, Arabic, full-width or invisible kind. */
const RANGES: readonly (readonly [number, number])[] = [
  [0xa1, 0xac], [0xae, 0xff], [0x370, 0x3ff], [0x1f00, 0x1fff], [0x2010, 0x2027], [0x2030, 0x205e], [0x2070, 0x209f], [0x2100, 0x214f], [0x2190, 0x23ff], [0x25a0, 0x27ff], [0x2900, 0x2aff], [0x2c7c, 0x2c7c], [0x1d400, 0x1d7ff],
];

export function isProofSign(character: string): boolean {
  const code = character.codePointAt(0)!;
  return RANGES.some(([low, high]) => low <= code && code <= high);
}
