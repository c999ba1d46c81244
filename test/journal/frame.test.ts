/** M20: the head of a frame and of a segment are read strictly; a number parser that takes blanks or capitals would pass flipped bits. */
import { describe, expect, it } from 'vitest';
import { decodeFrame, decodeHeader, encodeFrame, encodeHeader, findLaterFrame, headerBytes } from '../../server/journal/frame.ts';

const header = { journal: 'a'.repeat(32), segment: 3, first: 17, previous: 'b'.repeat(64), salt: 'c'.repeat(16) };

describe('a header', () => {
  it('comes back as it was', () => {
    const { bytes, crc } = encodeHeader(header);
    expect([bytes.length, decodeHeader(bytes)]).toEqual([headerBytes, { ok: true, header, crc }]);
  });

  it('with any bit flipped is none', () => {
    const { bytes } = encodeHeader(header);
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const changed = Buffer.from(bytes);
      changed[bit >> 3] = (changed[bit >> 3] as number) ^ (1 << (bit & 7));
      expect(decodeHeader(changed)).toEqual({ ok: false, version: null });
    }
  });
});

describe('a frame', () => {
  const { bytes, crc } = encodeFrame(['{"a":1}', '{"b":"參"}'], 17, 99);

  it('is a line that people can read', () => {
    expect(bytes.toString()).toMatch(/^[0-9a-f]{8} [0-9a-f]{8} \{"first":17,"count":2,"entries":\[\{"a":1\},\{"b":"參"\}\]\}\n$/);
    expect(decodeFrame(bytes, 0, 99, 17)).toEqual({ from: 18, to: bytes.length - 1, first: 17, count: 2, crc });
  });

  it('is only valid after its frame, at its position', () => {
    expect(decodeFrame(bytes, 0, 98, 17)).toBeNull();
    expect(decodeFrame(bytes, 0, 99, 16)).toBeNull();
  });

  it('asks for what is missing', () => {
    for (let n = 0; n < bytes.length; n++) expect(decodeFrame(bytes.subarray(0, n), 0, 99, 17)).toEqual({ more: n < 18 ? 18 - n : bytes.length - n });
  });

  it('with a capital, a blank or a sign for a digit is none', () => {
    for (const sign of ['A', 'F', ' ', '+', '-', 'x', '\0'])
      for (let i = 0; i < 18; i++) {
        const changed = Buffer.from(bytes);
        changed.write(sign, i, 'latin1');
        if (changed[i] !== bytes[i]) expect(decodeFrame(changed, 0, 99, 17)).toBeNull();
      }
  });

  it('that claims a length beyond any is none, and nothing is read for it', () => {
    expect(decodeFrame(Buffer.from('ffffffff 00000000 {'), 0, 0, 1)).toBeNull();
  });

  it('later in a tail is evidence only from the expected position on', () => {
    const tail = Buffer.concat([Buffer.from('torn\n'), bytes]);
    expect([findLaterFrame(tail, 17), findLaterFrame(tail, 18), findLaterFrame(bytes, 17)]).toEqual([5, -1, -1]);
  });
});
