/** A short link has two ways to its answer, with the web framework and without: what comes out is the same, and what is counted. */
import { request } from 'node:http';
import QRCode from 'qrcode';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { qrSvg } from '../../shared/qr-svg.ts';
import { type SmallHub, showcase, smallHub } from './small-hub.ts';

let h: SmallHub;
let code: string;
let scanned = 0;
beforeAll(async () => {
  h = await smallHub({ publicOrigin: 'https://go.example.hk' });
  code = (await h.ask('GET', `/api/v1/showcases/${showcase}`)).body.projects[0].code;
  h.hub.parts.metrics.scans.reset();
});
afterAll(() => h.close());

type Answer = { status: number; headers: [string, string][]; body: string };
const ask = (method: string, path: string, headers: { [name: string]: string }): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(h.origin);
    const asked = request({ hostname, port, method, path, headers, agent: false }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (text: string) => {
        body += text;
      });
      response.on('end', () => {
        const names = Object.entries(response.headers).filter(([name]) => name !== 'date');
        resolve({ status: response.statusCode as number, headers: names.map(([name, value]): [string, string] => [name, String(value)]).sort(), body });
      });
    });
    asked.on('error', reject).end();
  });
const fateOf = ({ headers }: Answer): string | undefined => headers.find(([name]) => name === 'x-scan')?.[1];

describe('the two ways of a short link', () => {
  test.each<[string, string, { [name: string]: string }]>([
    ['in the phone’s language', '', { 'accept-language': 'fr, en-GB;q=0.8, zh-CN;q=0.5' }],
    ['in the kiosk’s language, in small letters', '-s', { 'accept-language': 'en' }],
    ['in no language that is known', '', { 'accept-language': 'fr' }],
    ['of a link preview', '-E', { 'user-agent': 'WhatsApp/2.24' }],
    ['of a browser that fetches ahead', '', { 'sec-purpose': 'prefetch;prerender' }],
    ['of an old one', '', { purpose: 'prefetch' }],
  ])('[C3] [H4] %s: the same answer, header by header', async (_, suffix, headers) => {
    const plain = await ask('GET', `/q/${code}${suffix}`, headers);
    // an address with a question in it is read by the framework
    const framed = await ask('GET', `/q/${code}${suffix}?from=hall`, headers);
    expect([plain.status, plain.headers.length > 8]).toEqual([302, true]);
    expect(plain).toEqual(framed);
    if (fateOf(plain) === 'counted') scanned += 2;
  });

  test('[C3] a code that is drawn for no language carries the short link alone, in capitals; for a language, with it', async () => {
    for (const [query, suffix] of [
      ['', ''],
      ['?lang=zh-CN', '-S'],
      ['?lang=fr', ''],
    ]) {
      const { modules } = QRCode.create(`HTTPS://GO.EXAMPLE.HK/Q/${code}${suffix}`, { errorCorrectionLevel: 'Q' });
      const drawn = await ask('GET', `/qr/${code}.svg${query}`, {});
      expect(drawn).toMatchObject({ status: 200, body: qrSvg(modules.size, (row, column) => modules.get(row, column) === 1) });
    }
  });

  test('each person’s request is one scan, whichever way it went', async () => {
    expect(scanned).toBe(6);
    const { links } = [...h.hub.parts.tally.showcases.values()].flatMap((t) => [...t.engagement.hours.values()]).find((hour) => hour.scanned > 0) ?? { links: new Map() };
    expect(links.get(code)?.scanned).toBe(6);
  });

  test.each([
    ['HEAD', '', {}, 302],
    ['GET', '?token=secret', {}, 400],
    ['POST', '', {}, 405],
    ['GET', 'X', {}, 404],
    ['GET', '', { host: 'a b' }, 400],
    ['GET', '', { host: 'user@evil.example' }, 400],
  ])('[H1] %s %s %j is the framework’s to judge: %i', async (method, more, headers, status) => {
    const answer = await ask(method, `/q/${code}${more}`, headers);
    expect([answer.status, fateOf(answer)]).toEqual([status, method === 'HEAD' ? 'preview' : undefined]);
  });
});
