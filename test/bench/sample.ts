/** What the bench sends: kiosk events as a visit makes them, and whole journal entries of twenty. */
import { randomBytes } from 'node:crypto';
import type { Entry } from '../../shared/entry.ts';
import type { KioskEvent } from '../../shared/event.ts';

export const benchShowcase = 'smart-hong-kong-pavilion';
/** one of its doors */
export const benchPoint = 'door-a';
export const kioskToken = (kiosk: number): string => `bench-kiosk-token-${kiosk}-0123456789abcdef`;
export const staffToken = 'bench-staff-token-0123456789abcdef';
const PROJECTS = ['hkemobility', 'iam-smart', 'myobservatory', 'smart-lamppost', 'ehealth-plus', 'geolab', 'csdi-portal', 'hketoll'];

export const randomId = (): string => randomBytes(16).toString('base64url');

/** The next event of a visitor at a kiosk: a session of twenty. */
export const eventOf = (n: number, session: string, atMs: number): KioskEvent => {
  const base = { id: randomId(), atMs, session };
  const project = PROJECTS[n % PROJECTS.length] as string;
  const step = n % 20;
  if (step === 0) return { ...base, kind: 'session.started', lang: 'zh-HK' };
  if (step === 19) return { ...base, kind: 'session.ended', reason: 'idle', seconds: 95, inputs: 31 };
  if (step === 10) return { ...base, kind: 'link.shown', code: 'K7Q2M9', project };
  return step % 2 === 1 ? { ...base, kind: 'project.opened', project, via: 'hill' } : { ...base, kind: 'project.closed', project, seconds: 12.5 };
};

/** A kiosk's batch as the journal holds it: `items` events of stream `kiosk`, from `from`. */
export const batchEntry = (kiosk: number, from: number, items: number, receivedMs: number): Entry => {
  const session = randomId();
  return {
    kind: 'kiosk.recorded',
    receivedMs,
    showcase: benchShowcase,
    zone: 'living',
    device: `bench-kiosk-${kiosk}`,
    epoch: `bench-epoch-${kiosk}`,
    from,
    offsetMs: 0,
    items: Array.from({ length: items }, (_, i) => eventOf(i, session, receivedMs - (items - i) * 1_000)),
  };
};

const seqChars = 9;
const idChars = 12;
const DIGITS = Buffer.from('0123456789abcdefghijklmnopqrstuvwxyz');

/**
 * A record message of `events` events, made once and patched in place for each batch (seq and id), so that the load client costs little
 * beside what it measures.
 */
export const recordMessage = (kiosk: number, events: number): { bytes: Buffer; next(): Buffer } => {
  const session = randomId();
  const epoch = randomId();
  const unique = randomBytes(6).toString('hex').slice(0, 10);
  const holeSeq = '#'.repeat(seqChars);
  const holeId = '@'.repeat(idChars);
  const list = Array.from({ length: events }, (_, i) => {
    const { id: _id, ...rest } = eventOf(i + 1, session, Date.now());
    return `{"seq":${holeSeq},"id":"${unique}${holeId}",${JSON.stringify(rest).slice(1)}`;
  });
  const bytes = Buffer.from(`42/kiosk,1["record",{"epoch":"${epoch}","events":[${list.join(',')}]}]`, 'latin1');
  const seqAt: number[] = [];
  const idAt: number[] = [];
  for (let at = bytes.indexOf(holeSeq); at >= 0; at = bytes.indexOf(holeSeq, at + seqChars)) seqAt.push(at);
  for (let at = bytes.indexOf(holeId); at >= 0; at = bytes.indexOf(holeId, at + idChars)) idAt.push(at);
  let seq = 0;
  const next = (): Buffer => {
    for (let e = 0; e < events; e++) {
      seq++;
      // JSON takes blanks before a number: every seq has the same width
      for (let n = seq, at = (seqAt[e] as number) + seqChars - 1; at >= (seqAt[e] as number); at--) {
        bytes[at] = n > 0 ? 0x30 + (n % 10) : 0x20;
        n = Math.floor(n / 10);
      }
      for (let n = seq * 7_919 + kiosk, at = (idAt[e] as number) + idChars - 1; at >= (idAt[e] as number); at--) {
        bytes[at] = DIGITS[n % 36] as number;
        n = Math.floor(n / 36);
      }
    }
    return bytes;
  };
  return { bytes, next };
};
