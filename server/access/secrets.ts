/** Secrets are made here and kept only as hashes: tokens (256 random bits) as SHA-256, passphrases through scrypt. */
import { createHash, randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** What a passphrase costs whoever guesses it, scrypt's N: a third of a second and 128 MiB each. */
export const passphraseCost = 2 ** 17;
const blockSize = 8;
const memoryBytesMax = 256 * 1024 * 1024;
const hashBytes = 32;
/** passphrase checks that wait for the one that runs; more are refused */
export const scryptQueueMax = 20;

/** A secret of 256 random bits, for cookies, tokens and links. */
export const makeToken = (): string => randomBytes(32).toString('base64url');
/** In hex: how tokens are kept, and how they are found again. */
export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
/** Whether two secrets are the same, in a time that tells nothing of where they part. */
export const sameText = (a: string, b: string): boolean => timingSafeEqual(Buffer.from(sha256(a)), Buffer.from(sha256(b)));

export type PassphraseHash = { salt: string; hash: string };

/** a hash that no passphrase has, so that an unknown name takes as long as a known one */
const nobody: PassphraseHash = { salt: '00'.repeat(16), hash: '00'.repeat(hashBytes) };

/** Hashes passphrases, one at a time: each takes much memory. Answers null when too many wait. */
export class PassphraseHashes {
  readonly #cost: number;
  #last: Promise<unknown> = Promise.resolve();
  #waiting = 0;

  constructor(cost: number) {
    this.#cost = cost;
  }

  async make(passphrase: string): Promise<PassphraseHash | null> {
    const salt = randomBytes(16).toString('hex');
    const key = await this.#derive(passphrase, salt);
    return key && { salt, hash: key.toString('hex') };
  }

  /** Whether the passphrase is right. Takes the same time where there is no hash to check it against. */
  async check(passphrase: string, stored: PassphraseHash | undefined): Promise<boolean | null> {
    const against = stored ?? nobody;
    const key = await this.#derive(passphrase, against.salt);
    return key && timingSafeEqual(key, Buffer.from(against.hash, 'hex')) && stored !== undefined;
  }

  #derive(passphrase: string, salt: string): Promise<Buffer> | null {
    if (this.#waiting >= scryptQueueMax) return null;
    this.#waiting++;
    const options = { N: this.#cost, r: blockSize, p: 1, maxmem: memoryBytesMax };
    const run = this.#last.then(
      () =>
        new Promise<Buffer>((resolve, reject) => {
          scrypt(passphrase, Buffer.from(salt, 'hex'), hashBytes, options, (error, key) => (error ? reject(error) : resolve(key)));
        }),
    );
    this.#last = run.catch(() => undefined).finally(() => this.#waiting--);
    return run;
  }
}
