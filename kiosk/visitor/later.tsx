/** The screens beyond hill and walk, in one file of their own: see beyond.tsx. */
import { trailOf } from './catalogue.ts';
import { Collection } from './collection.tsx';
import type { Desk } from './desk.ts';
import { Hill } from './hill.tsx';
import { List } from './list.tsx';
import { Project } from './project.tsx';
import { Quiz } from './quiz-screen.tsx';
import { Say } from './say.tsx';
import { Takeaway } from './takeaway.tsx';
import type { Screen } from './visit.ts';

export type LaterScreen = Exclude<Screen, { kind: 'attract' | 'hill' | 'pier' | 'walk' }>;

/** A project that the content no longer holds leads back to the hill. */
export const Later = ({ desk, screen }: { desk: Desk; screen: LaterScreen }) => {
  switch (screen.kind) {
    case 'list':
      return <List desk={desk} area={screen.area} />;
    case 'collection':
      return <Collection desk={desk} />;
    case 'say':
      return <Say desk={desk} />;
    case 'quiz':
      return <Quiz desk={desk} />;
    case 'project':
    case 'takeaway': {
      const place = desk.catalogue.places.get(screen.project);
      const trail = trailOf(desk.catalogue, screen.trail);
      if (!place || !trail) return <Hill desk={desk} />;
      return screen.kind === 'project' ? <Project desk={desk} trail={trail} place={place} via={screen.via} /> : <Takeaway desk={desk} trail={trail} place={place} />;
    }
  }
};
