/**
 * Pairing a kiosk by the code on its screen (RFC 8628's shape), and by the one-time link that a first start prints. An open pairing lies on
 * the shelf for ten minutes at most, under the hash of its device code; the kiosk's token follows from that code, so nothing that is kept
 * lets anybody be the kiosk.
 */
import { randomBytes, randomInt } from 'node:crypto';
import type { Text } from '../../shared/words.ts';
import { makeToken, sameText, sha256 } from './secrets.ts';
import type { Shelf } from './shelf.ts';

export const pairingMsMax = 600_000;
export const pairingIntervalMs = 3_000;
export const openPairingsMax = 20;
const USER_ALPHABET = 'BCDFGHJKLMNPQRSTVWXZ';

/** words that are told apart at a glance and read aloud alike in all three languages */
const WORDS: readonly Text[] = (
  [
    ['茶', '茶', 'tea'],
    ['山', '山', 'hill'],
    ['船', '船', 'boat'],
    ['燈', '灯', 'lamp'],
    ['雲', '云', 'cloud'],
    ['魚', '鱼', 'fish'],
    ['星', '星', 'star'],
    ['橋', '桥', 'bridge'],
    ['花', '花', 'flower'],
    ['鳥', '鸟', 'bird'],
    ['門', '门', 'door'],
    ['雨', '雨', 'rain'],
    ['月', '月', 'moon'],
    ['樹', '树', 'tree'],
    ['鐘', '钟', 'bell'],
    ['海', '海', 'sea'],
  ] as const
).map(([hk, cn, en]) => ({ 'zh-HK': hk, 'zh-CN': cn, en }));

/** `granted`: as which device, once a member of staff said so. */
type Granted = { id: string; showcase: string; zone: string };
type Kept = { userCode: string; words: Text; tokenHash: string; granted: Granted | null };
export type Pairing = Kept & { key: string };

const tokenOf = (deviceCode: string): string => Buffer.from(sha256(`harbourlight token of ${deviceCode}`), 'hex').toString('base64url');

export class Pairings {
  readonly #shelf: Shelf;
  #firstSecret: string | null = null;

  constructor(shelf: Shelf) {
    this.#shelf = shelf;
  }

  /** A new code for a kiosk's screen; null when too many are open. */
  async start(): Promise<{ deviceCode: string; userCode: string; words: Text } | null> {
    if ((await this.#shelf.all('pairing')).length >= openPairingsMax) return null;
    const letters = Array.from({ length: 8 }, () => USER_ALPHABET[randomInt(USER_ALPHABET.length)]).join('');
    const userCode = `${letters.slice(0, 4)}-${letters.slice(4)}`;
    const picked = [...randomBytes(3)].map((b) => WORDS[b % WORDS.length] as Text);
    const words: Text = { 'zh-HK': picked.map((w) => w['zh-HK']).join('·'), 'zh-CN': picked.map((w) => w['zh-CN']).join('·'), en: picked.map((w) => w.en).join('-') };
    const deviceCode = makeToken();
    const kept: Kept = { userCode, words, tokenHash: sha256(tokenOf(deviceCode)), granted: null };
    await this.#shelf.put('pairing', sha256(deviceCode), kept, pairingMsMax);
    return { deviceCode, userCode, words };
  }

  /** The open pairing whose code a member of staff typed, in any case and with or without its dash. */
  async byUserCode(typed: string): Promise<Pairing | undefined> {
    const plain = typed.toUpperCase().replace(/[^A-Z]/g, '');
    for (const { key, value } of await this.#shelf.all('pairing')) {
      const kept = value as Kept;
      if (kept.granted === null && sameText(kept.userCode.replace('-', ''), plain)) return { ...kept, key };
    }
    return undefined;
  }

  async grant({ key, ...kept }: Pairing, granted: Granted): Promise<void> {
    await this.#shelf.put('pairing', key, { ...kept, granted }, pairingMsMax);
  }

  /** What a polling kiosk hears: pending, or once what it was granted, or unknown. */
  async poll(deviceCode: string): Promise<(Granted & { token: string }) | 'pending' | 'unknown'> {
    const key = sha256(deviceCode);
    const kept = (await this.#shelf.get('pairing', key)) as Kept | undefined;
    if (!kept) return 'unknown';
    if (!kept.granted) return 'pending';
    return (await this.#shelf.take('pairing', key)) ? { ...kept.granted, token: tokenOf(deviceCode) } : 'unknown';
  }

  /** The secret of the one-time link, until it is claimed. */
  offerFirst(): string {
    this.#firstSecret = randomBytes(20).toString('base64url');
    return this.#firstSecret;
  }

  /** True once, for the right secret. */
  claimFirst(secret: string): boolean {
    if (this.#firstSecret === null || !sameText(secret, this.#firstSecret)) return false;
    this.#firstSecret = null;
    return true;
  }
}
