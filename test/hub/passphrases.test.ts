/** How passphrases are kept: what a guess costs, and what happens when many are checked at once. */
import { scryptSync } from 'node:crypto';
import { expect, test } from 'vitest';
import { PassphraseHashes, passphraseCost, scryptQueueMax } from '../../server/access/secrets.ts';

const passphrase = 'correct horse battery staple';

test('[H3] a passphrase is kept as a salted scrypt hash of 128 MiB, another salt each time', async () => {
  const hashes = new PassphraseHashes(passphraseCost);
  const kept = await hashes.make(passphrase);
  expect(kept?.hash).toBe(scryptSync(passphrase, Buffer.from(kept?.salt ?? '', 'hex'), 32, { N: 2 ** 17, r: 8, p: 1, maxmem: 2 ** 28 }).toString('hex'));
  const again = await new PassphraseHashes(2).make(passphrase);
  expect(again?.salt).not.toBe(kept?.salt);
});

test('[H6] right is right, wrong is wrong, a name without a hash is never right; who finds too many waiting is told, and it goes on', async () => {
  const hashes = new PassphraseHashes(2 ** 4);
  const kept = (await hashes.make(passphrase)) ?? undefined;
  const [right, wrong, nobody] = await Promise.all([hashes.check(passphrase, kept), hashes.check(`${passphrase} `, kept), hashes.check(passphrase, undefined)]);
  expect([right, wrong, nobody]).toEqual([true, false, false]);
  const crowd = await Promise.all(Array.from({ length: scryptQueueMax + 5 }, () => hashes.check(passphrase, kept)));
  expect(crowd.filter((answer) => answer === true)).toHaveLength(scryptQueueMax);
  expect(crowd.filter((answer) => answer === null)).toHaveLength(5);
  expect(await hashes.check(passphrase, kept)).toBe(true);
});
