/**
 * Who follows a short link: one scan for a request that a person made, counted within 150 ms or not waited for. Phones follow links more
 * than they ask anything else, so the commonest request, a plain `GET /q/CODE` of a link that there is, is answered here without the web
 * framework; every other one goes its way through that, to the same answer.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { readShortPath } from '../../shared/links.ts';
import { type Lang, langOf } from '../../shared/words.ts';
import { Throttle } from '../access/throttle.ts';
import type { Link } from '../packs/link-table.ts';
import type { HubParts } from '../parts/hub-parts.ts';
import { securityHeaders } from './security-headers.ts';

/** a redirect waits this long for its scan to be durable, no longer */
export const scanWaitMsMax = 150;
/** counted scans of one code from one address in a minute: a hall's visitors may share one, a script may not fill the journal */
export const scansPerCodeAndMinuteMax = 600;

/** link previews and crawlers: they follow a link that nobody scanned */
const PREVIEW = /bot\b|crawler|spider|preview|facebookexternalhit|slackbot|whatsapp|telegrambot|discordbot|linkedinbot|twitterbot|skypeuripreview|embedly|headlesspreview/i;
const PREFETCH = /prefetch|prerender/i;
/** what the quick way takes: a path and a host that need no reading */
const PATH = /^\/[qQ]\/([0-9A-Za-z-]{6,8})$/;
const HOST = /^[a-z0-9.-]+(:\d{1,5})?$/;

/** What became of a request, as metrics and the answer's `X-Scan` say it. */
export type ScanFate = 'counted' | 'late' | 'uncounted' | 'capped' | 'preview';

/** What of a request is looked at; nothing of it is kept. */
export type Asked = { method: string; header(name: string): string | undefined; address: string };

const byPerson = ({ method, header }: Asked): boolean =>
  method === 'GET' && !PREVIEW.test(header('user-agent') ?? '') && !PREFETCH.test(`${header('sec-purpose') ?? ''}${header('purpose') ?? ''}`);

const preferred = (header: string | undefined): Lang => {
  for (const tag of (header ?? '').split(',')) {
    const lang = langOf(tag.trim());
    if (lang) return lang;
  }
  return 'zh-HK';
};

/** Where a link leads whoever asks, in the language that the path names or the phone prefers. */
export const destinationFor = (link: Link, lang: Lang | null, asked: Asked): string => link.to[lang ?? preferred(asked.header('accept-language'))];

const askedBy = (request: IncomingMessage): Asked => ({
  method: request.method ?? '',
  header: (name) => {
    const value = request.headers[name];
    return Array.isArray(value) ? value.join(', ') : value;
  },
  address: request.socket.remoteAddress ?? 'unknown',
});

export class Scans {
  readonly #parts: HubParts;
  readonly #throttle: Throttle;
  readonly #headers: readonly string[];

  constructor(parts: HubParts) {
    this.#parts = parts;
    this.#throttle = new Throttle(scansPerCodeAndMinuteMax, 60_000, parts.clock.monotonicMs);
    this.#headers = Object.entries({ ...securityHeaders(parts.secure), 'cache-control': 'no-store' }).flat();
  }

  /** Counts a scan where a person asked, as far as it can be known in time: `late` is most often counted soon after. Never rejects. */
  async follow(link: Pick<Link, 'code' | 'showcase' | 'project'>, asked: Asked): Promise<ScanFate> {
    const fate = byPerson(asked) ? await this.#count(link, asked.address) : 'preview';
    this.#parts.metrics.scans.inc({ fate });
    return fate;
  }

  /** Answers a plain request of a link that there is; false, and nothing is touched, where it is another one. */
  answers(request: IncomingMessage, response: ServerResponse): boolean {
    const path = request.method === 'GET' ? PATH.exec(request.url ?? '') : null;
    if (!path || !HOST.test(request.headers.host ?? '')) return false;
    const read = readShortPath(path[1] as string);
    const link = read && this.#parts.library.links.find(read.code);
    if (!link) return false;
    const asked = askedBy(request);
    void this.follow(link, asked).then((fate) => {
      response.writeHead(302, [...this.#headers, 'x-scan', fate, 'location', destinationFor(link, read.lang, asked)]).end();
    });
    return true;
  }

  #count(link: Pick<Link, 'code' | 'showcase' | 'project'>, address: string): Promise<ScanFate> | ScanFate {
    if (!this.#throttle.allow(`${link.code}|${address}`)) return 'capped';
    const recording = this.#parts.recorder.record(() => ({
      entry: { kind: 'link.scanned', receivedMs: this.#parts.clock.nowMs(), showcase: link.showcase, code: link.code, project: link.project, n: 1 },
      answer: null,
    }));
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve('late'), scanWaitMsMax);
      void recording.then(({ ok }) => {
        clearTimeout(timer);
        resolve(ok ? 'counted' : 'uncounted');
      });
    });
  }
}
