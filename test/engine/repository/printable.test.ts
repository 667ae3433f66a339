import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printable, printableBytes, printableLines } from '../../../app/engine/repository/printable.ts';

describe('printable', () => {
  it('leaves ordinary names alone, in any script', () => {
    for (const name of ['a b.smt2', 'café/λ→∀.lean', '证明.v', "it's \"q\"", '😀.sv']) expect(printable(name)).toBe(name);
  });

  it('escapes what moves, hides or reorders', () => {
    expect(printable('\x1b[31m\n\r\t\0\x7f\x9b')).toBe('\\x1b[31m\\n\\r\\t\\0\\x7f\\x9b');
    expect(printable('a\u202egnp.v\u2028\ufeff\u200b\ud800')).toBe('a\\u{202e}gnp.v\\u{2028}\\u{feff}\\u{200b}\\u{d800}');
  });

  it('never lets a control character through, whatever the text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => !/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u.test(printable(text))));
    fc.assert(fc.property(fc.uint8Array(), (bytes) => !/[\p{Cc}\ufffe]/u.test(printableBytes(Buffer.from(bytes)))));
  });

  it('names foreign bytes one by one and keeps the characters around them', () => {
    expect(printableBytes(Buffer.from([0x61, 0xff, 0xc3, 0xa9, 0xc3, 0x2e]))).toBe('a\\xffé\\xc3.');
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => printableBytes(Buffer.from(text)) === printable(text)));
  });

  it('keeps the lines of a text apart and safe', () => {
    expect(printableLines('one\r\ntwo\x1b[2K\n\tthree')).toEqual(['one', 'two\\x1b[2K', '    three']);
  });
});
