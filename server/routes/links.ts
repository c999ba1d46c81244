/**
 * Short links: `/q/CODE` answers 302 within 200 ms whatever the journal does, and counts one scan for a request that a person made. Only
 * destinations of the link table are ever answered; nothing of the request is reflected or stored but the code and the time.
 */
import { type Context, Hono } from 'hono';
import QRCode from 'qrcode';
import { listCode, listPath, qrText, readListPath, readShortPath } from '../../shared/links.ts';
import { qrSvg } from '../../shared/qr-svg.ts';
import { LANGS, type Lang, type Text } from '../../shared/words.ts';
import type { Library } from '../packs/library.ts';
import type { Link } from '../packs/link-table.ts';
import type { HubParts } from '../parts/hub-parts.ts';
import type { HubEnv } from './env.ts';
import { addressOf } from './guard.ts';
import { LIST_CSS, listPage } from './list-page.ts';
import { type Asked, destinationFor, type Scans } from './scans.ts';

export const qrCacheMax = 2_000;

const PAGE_404 = `<!doctype html><html lang="zh-HK"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>404</title>
<body><main><h1>找不到這個連結</h1><p>請到展館觸控屏再掃描一次，或瀏覽 www.smartcity.gov.hk。</p>
<section lang="zh-CN"><h2>找不到此链接</h2><p>请到展馆触摸屏再次扫描，或访问 www.smartcity.gov.hk。</p></section>
<section lang="en"><h2>This link was not found</h2><p>Please scan again at the pavilion’s touchscreen, or visit www.smartcity.gov.hk.</p></section></main></body></html>`;

/** Codes as SVG, each drawn once: at most `qrCacheMax` are kept. */
export class QrDrawings {
  readonly #library: Pick<Library, 'content'>;
  readonly #drawn = new Map<string, string>();

  constructor(library: Pick<Library, 'content'>) {
    this.#library = library;
  }

  /** In a language, or for null in the phone's own. Null where the link's showcase is no longer installed. */
  svg(link: Link, lang: Lang | null): string | null {
    const content = this.#library.content(link.showcase);
    if (!content) return null; // issued for a showcase that is no longer installed
    const key = `${link.code}|${lang}|${content.version}`;
    let svg = this.#drawn.get(key);
    if (svg === undefined) {
      const project = link.project === null ? null : { code: link.code, pack: link.pack, link: link.to };
      const { modules } = QRCode.create(content.mode === 'redirect' ? qrText(content, project, lang) : link.to[lang ?? 'zh-HK'], { errorCorrectionLevel: 'Q' });
      svg = qrSvg(modules.size, (row, column) => modules.get(row, column) === 1);
      if (this.#drawn.size >= qrCacheMax) this.#drawn.clear();
      this.#drawn.set(key, svg);
    }
    return svg;
  }
}

export const linkRoutes = (parts: HubParts, scans: Scans) => {
  const drawings = new QrDrawings(parts.library);

  const askedBy = (c: Context<HubEnv>): Asked => ({ method: c.req.method, header: (name) => c.req.header(name), address: addressOf(c) });

  return new Hono<HubEnv>()
    .get('/l/page.css', (c) => c.body(LIST_CSS, 200, { 'Content-Type': 'text/css; charset=utf-8', 'Cache-Control': 'public, max-age=3600' }))
    .on('GET', ['/l/:list', '/L/:list'], async (c) => {
      const read = readListPath(c.req.param('list'));
      const links = (read?.codes ?? []).flatMap((code) => parts.library.links.find(code) ?? []);
      const showcase = links[0]?.showcase;
      const content = showcase === undefined ? undefined : parts.library.content(showcase);
      const projects = links.flatMap((l) => content?.projects.find((p) => p.pack === l.pack && p.id === l.project) ?? []);
      if (!read || !content || projects.length === 0) return c.html(PAGE_404, 404);
      const fate = await scans.follow({ code: listCode, showcase: content.showcase, project: null }, askedBy(c));
      const codes = projects.map((p) => p.code);
      const addresses = Object.fromEntries(LANGS.map((l) => [l, listPath(codes, l)])) as Text;
      return c.html(await listPage(projects, read.lang, content.homeCode, addresses), 200, { 'X-Scan': fate, 'Cache-Control': 'no-store' });
    })
    .on('GET', ['/q/:code', '/Q/:code'], async (c) => {
      const read = readShortPath(c.req.param('code'));
      const link = read && parts.library.links.find(read.code);
      if (!link) return c.html(PAGE_404, 404);
      const asked = askedBy(c);
      const fate = await scans.follow(link, asked);
      return c.body(null, 302, { 'X-Scan': fate, Location: destinationFor(link, read.lang, asked), 'Cache-Control': 'no-store' });
    })
    .get('/qr/:file{[0-9A-Za-z]{6}\\.svg}', (c) => {
      const read = readShortPath(c.req.param('file').slice(0, 6));
      const link = read && parts.library.links.find(read.code);
      if (!link) return c.html(PAGE_404, 404);
      const asked = c.req.query('lang');
      const lang = LANGS.find((l) => l === asked) ?? null;
      const svg = drawings.svg(link, lang);
      if (svg === null) return c.html(PAGE_404, 404);
      return c.body(svg, 200, { 'Content-Type': 'image/svg+xml', 'Cache-Control': 'public, max-age=3600' });
    });
};
