/** Every screen of a visit by name, each with what shows it: the longest project, a full collection, a vote, a quiz, the open sheet. */
import type { Kiosk } from '../../kiosk/visitor/run.ts';

const at = { trail: 'area:mobility', project: 'longest', via: 'walk' } as const;

/** In the order of a visit that has begun; a screen may build on the ones before it. */
export const everyScreen = (kiosk: Kiosk): readonly (readonly [name: string, show: () => void])[] => [
  ['hill', () => kiosk.go({ kind: 'hill' })],
  ['pier', () => kiosk.go({ kind: 'pier' })],
  ['list', () => kiosk.go({ kind: 'list', area: null })],
  ['list of an area', () => kiosk.go({ kind: 'list', area: 'mobility' })],
  ['walk', () => kiosk.go({ kind: 'walk', trail: at.trail, project: at.project })],
  ['project', () => kiosk.go({ kind: 'project', ...at })],
  ['seal', () => kiosk.go({ kind: 'project', ...at, trail: 'area:living', project: 'seal' })],
  ['takeaway', () => kiosk.go({ kind: 'takeaway', ...at, code: 'K7Q2M9' })],
  ['empty collection', () => kiosk.go({ kind: 'collection' })],
  [
    'collection',
    () => {
      for (const project of kiosk.catalogue.value?.places.keys() ?? []) kiosk.act({ kind: 'kept', act: { kind: 'save', project } });
      kiosk.go({ kind: 'collection' });
    },
  ],
  [
    'say',
    () => {
      kiosk.act({ kind: 'kept', act: { kind: 'vote', project: 'signals' } });
      kiosk.go({ kind: 'say' });
    },
  ],
  ['quiz', () => kiosk.newQuiz()],
  ['quiz told', () => kiosk.act({ kind: 'kept', act: { kind: 'answer', pick: kiosk.visit.value.keep.quiz?.questions[0]?.options[0] ?? '' } })],
  ['sheet', () => kiosk.act({ kind: 'sheet', open: true, session: 'aaaaaaaaaaaaaaaa' })],
];
