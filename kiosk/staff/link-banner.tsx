/** The state of the connection, said at once: lost, refused, and for a moment when it is back. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { Icon } from '../ui/desk-icon.tsx';
import type { FeedState } from './feed.ts';
import type { Say } from './say.ts';

/** how long the good news stays */
const backMs = 4_000;

export const LinkBanner = ({ state, say: { w, d } }: { state: FeedState; say: Say }) => {
  const before = useRef(state);
  const [back, setBack] = useState(false);
  useEffect(() => {
    const returned = before.current === 'lost' && state === 'live';
    before.current = state;
    setBack(returned);
    if (!returned) return undefined;
    const timer = setTimeout(() => setBack(false), backMs);
    return () => clearTimeout(timer);
  }, [state]);
  return (
    <div class="link-banner" role="status">
      {state === 'lost' && (
        <p class="lost">
          <Icon name="lost" />
          {w.link.lost}
        </p>
      )}
      {state === 'connecting' && <p>{w.link.connecting}</p>}
      {typeof state === 'object' && (
        <p class="lost">
          <Icon name="warn" />
          {w.link.refused} {d.failure[state.refused]}
        </p>
      )}
      {back && state === 'live' && (
        <p class="back">
          <Icon name="tick" />
          {w.link.back}
        </p>
      )}
    </div>
  );
};
