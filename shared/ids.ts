/** Random ids, made anywhere (also where `crypto.randomUUID` is missing because the page is plain http). */

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** URL-safe text of `bytes`, 6 bits a character. */
export const base64url = (bytes: Uint8Array): string => {
  let out = '';
  let bits = 0;
  let held = 0;
  for (const b of bytes) {
    held = (held << 8) | b;
    for (bits += 8; bits >= 6; ) {
      bits -= 6;
      out += ALPHABET[(held >> bits) & 63];
    }
    held &= (1 << bits) - 1;
  }
  return bits > 0 ? out + ALPHABET[(held << (6 - bits)) & 63] : out;
};

/** A fresh id of 128 random bits. `random` fills the array it is given, as `crypto.getRandomValues` does. It never begins with `-`: a spreadsheet's guard leaves it alone. */
export const makeId = (random: (into: Uint8Array<ArrayBuffer>) => Uint8Array): string => base64url(random(new Uint8Array(16))).replace(/^-/, '_');
