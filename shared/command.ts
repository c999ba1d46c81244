/** What staff may have a kiosk do. Read by hand on the kiosk, by `commandSchema` in the hub; a test holds the two together. */
export type Command =
  | { kind: 'notice'; text: string }
  | { kind: 'spotlight'; project: string }
  | { kind: 'attract' }
  | { kind: 'reload' }
  | { kind: 'pause'; on: boolean }
  | { kind: 'identify' }
  /** answered with a picture of what the kiosk shows */
  | { kind: 'picture' }
  | { kind: 'theme'; theme: 'day' | 'night' }
  | { kind: 'emergency'; on: boolean; text?: string | undefined };

export const commandTextCharsMax = 200;
/** what a kiosk's picture begins with, and how long the whole may be: about 100 KB of JPEG */
export const pictureHead = 'data:image/jpeg;base64,';
export const pictureCharsMax = 136_000;
/** What a kiosk has to say besides that it is done. */
export type CommandAnswer = { picture?: string };
const slug = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const slugCharsMax = 64;

const isText = (value: unknown, min: number): value is string => typeof value === 'string' && value.length >= min && value.length <= commandTextCharsMax;

/** The command, or null where it is none that this version knows or it carries anything else. */
export const readCommand = (raw: unknown): Command | null => {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return null;
  const c = raw as { readonly [field: string]: unknown };
  const only = (...fields: string[]): boolean => Object.keys(c).every((k) => k === 'kind' || fields.includes(k));
  switch (c['kind']) {
    case 'notice':
      return only('text') && isText(c['text'], 1) ? { kind: 'notice', text: c['text'] } : null;
    case 'spotlight':
      return only('project') && typeof c['project'] === 'string' && c['project'].length <= slugCharsMax && slug.test(c['project'])
        ? { kind: 'spotlight', project: c['project'] }
        : null;
    case 'attract':
    case 'reload':
    case 'identify':
    case 'picture':
      return only() ? { kind: c['kind'] } : null;
    case 'theme':
      return only('theme') && (c['theme'] === 'day' || c['theme'] === 'night') ? { kind: 'theme', theme: c['theme'] } : null;
    case 'pause':
      return only('on') && typeof c['on'] === 'boolean' ? { kind: 'pause', on: c['on'] } : null;
    case 'emergency': {
      if (!only('on', 'text') || typeof c['on'] !== 'boolean') return null;
      if (c['text'] === undefined) return { kind: 'emergency', on: c['on'] };
      return isText(c['text'], 0) ? { kind: 'emergency', on: c['on'], text: c['text'] } : null;
    }
    default:
      return null;
  }
};
