/** Pairing a kiosk by the code on its screen (RFC 8628's shape), and by the one-time link that a first start prints. In memory: ten minutes at most. */
import { randomBytes, randomInt } from 'node:crypto';
import type { Text } from '../../shared/words.ts';
import { makeToken, sameText } from './secrets.ts';

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

type Granted = { id: string; token: string; showcase: string; zone: string };
export type Pairing = { deviceCode: string; userCode: string; words: Text; sinceMs: number; granted: Granted | null };

export class Pairings {
  readonly #nowMs: () => number;
  #open: Pairing[] = [];
  #firstSecret: string | null = null;

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  /** A new code for a kiosk's screen; null when too many are open. */
  start(): Pairing | null {
    this.#expire();
    if (this.#open.length >= openPairingsMax) return null;
    const letters = Array.from({ length: 8 }, () => USER_ALPHABET[randomInt(USER_ALPHABET.length)]).join('');
    const picked = [...randomBytes(3)].map((b) => WORDS[b % WORDS.length] as Text);
    const words: Text = { 'zh-HK': picked.map((w) => w['zh-HK']).join('·'), 'zh-CN': picked.map((w) => w['zh-CN']).join('·'), en: picked.map((w) => w.en).join('-') };
    const pairing: Pairing = { deviceCode: makeToken(), userCode: `${letters.slice(0, 4)}-${letters.slice(4)}`, words, sinceMs: this.#nowMs(), granted: null };
    this.#open.push(pairing);
    return pairing;
  }

  /** The open pairing whose code a member of staff typed, in any case and with or without its dash. */
  byUserCode(typed: string): Pairing | undefined {
    this.#expire();
    const plain = typed.toUpperCase().replace(/[^A-Z]/g, '');
    return this.#open.find((p) => p.granted === null && sameText(p.userCode.replace('-', ''), plain));
  }

  grant(pairing: Pairing, granted: Granted): void {
    pairing.granted = granted;
  }

  /** What a polling kiosk hears: pending, or once what it was granted, or unknown. */
  poll(deviceCode: string): Granted | 'pending' | 'unknown' {
    this.#expire();
    const pairing = this.#open.find((p) => sameText(p.deviceCode, deviceCode));
    if (!pairing) return 'unknown';
    if (!pairing.granted) return 'pending';
    this.#open = this.#open.filter((p) => p !== pairing);
    return pairing.granted;
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

  #expire(): void {
    this.#open = this.#open.filter((p) => this.#nowMs() - p.sinceMs < pairingMsMax);
  }
}
