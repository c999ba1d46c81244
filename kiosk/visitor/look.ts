/** Where the stage's camera is for what the page shows. */
import type { StageView } from '../stage/stage.ts';
import type { Screen } from './visit.ts';

/** `resting`: what the resting screen puts forward, where it is not the whole hill. */
export const viewFor = (screen: Screen, resting: StageView | null): StageView => {
  switch (screen.kind) {
    case 'walk':
      return { kind: 'walk', project: screen.project };
    case 'project':
    case 'takeaway':
      return { kind: 'project', project: screen.project };
    case 'attract':
      return resting ?? { kind: 'attract' };
    case 'pier':
      return { kind: 'pier' };
    default:
      return { kind: 'hill' };
  }
};
