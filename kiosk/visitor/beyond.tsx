/**
 * The screens beyond hill and walk. They are fetched with the first touch, long before a visitor gets there, or once the resting screen
 * has turned for a while: what a kiosk shows first comes without them.
 */
import { useEffect } from 'preact/hooks';
import type { Desk } from './desk.ts';
import { fetchedPart } from './fetched.ts';
import type { LaterScreen } from './later.tsx';

const part = fetchedPart(() => import('./later.tsx'));
export const fetchBeyond = part.fetch;

export const Beyond = ({ desk, screen }: { desk: Desk; screen: LaterScreen }) => {
  useEffect(() => void fetchBeyond(), []);
  const { Later } = part.file.value ?? {};
  return Later ? <Later desk={desk} screen={screen} /> : <main class="screen" />;
};
