/** One sheet: the tiles of a screen with what each is, upright ones in one row, wide ones in rows of three. */
import type { Page } from 'playwright';

export type Tile = { note: string; picture: Buffer };
const sheetWidthPx = 2_000;
const style = `body{margin:0;padding:20px;background:#20252e;color:#e8ecf4;font:15px sans-serif}h1{font-size:22px;margin:0 0 14px}
div{display:grid;gap:12px;margin-bottom:16px;align-items:start}
figure{margin:0}img{width:100%;display:block}figcaption{padding:4px 0}`;

/** few tiles are drawn larger */
const columns = (tiles: readonly Tile[], most: number): string => `style="grid-template-columns:repeat(${Math.max(2, Math.min(most, tiles.length))},1fr)"`;
const figures = (tiles: readonly Tile[]): string =>
  tiles.map((t) => `<figure><img src="data:image/jpeg;base64,${t.picture.toString('base64')}"><figcaption>${t.note}</figcaption></figure>`).join('');

/** Writes a PNG file. */
export const printSheet = async (page: Page, title: string, tiles: readonly Tile[], file: string): Promise<void> => {
  const wide = tiles.filter((t) => t.note.startsWith('landscape'));
  const tall = tiles.filter((t) => !wide.includes(t));
  await page.setViewportSize({ width: sheetWidthPx, height: 1_200 });
  await page.setContent(`<style>${style}</style><h1>${title}</h1><div ${columns(tall, 6)}>${figures(tall)}</div><div ${columns(wide, 3)}>${figures(wide)}</div>`);
  await page.screenshot({ path: file, fullPage: true });
};
