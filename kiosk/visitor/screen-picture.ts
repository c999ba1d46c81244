/**
 * A small picture of what this page shows now, for staff who ask for it: the page's own elements and styles drawn once more, small, by the
 * browser itself. What staff have open on the kiosk (codes, its records) is left out. Nothing is kept, here or at the hub.
 */
import { pictureCharsMax, pictureHead } from '../../shared/command.ts';

/** the longer side, px */
const longSidePx = 720;
/** tried in turn until the picture is small enough */
const QUALITIES = [0.75, 0.55, 0.35, 0.2];
/** fonts beyond this are left to the device's own */
const fontBytesMax = 4 * 1024 * 1024;
/** what only staff are meant to see on the glass */
const STAFF_ONLY = '.staff, .maintenance';

const dataUrl = async (url: string, type: string): Promise<string> => {
  const bytes = new Uint8Array(await (await fetch(url)).arrayBuffer());
  let text = '';
  for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return `data:${type};base64,${btoa(text)}`;
};

const plain = (text: string): string => text.replace(/["'\s]/g, '').toLowerCase();

/** The page's styles as one text, with the font slices that it uses inside it. */
const stylesOf = async (): Promise<string> => {
  const used = new Set([...document.fonts].filter((f) => f.status === 'loaded').map((f) => plain(f.family + f.unicodeRange)));
  const rules: string[] = [];
  const faces: { text: string; url: string }[] = [];
  for (const sheet of document.styleSheets)
    for (const rule of sheet.cssRules) {
      if (!(rule instanceof CSSFontFaceRule)) {
        // in a drawing the page's root is not the root
        rules.push(rule.cssText.replaceAll(':root', ':is(html)'));
        continue;
      }
      const url = /url\("([^"]+)"\)/.exec(rule.style.getPropertyValue('src'))?.[1];
      if (url && used.has(plain(rule.style.getPropertyValue('font-family') + rule.style.getPropertyValue('unicode-range'))))
        faces.push({ text: rule.cssText.replace(/src:[^;]+;/, ''), url: new URL(url, sheet.href ?? document.baseURI).href });
    }
  let bytes = 0;
  for (const { text, url } of faces) {
    if (bytes > fontBytesMax) break;
    const inside = await dataUrl(url, 'font/woff2').catch(() => null); // not on this device: its own fonts draw those letters
    if (inside === null) continue;
    bytes += inside.length;
    rules.push(text.replace(/\}\s*$/, `src:url(${inside}) format("woff2");}`));
  }
  return rules.join('\n');
};

/** A canvas or image as it is now, as an image of its own. */
const stillOf = (drawn: HTMLCanvasElement | HTMLImageElement): HTMLImageElement => {
  const image = document.createElement('img');
  const { width, height } = drawn.getBoundingClientRect();
  const copy = document.createElement('canvas');
  const shrink = Math.min(1, longSidePx / Math.max(1, width, height));
  copy.width = Math.max(1, Math.round(width * shrink));
  copy.height = Math.max(1, Math.round(height * shrink));
  if (drawn instanceof HTMLCanvasElement ? drawn.width > 0 && drawn.height > 0 : drawn.complete && drawn.naturalWidth > 0) {
    copy.getContext('2d')?.drawImage(drawn, 0, 0, copy.width, copy.height);
    image.src = copy.toDataURL('image/webp', 0.8);
  }
  image.className = drawn.className;
  image.style.cssText = `${drawn.style.cssText};width:${width}px;height:${height}px`;
  return image;
};

/** The page as it is now: a copy that holds no canvas, no program, and nothing of what only staff see. */
const copyOf = (): HTMLElement => {
  const live = document.documentElement;
  const copy = live.cloneNode(true) as HTMLElement;
  const [from, to] = [[...live.querySelectorAll('*')], [...copy.querySelectorAll<HTMLElement>('*')]];
  for (const [i, element] of from.entries()) {
    const twin = to[i] as HTMLElement;
    if (element instanceof HTMLCanvasElement || element instanceof HTMLImageElement) twin.replaceWith(stillOf(element));
    else if (element.scrollTop > 0 && twin.firstElementChild instanceof HTMLElement) twin.firstElementChild.style.marginTop = `-${element.scrollTop}px`;
  }
  for (const gone of copy.querySelectorAll('head, script')) gone.remove();
  for (const hidden of copy.querySelectorAll(STAFF_ONLY)) hidden.replaceChildren();
  return copy;
};

const imageOf = async (width: number, height: number, page: HTMLElement, styles: string): Promise<HTMLImageElement> => {
  const style = document.createElement('style');
  style.textContent = `${styles}\n*,*::before,*::after{animation:none!important;transition:none!important}html{display:block;width:${width}px;height:${height}px;overflow:hidden}`;
  page.prepend(style);
  const size = getComputedStyle(document.documentElement).fontSize;
  const text = new XMLSerializer().serializeToString(page);
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" style="font-size:${size}"><foreignObject width="100%" height="100%">${text}</foreignObject></svg>`,
  )}`;
  await image.decode();
  return image;
};

/** The picture as a data URL of a JPEG, at most `pictureCharsMax` long. `redraw` draws the stage, so that it can be read in this turn. */
export const takePicture = async (redraw: () => void): Promise<string> => {
  const [width, height] = [window.innerWidth, window.innerHeight];
  redraw();
  const page = copyOf();
  const image = await imageOf(width, height, page, await stylesOf());
  const canvas = document.createElement('canvas');
  const shrink = Math.min(1, longSidePx / Math.max(width, height));
  canvas.width = Math.round(width * shrink);
  canvas.height = Math.round(height * shrink);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no picture can be drawn here');
  context.imageSmoothingQuality = 'high';
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  for (const quality of QUALITIES) {
    const picture = canvas.toDataURL('image/jpeg', quality);
    if (picture.startsWith(pictureHead) && picture.length <= pictureCharsMax) return picture;
  }
  throw new Error('the picture stays too large');
};
