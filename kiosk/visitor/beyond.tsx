/**
 * The screens beyond hill and walk. What a kiosk shows first comes without them; they are fetched as soon as that is there and the page
 * has a moment, or with a touch that comes earlier. A hub that goes away soon after leaves every screen.
 */
import { effect, type ReadonlySignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Desk } from './desk.ts';
import { fetchedPart } from './fetched.ts';
import type { LaterScreen } from './later.tsx';

const part = fetchedPart(() => import('./later.tsx'));
export const fetchBeyond = part.fetch;

/** a page that never rests has them by then all the same */
const restWaitMs = 3_000;
/** Fetches them once the first picture stands, or it is clear that there will be none, and nothing else is to be done. */
export const fetchBeyondSoon = (picture: ReadonlySignal<'loading' | 'ready' | 'none'>): void => {
  const stop = effect(() => {
    if (picture.value === 'loading') return;
    requestIdleCallback(() => void fetchBeyond(), { timeout: restWaitMs });
    queueMicrotask(() => stop());
  });
};

export const Beyond = ({ desk, screen }: { desk: Desk; screen: LaterScreen }) => {
  useEffect(() => void fetchBeyond(), []);
  const { Later } = part.file.value ?? {};
  return Later ? <Later desk={desk} screen={screen} /> : <main class="screen" />;
};
