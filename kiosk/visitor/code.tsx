/**
 * The QR code on a screen. What draws it is fetched with the first touch, long before a visitor can reach a screen that shows one. The
 * address that can be typed stands beside it all the while, and who listens is told of it at once.
 */
import { useEffect } from 'preact/hooks';
import { fetchedPart } from './fetched.ts';

const drawer = fetchedPart(() => import('./code-drawn.tsx'));
export const fetchCode = drawer.fetch;

export const Code = (shown: { text: string; alt: string; sizePx: number }) => {
  useEffect(() => void fetchCode(), []);
  const { CodeDrawn } = drawer.file.value ?? {};
  return CodeDrawn ? <CodeDrawn {...shown} /> : <div class="qr qr-coming" role="img" aria-label={shown.alt} style={{ width: `${shown.sizePx}px`, height: `${shown.sizePx}px` }} />;
};
