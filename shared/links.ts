/** What a QR code carries, and where a short link leads, in the visitor's language. */
import type { Content, PackHead, Project } from './pack.ts';
import { LANGS, type Lang } from './words.ts';

/** Crockford's base32 without I, L, O, U: short-link codes are six of these, read in any letter case. */
export const CODE_ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
export const codeChars = 6;

const SUFFIX: { [L in Lang]: string } = { 'zh-HK': 'T', 'zh-CN': 'S', en: 'E' };

/** The path of a short link that leads to the visitor's language, `/Q/K7Q2M9-S`, or, for null, to the phone's. Upper case and `-` keep the QR alphanumeric. */
export const shortPath = (code: string, lang: Lang | null): string => `/Q/${code}${lang === null ? '' : `-${SUFFIX[lang]}`}`;

/** Code and language of a short path's last part in any letter case; the language is null where the link names none. */
export const readShortPath = (part: string): { code: string; lang: Lang | null } | null => {
  const m = /^([0-9A-HJKMNP-TV-Z]{6})(?:-([TSE]))?$/.exec(part.toUpperCase());
  if (!m) return null;
  return { code: m[1] as string, lang: LANGS.find((l) => SUFFIX[l] === m[2]) ?? null };
};

/** what a visitor may collect; so many codes still make a QR that a phone reads across a hall */
export const listMax = 12;
/** under this name the lists that visitors take home are counted: it has letters that no issued code has */
export const listCode = 'LIST';

/** The path of a list that a visitor collected: `/L/K7Q2M9ABCDEF-T`. It holds all that it needs, so it works wherever it is opened. */
export const listPath = (codes: readonly string[], lang: Lang): string => `/L/${codes.slice(0, listMax).join('')}-${SUFFIX[lang]}`;

/** Codes and language of a list's path in any letter case; each code once. Null where it is no such list. */
export const readListPath = (part: string): { codes: string[]; lang: Lang } | null => {
  const m = /^((?:[0-9A-HJKMNP-TV-Z]{6}){1,12})-([TSE])$/.exec(part.toUpperCase());
  const lang = LANGS.find((l) => SUFFIX[l] === m?.[2]);
  return m && lang ? { codes: [...new Set((m[1] as string).match(/.{6}/g))], lang } : null;
};

/** Where a project's code leads: its own link, else its showcase's home. */
export const destinationOf = (head: Pick<PackHead, 'home'>, project: Pick<Project, 'link'> | null, lang: Lang): string => (project?.link ?? head.home)[lang];

/** The text that a QR code carries for a project (null: for the showcase itself), in a language (null: in the phone's, where it is a short link). */
export const qrText = (content: Content, project: (Pick<Project, 'link'> & { code: string; pack: string }) | null, lang: Lang | null): string => {
  if (content.mode === 'redirect' && content.origin) return content.origin.toUpperCase() + shortPath(project?.code ?? content.homeCode, lang);
  const head = content.packs.find((p) => p.id === (project?.pack ?? content.showcase)) as PackHead;
  return destinationOf(head, project, lang ?? 'zh-HK');
};
