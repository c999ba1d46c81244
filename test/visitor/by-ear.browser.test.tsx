/** The visit by five keys and by ear, from the resting screen to a code that a phone reads: what is said, word by word, in each language. */
import jsQR from 'jsqr';
import { describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { LANGS, type Lang } from '../../shared/words.ts';
import { kioskForEach } from './fake-kiosk.tsx';
import { transcripts } from './transcripts.ts';

const m = kioskForEach();

/** What is said from here until nothing new is said. */
const heard = async (): Promise<string[]> => {
  let before = -1;
  await expect
    .poll(
      () => {
        const same = m.fake.spoken.length === before && before > 0 && m.kiosk.caption.value === null;
        before = m.fake.spoken.length;
        return same;
      },
      { interval: 120 },
    )
    .toBe(true);
  return m.fake.spoken.splice(0).map((l) => (l.lang === m.kiosk.visit.value.lang ? l.text : `(${l.lang}) ${l.text}`));
};
const key = async (name: string, times = 1): Promise<string[]> => {
  const all: string[] = [];
  for (let i = 0; i < times; i++) {
    await userEvent.keyboard(`{${name}}`);
    all.push(...(await heard()));
  }
  return all;
};
const UP = 'ArrowUp';
const DOWN = 'ArrowDown';
const LEFT = 'ArrowLeft';
const RIGHT = 'ArrowRight';
const SELECT = 'Enter';

/** What an independent decoder reads from the pixels of the screen. */
const scanned = async (): Promise<string | undefined> => {
  const base64 = await page.screenshot({ save: false });
  const image = await createImageBitmap(await (await fetch(`data:image/png;base64,${base64}`)).blob());
  const canvas = new OffscreenCanvas(image.width, image.height);
  const g = canvas.getContext('2d');
  g?.drawImage(image, 0, 0);
  const pixels = g?.getImageData(0, 0, image.width, image.height);
  return pixels && jsQR(pixels.data, pixels.width, pixels.height)?.data;
};

describe('[U2] by five keys alone', () => {
  test.each(LANGS)('from the resting screen to a scanned code, in %s', async (lang: Lang) => {
    const script: string[] = [];
    const act = async (does: string, lines: Promise<string[]>): Promise<void> => {
      script.push(`> ${does}`, ...(await lines));
    };
    await act('any key', key(DOWN));
    await act(`down to ${lang}`, key(DOWN, 1 + LANGS.indexOf(lang)));
    await act('select', key(SELECT));
    await act('down, down, down', key(DOWN, 3));
    await act('select', key(SELECT));
    await act('left: where am I', key(LEFT));
    await act('right, right: sentence by sentence', key(RIGHT, 2));
    await act('down, down', key(DOWN, 2));
    while (!document.activeElement?.matches('.walk-acts .primary')) await key(DOWN);
    await act('select: the project', key(SELECT));
    while (!document.activeElement?.matches('.project-acts .primary')) await key(DOWN);
    await act(
      'up, down',
      key(UP).then(async (a) => [...a, ...(await key(DOWN))]),
    );
    await act('select: take it home', key(SELECT));
    expect(await scanned()).toBe(`HTTPS://GO.EXAMPLE.HK/Q/K7Q2M9-${{ 'zh-HK': 'T', 'zh-CN': 'S', en: 'E' }[lang]}`);
    expect(script).toEqual(transcripts[lang].trim().split('\n'));
    expect(m.kiosk.visit.value).toMatchObject({ lang, keypad: true, inputs: expect.any(Number) });
  });
});
