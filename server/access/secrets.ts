/** Secrets are made here and kept only as hashes: tokens (256 random bits) as SHA-256, passphrases through scrypt. */
import { createHash, randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

const scryptCost = { N: 2 ** 17, r: 8, p: 1, maxmem: 256 * 1024 * 1024 };
const hashBytes = 32;
/** passphrase checks that wait for the one that runs; more are refused */
export const scryptQueueMax = 20;

export const makeToken = (): string => randomBytes(32).toString('base64url');
export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
export const sameText = (a: string, b: string): boolean => timingSafeEqual(Buffer.from(sha256(a)), Buffer.from(sha256(b)));

export type PassphraseHash = { salt: string; hash: string };

let last: Promise<unknown> = Promise.resolve();
let waiting = 0;

/** One scrypt at a time: it takes a third of a second and 128 MiB. Null when too many wait. */
const derive = (passphrase: string, salt: string): Promise<Buffer> | null => {
  if (waiting >= scryptQueueMax) return null;
  waiting++;
  const run = last.then(
    () =>
      new Promise<Buffer>((resolve, reject) => {
        scrypt(passphrase, Buffer.from(salt, 'hex'), hashBytes, scryptCost, (error, key) => (error ? reject(error) : resolve(key)));
      }),
  );
  last = run.catch(() => undefined).finally(() => waiting--);
  return run;
};

export const hashPassphrase = async (passphrase: string): Promise<PassphraseHash | null> => {
  const salt = randomBytes(16).toString('hex');
  const key = await derive(passphrase, salt);
  return key && { salt, hash: key.toString('hex') };
};

/** a hash that no passphrase has, so that an unknown name takes as long as a known one */
const nobody: PassphraseHash = { salt: '00'.repeat(16), hash: '00'.repeat(hashBytes) };

/** Whether the passphrase is right; null when too many checks wait. Takes the same time for a name that nobody has. */
export const checkPassphrase = async (passphrase: string, stored: PassphraseHash | undefined): Promise<boolean | null> => {
  const against = stored ?? nobody;
  const key = await derive(passphrase, against.salt);
  return key && timingSafeEqual(key, Buffer.from(against.hash, 'hex')) && stored !== undefined;
};
