/** Checks passphrases, wherever one is asked for, with one limit on wrong ones: an account and address, and all together. */
import type { Account, Register } from './register.ts';
import type { PassphraseHash, PassphraseHashes } from './secrets.ts';
import { Throttle } from './throttle.ts';

export const wrongPassphrasesMax = 5;
export const wrongPassphrasesWindowMs = 15 * 60_000;
export const wrongPassphrasesPerMinuteMax = 30;
const busyRetryAfterMs = 3_000;

export type PassphraseAnswer = { ok: true; account: Account } | { ok: false; code: 'rate_limited' | 'busy' | 'bad_credentials'; retryAfterMs?: number };

export class Passphrases {
  readonly #register: Pick<Register, 'account'>;
  readonly #hashes: PassphraseHashes;
  readonly #wrong: Throttle;
  readonly #wrongAll: Throttle;

  constructor(register: Pick<Register, 'account'>, hashes: PassphraseHashes, monotonicMs: () => number) {
    this.#register = register;
    this.#hashes = hashes;
    this.#wrong = new Throttle(wrongPassphrasesMax, wrongPassphrasesWindowMs, monotonicMs);
    this.#wrongAll = new Throttle(wrongPassphrasesPerMinuteMax, 60_000, monotonicMs);
  }

  /** Whose passphrase this is, asked from an address. A name that nobody has takes as long and answers the same as a wrong passphrase. */
  async check(name: string, passphrase: string, address: string): Promise<PassphraseAnswer> {
    const key = `${name}|${address}`;
    const waitMs = Math.max(this.#wrong.waitMs(key), this.#wrongAll.waitMs('all'));
    if (waitMs > 0) return { ok: false, code: 'rate_limited', retryAfterMs: waitMs };
    const account = this.#register.account(name);
    const right = await this.#hashes.check(passphrase, account);
    if (right === null) return { ok: false, code: 'busy', retryAfterMs: busyRetryAfterMs };
    if (!right || !account) {
      this.#wrong.note(key);
      this.#wrongAll.note('all');
      return { ok: false, code: 'bad_credentials' };
    }
    this.#wrong.forget(key);
    return { ok: true, account };
  }

  /** The hash of a new account's passphrase; null when too many are being checked. */
  hash(passphrase: string): Promise<PassphraseHash | null> {
    return this.#hashes.make(passphrase);
  }
}
