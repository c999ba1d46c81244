/**
 * The QR code on a screen. What draws it is fetched with the first touch, long before a visitor can reach a screen that shows one; where
 * that fails it is tried again until it is there. The address that can be typed stands beside it all the while.
 */
import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';

const againMs = 2_000;
const file = signal<typeof import('./code-drawn.tsx') | null>(null);
let asking = false;

/** Has what draws codes fetched, once. Never rejects. */
export const fetchCode = async (): Promise<void> => {
  if (asking || file.peek()) return;
  asking = true;
  try {
    file.value = await import('./code-drawn.tsx');
  } catch {
    setTimeout(fetchCode, againMs); // the hub is away, and nothing is kept on this device
  } finally {
    asking = false;
  }
};

export const Code = (shown: { text: string; alt: string; sizePx: number }) => {
  useEffect(() => void fetchCode(), []);
  const { CodeDrawn } = file.value ?? {};
  return CodeDrawn ? <CodeDrawn {...shown} /> : <div class="qr qr-coming" style={{ width: `${shown.sizePx}px`, height: `${shown.sizePx}px` }} />;
};
