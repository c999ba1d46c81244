/**
 * The page of a list that a visitor collected, on the phone: the projects by name and what they do, each with the way to read on. It is made
 * from the codes in its address and the installed packs alone; nothing is stored, no script runs.
 */
import { html } from 'hono/html';
import { shortPath } from '../../shared/links.ts';
import type { PlacedProject } from '../../shared/pack.ts';
import { LANGS, type Lang, type Text } from '../../shared/words.ts';

const WORDS: { [key in 'title' | 'count' | 'more' | 'home']: Text } = {
  title: { 'zh-HK': '我的收藏', 'zh-CN': '我的收藏', en: 'My list' },
  count: { 'zh-HK': '項香港創科項目', 'zh-CN': '项香港创科项目', en: 'Hong Kong projects' },
  more: { 'zh-HK': '詳細看', 'zh-CN': '详细看', en: 'Read on' },
  home: { 'zh-HK': '智慧城市網站', 'zh-CN': '智慧城市网站', en: 'Smart city website' },
};
const TAG: Text = { 'zh-HK': '繁', 'zh-CN': '简', en: 'EN' };

export const LIST_CSS = `:root{color-scheme:light}*{box-sizing:border-box;margin:0}body{font:17px/1.55 system-ui,"PingFang HK","Noto Sans CJK HK",sans-serif;background:#f3f6fb;color:#0b1b33}
main{max-width:640px;margin:0 auto;padding:20px 16px 40px}nav{display:flex;gap:8px;justify-content:flex-end}nav a,nav b{min-width:48px;min-height:48px;display:grid;place-items:center;border-radius:8px;text-decoration:none}
nav b{background:#0b1b33;color:#fff}h1{font-size:30px;line-height:1.25}.count{color:#44566f;margin:2px 0 16px}ol{list-style:none;padding:0;display:grid;gap:12px}
li{background:#fff;border:1px solid #c3d3e5;border-radius:12px;padding:16px}h2{font-size:20px;line-height:1.35}p{margin-top:4px}a{color:#0b4f8f;font-weight:600}li a{display:inline-grid;align-items:center;min-height:48px;margin-top:4px}footer{margin-top:20px}`;

/** `addresses` is the same list in each language. The page says nothing that the packs don't. */
export const listPage = async (projects: readonly PlacedProject[], lang: Lang, homeCode: string, addresses: { [L in Lang]: string }): Promise<string> => {
  const page = html`<html lang="${lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="robots" content="noindex"><title>${WORDS.title[lang]}</title><link rel="stylesheet" href="/l/page.css"></head>
<body><main><nav>${LANGS.map((l) => (l === lang ? html`<b lang="${l}" aria-current="true">${TAG[l]}</b>` : html`<a lang="${l}" href="${addresses[l]}">${TAG[l]}</a>`))}</nav>
<h1>${WORDS.title[lang]}</h1><p class="count">${projects.length} ${WORDS.count[lang]}</p>
<ol>${projects.map((p) => html`<li><h2>${p.name[lang]}</h2><p>${p.benefit[lang]}</p><a href="${shortPath(p.code, lang)}" aria-label="${WORDS.more[lang]} ${p.name[lang]}">${WORDS.more[lang]}</a></li>`)}</ol>
<footer><a href="${shortPath(homeCode, lang)}">${WORDS.home[lang]}</a></footer></main></body></html>`;
  return `<!doctype html>${String(await page)}`;
};
