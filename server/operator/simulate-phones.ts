/**
 * Visitors' phones that ask for the codes they were shown, and what asks for them without a person: link previews and HEADs. The answer's
 * `X-Scan` says whether the scan was counted durably; a redirect that could not wait for that, or whose answer was lost, may have been.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { SimulatedHub } from './simulate-hub.ts';
import type { Pace } from './simulate-pace.ts';
import type { PhonePlan } from './simulate-plan.ts';

/** the hub counts 600 a code, address and minute: all these phones share an address, so they keep well below */
export const perCodeAndMinuteMax = 250;
const phonesAtOnce = 6;

/** Asked for by people: surely counted, perhaps counted (late or lost), by project and by code. */
export type Scans = { sure: number; unsure: number };
export type PhoneAccount = {
  answered: number;
  late: number;
  unanswered: number;
  previews: number;
  heads: number;
  byCode: Map<string, Scans>;
  byProject: Map<string, Scans>;
  problems: string[];
};

export const emptyPhoneAccount = (): PhoneAccount => ({
  answered: 0,
  late: 0,
  unanswered: 0,
  previews: 0,
  heads: 0,
  byCode: new Map(),
  byProject: new Map(),
  problems: [],
});

const AGENTS = {
  scan: 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1',
  preview: 'WhatsApp/2.24.20.81 A',
  head: 'Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36',
} as const;

/** Holds back what would come too often for one code. */
const pacing = () => {
  const windows = new Map<string, { sinceMs: number; n: number }>();
  return async (code: string): Promise<void> => {
    for (;;) {
      const nowMs = performance.now();
      const window = windows.get(code);
      if (!window || nowMs - window.sinceMs > 60_000) {
        windows.set(code, { sinceMs: nowMs, n: 1 });
        return;
      }
      if (window.n < perCodeAndMinuteMax) {
        window.n++;
        return;
      }
      await sleep(500);
    }
  };
};

const note = (account: PhoneAccount, phone: PhonePlan, fate: 'sure' | 'unsure'): void => {
  const put = (map: Map<string, Scans>, key: string): void => {
    const scans = map.get(key) ?? { sure: 0, unsure: 0 };
    scans[fate]++;
    map.set(key, scans);
  };
  put(account.byCode, phone.code.toUpperCase());
  if (phone.project !== null) put(account.byProject, phone.project);
};

const scan = async (hub: SimulatedHub, phone: PhonePlan, account: PhoneAccount): Promise<void> => {
  for (;;) {
    const reply = await hub.once('GET', `/q/${phone.code}`, { headers: { 'user-agent': AGENTS.scan, 'accept-language': 'zh-HK' } });
    if (reply === 'refused') {
      // nobody answered: the visitor loads the page again
      hub.checkAway();
      await sleep(300);
      continue;
    }
    if (reply === 'lost') {
      account.unanswered++;
      return note(account, phone, 'unsure');
    }
    if (reply.status !== 302) {
      account.problems.push(`/q/${phone.code} answered ${reply.status}`);
      return;
    }
    account.answered++;
    if (reply.headers.get('x-scan') === 'counted') return note(account, phone, 'sure');
    account.late++;
    return note(account, phone, 'unsure');
  }
};

/** Sends every phone's request at its time. Resolves when each was answered or lost. */
export const runPhones = async (hub: SimulatedHub, plan: readonly PhonePlan[], pace: Pace, account: PhoneAccount): Promise<void> => {
  const waiting = [...plan].reverse();
  const paced = pacing();
  const phones = async (): Promise<void> => {
    for (let phone = waiting.pop(); phone; phone = waiting.pop()) {
      await pace.until(phone.dueMs);
      await paced(phone.code.toUpperCase());
      if (phone.way === 'scan') await scan(hub, phone, account);
      else {
        if (phone.way === 'preview') account.previews++;
        else account.heads++;
        await hub.once(phone.way === 'head' ? 'HEAD' : 'GET', `/q/${phone.code}`, { headers: { 'user-agent': AGENTS[phone.way] } });
      }
    }
  };
  await Promise.all(Array.from({ length: phonesAtOnce }, phones));
};
